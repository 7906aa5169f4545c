internal import Store

extension Schema {
  static let accessibility = Schema(
    module: "accessibility",
    migrations: [
      Migration(
        1, "needs and calls for help",
        tables: [
          .need, .help,
        ])
    ])
}

extension Table {
  fileprivate static let need = Table(
    "accessibility_need",
    columns: [
      .integer("ticket").key,
      .text("priority").optional,
      .text("assistance"),
      .integer("recorded"),
    ],
    indexes: [
      .index("accessibility_need_recorded", on: ["recorded"])
    ])

  fileprivate static let help = Table(
    "accessibility_help",
    columns: [
      .identity("id"),
      .text("called_from"),
      .integer("requested"),
      .integer("answered").optional,
      .integer("officer").optional,
    ],
    indexes: [
      .unique("accessibility_help_open", on: ["called_from"], where: "answered IS NULL"),
      .index("accessibility_help_requested", on: ["requested"]),
    ])
}
