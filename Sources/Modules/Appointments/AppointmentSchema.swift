import Store

/// The tables of appointments and draws.
///
/// A place is a row, and who has it is a column of it: giving it twice would need two values in one column. The
/// unique indexes have the last word on doubled submissions, two appointments of one person and two visits at one place.
enum AppointmentSchema {
  static let schema = Schema(
    module: "appointments", migrations: [migration, DrawSchema.migration, DrawSchema.parts, holds, applications])

  static let migration = Migration(
    AppointmentSchema.number, "appointments",
    """
    CREATE TABLE appointments_place (
      id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      service TEXT NOT NULL,
      slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 1439),
      number INTEGER NOT NULL CHECK (number > 0),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      released_at INTEGER NOT NULL,
      available_at INTEGER NOT NULL,
      withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
      draw INTEGER,
      appointment INTEGER REFERENCES appointments_appointment (id),
      UNIQUE (day, service, slot, number)
    ) STRICT;
    CREATE INDEX appointments_place_free ON appointments_place (day, service, kind, slot)
      WHERE appointment IS NULL AND withdrawn = 0;
    CREATE INDEX appointments_place_release ON appointments_place (released_at);
    CREATE INDEX appointments_place_taken ON appointments_place (appointment)
      WHERE appointment IS NOT NULL;

    CREATE TABLE appointments_appointment (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      number TEXT NOT NULL UNIQUE,
      submission TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      state TEXT NOT NULL,
      day TEXT NOT NULL,
      priority TEXT,
      moves INTEGER NOT NULL DEFAULT 0,
      moves_granted INTEGER NOT NULL DEFAULT 0,
      sequence INTEGER NOT NULL DEFAULT 0,
      is_admitted INTEGER NOT NULL DEFAULT 0 CHECK (is_admitted IN (0, 1)),
      held_until INTEGER,
      made_at INTEGER NOT NULL,
      booked_at INTEGER,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX appointments_appointment_held ON appointments_appointment (held_until) WHERE state = 'held';
    CREATE INDEX appointments_appointment_day ON appointments_appointment (day, state);

    CREATE TABLE appointments_visit (
      id INTEGER PRIMARY KEY,
      appointment INTEGER NOT NULL REFERENCES appointments_appointment (id),
      code TEXT NOT NULL UNIQUE,
      application TEXT NOT NULL,
      service TEXT NOT NULL,
      person BLOB,
      day TEXT NOT NULL,
      slot INTEGER NOT NULL,
      at INTEGER NOT NULL,
      place INTEGER UNIQUE REFERENCES appointments_place (id),
      ticket INTEGER
    ) STRICT;
    CREATE INDEX appointments_visit_of ON appointments_visit (appointment);
    CREATE INDEX appointments_visit_day ON appointments_visit (day) WHERE person IS NOT NULL;

    CREATE TABLE appointments_claim (
      person BLOB PRIMARY KEY NOT NULL,
      appointment INTEGER NOT NULL REFERENCES appointments_appointment (id)
    ) STRICT;
    CREATE INDEX appointments_claim_of ON appointments_claim (appointment);

    CREATE TABLE appointments_person (
      subject INTEGER PRIMARY KEY,
      person BLOB NOT NULL,
      used_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX appointments_person_used ON appointments_person (used_at);

    CREATE TABLE appointments_change (
      id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      service TEXT,
      begins INTEGER NOT NULL,
      ends INTEGER NOT NULL,
      places INTEGER NOT NULL CHECK (places >= 0),
      reason TEXT NOT NULL,
      officer INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      submission TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX appointments_change_day ON appointments_change (day);

    CREATE TABLE appointments_exception (
      id INTEGER PRIMARY KEY,
      appointment INTEGER NOT NULL REFERENCES appointments_appointment (id),
      kind TEXT NOT NULL,
      reason TEXT NOT NULL,
      officer INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      submission TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX appointments_exception_time ON appointments_exception (made_at);

    CREATE TABLE appointments_room (
      release INTEGER PRIMARY KEY,
      last INTEGER NOT NULL DEFAULT 0,
      shuffled INTEGER NOT NULL DEFAULT 0 CHECK (shuffled IN (0, 1))
    ) STRICT;

    CREATE TABLE appointments_visitor (
      code TEXT PRIMARY KEY NOT NULL,
      release INTEGER NOT NULL REFERENCES appointments_room (release),
      number INTEGER,
      lot INTEGER,
      entered_at INTEGER NOT NULL,
      admitted_at INTEGER,
      UNIQUE (release, number)
    ) STRICT;
    CREATE INDEX appointments_visitor_lot ON appointments_visitor (release, lot) WHERE number IS NULL;

    CREATE TABLE appointments_draw (
      id INTEGER PRIMARY KEY,
      service TEXT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      opens_at INTEGER NOT NULL,
      closes_at INTEGER NOT NULL,
      seed BLOB NOT NULL,
      commitment BLOB NOT NULL,
      entries_hash BLOB,
      places INTEGER NOT NULL,
      drawn_at INTEGER,
      officer INTEGER NOT NULL,
      submission TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX appointments_draw_open ON appointments_draw (closes_at) WHERE drawn_at IS NULL;

    CREATE TABLE appointments_entry (
      code TEXT PRIMARY KEY NOT NULL,
      draw INTEGER NOT NULL REFERENCES appointments_draw (id),
      person BLOB,
      application TEXT NOT NULL,
      wish TEXT,
      is_strict INTEGER NOT NULL CHECK (is_strict IN (0, 1)),
      entered_at INTEGER NOT NULL,
      rank INTEGER,
      place INTEGER UNIQUE REFERENCES appointments_place (id),
      appointment INTEGER REFERENCES appointments_appointment (id)
    ) STRICT;
    CREATE UNIQUE INDEX appointments_entry_person ON appointments_entry (draw, person)
      WHERE person IS NOT NULL;
    CREATE INDEX appointments_entry_draw ON appointments_entry (draw, rank);
    """)

  /// Finds what somebody has held before.
  static let holds = Migration(
    AppointmentSchema.holdsNumber, "holds by person",
    """
    CREATE INDEX appointments_visit_person ON appointments_visit (person) WHERE person IS NOT NULL;
    """)

  /// Finds what is to be forgotten with somebody who is erased.
  static let applications = Migration(
    AppointmentSchema.applicationsNumber, "appointments by application",
    """
    CREATE INDEX appointments_visit_application ON appointments_visit (application);
    CREATE INDEX appointments_entry_application ON appointments_entry (application);
    """)

  /// Their places among the migrations.
  private static let number = 1
  private static let holdsNumber = 4
  private static let applicationsNumber = 5
}
