extension Schema {
  /// Store's own tables.
  static let store = Schema(
    module: "store",
    migrations: [
      Migration(
        1, "journal, clock and commits",
        [
          .add(.events), .add(.stream), .add(.positions), .add(.probe), .add(.clock), .add(.commits),
          .run("INSERT INTO store_stream (id, sequence, removed) VALUES (1, 0, 0)"),
          .run("INSERT INTO store_commits (id, number) VALUES (1, 0)"),
        ])
    ])
}

extension Table {
  /// What has been applied; there before any migration is.
  static let migrations = Table(
    "store_migrations",
    columns: [.text("module"), .integer("number"), .text("name"), .text("checksum"), .integer("instant")],
    key: ["module", "number"])

  fileprivate static let events = Table(
    "store_events",
    columns: [
      .integer("sequence").key,
      .integer("instant"),
      .text("kind"),
      .text("entity"),
      .text("payload"),
    ])

  /// The number of the newest event, which the next one's transaction changes; that of the last one that is not kept any more,
  /// 0 before any went; and when the very first one happened, once it has gone.
  fileprivate static let stream = Table(
    "store_stream",
    columns: [.single("id"), .integer("sequence"), .integer("removed"), .integer("began").optional])

  fileprivate static let positions = Table(
    "store_positions", columns: [.text("subscriber").key, .integer("sequence"), .integer("moved_at")])

  fileprivate static let probe = Table("store_probe", columns: [.integer("number").key])

  fileprivate static let clock = Table(
    "store_clock", columns: [.single("id"), .integer("wall"), .integer("uptime"), .text("boot").optional])

  fileprivate static let commits = Table("store_commits", columns: [.single("id"), .integer("number")])
}
