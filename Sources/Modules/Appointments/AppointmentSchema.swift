import Store

/// The tables of appointments.
///
/// A place is a row, and who has it is a column of it: giving it twice would need two values in one column. The
/// unique indexes have the last word on doubled submissions, two appointments of one person and two visits at one place.
enum AppointmentSchema {
  static let migration = Migration(
    AppointmentSchema.number, "appointments",
    """
    CREATE TABLE queue_appointment_place (
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
      appointment INTEGER REFERENCES queue_appointment (id),
      UNIQUE (day, service, slot, number)
    ) STRICT;
    CREATE INDEX queue_appointment_place_free ON queue_appointment_place (day, service, kind, slot)
      WHERE appointment IS NULL AND withdrawn = 0;
    CREATE INDEX queue_appointment_place_release ON queue_appointment_place (released_at);
    CREATE INDEX queue_appointment_place_taken ON queue_appointment_place (appointment)
      WHERE appointment IS NOT NULL;

    CREATE TABLE queue_appointment (
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
    CREATE INDEX queue_appointment_held ON queue_appointment (held_until) WHERE state = 'held';
    CREATE INDEX queue_appointment_day ON queue_appointment (day, state);

    CREATE TABLE queue_appointment_visit (
      id INTEGER PRIMARY KEY,
      appointment INTEGER NOT NULL REFERENCES queue_appointment (id),
      code TEXT NOT NULL UNIQUE,
      application TEXT NOT NULL,
      service TEXT NOT NULL,
      person BLOB,
      day TEXT NOT NULL,
      slot INTEGER NOT NULL,
      at INTEGER NOT NULL,
      place INTEGER UNIQUE REFERENCES queue_appointment_place (id),
      ticket INTEGER
    ) STRICT;
    CREATE INDEX queue_appointment_visit_of ON queue_appointment_visit (appointment);
    CREATE INDEX queue_appointment_visit_day ON queue_appointment_visit (day) WHERE person IS NOT NULL;

    CREATE TABLE queue_appointment_claim (
      person BLOB PRIMARY KEY NOT NULL,
      appointment INTEGER NOT NULL REFERENCES queue_appointment (id)
    ) STRICT;
    CREATE INDEX queue_appointment_claim_of ON queue_appointment_claim (appointment);

    CREATE TABLE queue_appointment_person (
      subject INTEGER PRIMARY KEY,
      person BLOB NOT NULL,
      used_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX queue_appointment_person_used ON queue_appointment_person (used_at);

    CREATE TABLE queue_appointment_change (
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
    CREATE INDEX queue_appointment_change_day ON queue_appointment_change (day);

    CREATE TABLE queue_appointment_exception (
      id INTEGER PRIMARY KEY,
      appointment INTEGER NOT NULL REFERENCES queue_appointment (id),
      kind TEXT NOT NULL,
      reason TEXT NOT NULL,
      officer INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      submission TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX queue_appointment_exception_time ON queue_appointment_exception (made_at);

    CREATE TABLE queue_appointment_room (
      release INTEGER PRIMARY KEY,
      last INTEGER NOT NULL DEFAULT 0,
      shuffled INTEGER NOT NULL DEFAULT 0 CHECK (shuffled IN (0, 1))
    ) STRICT;

    CREATE TABLE queue_appointment_visitor (
      code TEXT PRIMARY KEY NOT NULL,
      release INTEGER NOT NULL REFERENCES queue_appointment_room (release),
      number INTEGER,
      lot INTEGER,
      entered_at INTEGER NOT NULL,
      admitted_at INTEGER,
      UNIQUE (release, number)
    ) STRICT;
    CREATE INDEX queue_appointment_visitor_lot ON queue_appointment_visitor (release, lot) WHERE number IS NULL;

    CREATE TABLE queue_appointment_draw (
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
    CREATE INDEX queue_appointment_draw_open ON queue_appointment_draw (closes_at) WHERE drawn_at IS NULL;

    CREATE TABLE queue_appointment_entry (
      code TEXT PRIMARY KEY NOT NULL,
      draw INTEGER NOT NULL REFERENCES queue_appointment_draw (id),
      person BLOB,
      application TEXT NOT NULL,
      wish TEXT,
      is_strict INTEGER NOT NULL CHECK (is_strict IN (0, 1)),
      entered_at INTEGER NOT NULL,
      rank INTEGER,
      place INTEGER UNIQUE REFERENCES queue_appointment_place (id),
      appointment INTEGER REFERENCES queue_appointment (id)
    ) STRICT;
    CREATE UNIQUE INDEX queue_appointment_entry_person ON queue_appointment_entry (draw, person)
      WHERE person IS NOT NULL;
    CREATE INDEX queue_appointment_entry_draw ON queue_appointment_entry (draw, rank);
    """)

  /// Finds what somebody has held before.
  static let holds = Migration(
    AppointmentSchema.holdsNumber, "holds by person",
    """
    CREATE INDEX queue_appointment_visit_person ON queue_appointment_visit (person) WHERE person IS NOT NULL;
    """)

  /// Finds what is to be forgotten with somebody who is erased.
  static let applications = Migration(
    AppointmentSchema.applicationsNumber, "appointments by application",
    """
    CREATE INDEX queue_appointment_visit_application ON queue_appointment_visit (application);
    CREATE INDEX queue_appointment_entry_application ON queue_appointment_entry (application);
    """)

  /// Their places among the queue's migrations.
  private static let number = 3
  private static let holdsNumber = 8
  private static let applicationsNumber = 9
}
