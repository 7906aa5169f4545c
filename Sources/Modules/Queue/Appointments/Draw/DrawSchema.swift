import Store

/// What a draw was held for, kept as it stood, so that anybody can assign its places again.
enum DrawSchema {
  static let table = Table(
    "queue_appointment_draw_place",
    columns: [
      .integer("draw").refers(to: "queue_appointment_draw", "id"),
      .integer("place").refers(to: "queue_appointment_place", "id"),
      .text("day"),
      .integer("at"),
    ],
    key: ["draw", "place"])
}
