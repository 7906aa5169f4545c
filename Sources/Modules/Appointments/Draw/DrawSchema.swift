import Store

/// What a draw was held for, kept as it stood, so that any reader can assign its slots again.
enum DrawSchema {
  static let table = Table(
    "appointments_draw_slot",
    columns: [
      .integer("draw").refers(to: "appointments_draw", "id"),
      .integer("slot").refers(to: "appointments_slot", "id"),
      .text("day"),
      .integer("at"),
    ],
    key: ["draw", "slot"])
}
