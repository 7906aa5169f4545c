import Store

/// What a draw was held for, kept as it stood, so that any reader can assign its places again.
enum DrawSchema {
  static let table = Table(
    "appointments_draw_place",
    columns: [
      .integer("draw").refers(to: "appointments_draw", "id"),
      .integer("place").refers(to: "appointments_place", "id"),
      .text("day"),
      .integer("at"),
    ],
    key: ["draw", "place"])
}
