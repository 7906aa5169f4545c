import Store

/// The tables of appointments and draws.
///
/// A slot is a row, and who has it is a column of it: giving it twice would need two values in one column. The
/// unique indexes have the last word on doubled submissions, two appointments of one person and two visits at one slot.
/// In `place` stands a `PlaceID`: whose capacity a slot is, where an appointment's people come, and whose release a
/// waiting room or a draw is for.
enum AppointmentSchema {
  static let schema = Schema(
    module: "appointments",
    migrations: [
      Migration(
        1, "appointments and draws",
        tables: [
          slot, appointment, visit, claim, person, change, exception, room, visitor, draw, entry, DrawSchema.table,
        ])
    ])

  private static let slot = Table(
    "appointments_slot",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("day"),
      .text("service"),
      .integer("half_hour").check("half_hour BETWEEN 0 AND 1439"),
      .integer("number").check("number > 0"),
      .integer("at"),
      .text("kind"),
      .integer("released_at"),
      .integer("available_at"),
      .flag("withdrawn").defaulting(to: 0),
      .integer("draw").optional,
      .integer("appointment").optional.refers(to: "appointments_appointment", "id"),
    ],
    unique: [["place", "day", "service", "half_hour", "number"]],
    indexes: [
      .index(
        "appointments_slot_free", on: ["place", "day", "service", "kind", "half_hour"],
        where: "appointment IS NULL AND withdrawn = 0"),
      .index("appointments_slot_release", on: ["released_at"]),
      .index("appointments_slot_taken", on: ["appointment"], where: "appointment IS NOT NULL"),
    ])

  private static let appointment = Table(
    "appointments_appointment",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("code").unique,
      .text("number").unique,
      .text("submission").unique,
      .text("kind"),
      .text("state"),
      .text("day"),
      .text("priority").optional,
      .integer("moves").defaulting(to: 0),
      .integer("moves_granted").defaulting(to: 0),
      .integer("sequence").defaulting(to: 0),
      .flag("is_admitted").defaulting(to: 0),
      .integer("held_until").optional,
      .integer("made_at"),
      .integer("booked_at").optional,
      .integer("ended_at").optional,
    ],
    indexes: [
      .index("appointments_appointment_held", on: ["held_until"], where: AppointmentTable.isHeld),
      .index("appointments_appointment_day", on: ["place", "day", "state"]),
    ])

  private static let visit = Table(
    "appointments_visit",
    columns: [
      .identity("id"),
      .integer("appointment").refers(to: "appointments_appointment", "id"),
      .text("code").unique,
      .text("application"),
      .text("service"),
      .bytes("person").optional,
      .text("day"),
      .integer("half_hour"),
      .integer("at"),
      .integer("slot").optional.unique.refers(to: "appointments_slot", "id"),
      .integer("ticket").optional,
    ],
    indexes: [
      .index("appointments_visit_of", on: ["appointment"]),
      .index("appointments_visit_day", on: ["day"], where: "person IS NOT NULL"),
      .index("appointments_visit_person", on: ["person"], where: "person IS NOT NULL"),
      .index("appointments_visit_application", on: ["application"]),
    ])

  private static let claim = Table(
    "appointments_claim",
    columns: [
      .bytes("person").key,
      .integer("appointment").refers(to: "appointments_appointment", "id"),
    ],
    indexes: [
      .index("appointments_claim_of", on: ["appointment"])
    ])

  private static let person = Table(
    "appointments_person",
    columns: [
      .integer("subject").key,
      .bytes("person"),
      .integer("used_at"),
    ],
    indexes: [
      .index("appointments_person_used", on: ["used_at"])
    ])

  private static let change = Table(
    "appointments_change",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("day"),
      .text("service").optional,
      .integer("begins"),
      .integer("ends"),
      .integer("slots").check("slots >= 0"),
      .text("reason"),
      .integer("officer"),
      .integer("made_at"),
      .text("submission").unique,
    ],
    indexes: [
      .index("appointments_change_day", on: ["place", "day"])
    ])

  private static let exception = Table(
    "appointments_exception",
    columns: [
      .identity("id"),
      .integer("appointment").refers(to: "appointments_appointment", "id"),
      .text("kind"),
      .text("reason"),
      .integer("officer"),
      .integer("made_at"),
      .text("submission").unique,
    ],
    indexes: [
      .index("appointments_exception_time", on: ["made_at"])
    ])

  private static let room = Table(
    "appointments_room",
    columns: [
      .identity("id"),
      .integer("place"),
      .integer("release"),
      .integer("last").defaulting(to: 0),
      .flag("shuffled").defaulting(to: 0),
    ],
    unique: [["place", "release"]])

  private static let visitor = Table(
    "appointments_visitor",
    columns: [
      .text("code").key,
      .integer("room").refers(to: "appointments_room", "id"),
      .integer("number").optional,
      .integer("lot").optional,
      .integer("entered_at"),
      .integer("admitted_at").optional,
    ],
    unique: [["room", "number"]],
    indexes: [
      .index("appointments_visitor_lot", on: ["room", "lot"], where: "number IS NULL")
    ])

  private static let draw = Table(
    "appointments_draw",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("service"),
      .text("first_day"),
      .text("last_day"),
      .integer("opens_at"),
      .integer("closes_at"),
      .bytes("seed"),
      .bytes("commitment"),
      .bytes("entries_hash").optional,
      .integer("slots"),
      .integer("drawn_at").optional,
      .integer("officer"),
      .text("submission").unique,
      .bytes("seed_source").optional,
      .integer("closed_at").optional,
      .bytes("list_hash").optional,
    ],
    indexes: [
      .index("appointments_draw_open", on: ["place", "closes_at"], where: "drawn_at IS NULL")
    ])

  private static let entry = Table(
    "appointments_entry",
    columns: [
      .text("code").key,
      .integer("draw").refers(to: "appointments_draw", "id"),
      .bytes("person").optional,
      .text("application"),
      .text("wish").optional,
      .flag("is_strict"),
      .integer("entered_at"),
      .integer("rank").optional,
      .integer("slot").optional.unique.refers(to: "appointments_slot", "id"),
      .integer("appointment").optional.refers(to: "appointments_appointment", "id"),
    ],
    indexes: [
      .unique("appointments_entry_person", on: ["draw", "person"], where: "person IS NOT NULL"),
      .index("appointments_entry_draw", on: ["draw", "rank"]),
      .index("appointments_entry_application", on: ["application"]),
    ])
}
