import Store

/// What people were told about the wait when they took a number, in milliseconds and, as a range, in minutes.
enum EstimateSchema {
  static let table = Table(
    "queue_estimate",
    columns: [
      .integer("ticket").key.refers(to: "queue_ticket", "id"),
      .integer("place"),
      .text("day"),
      .integer("forecast").check("forecast >= 0"),
      .flag("head_start"),
      .integer("lower"),
      .integer("upper"),
    ],
    indexes: [
      .index("queue_estimate_day", on: ["place", "day", "ticket"])
    ])
}
