/// Holds what a migration did against the rules: own prefix, `STRICT`, no references to other modules.
enum SchemaCheck {
  /// A table, index, trigger or view.
  struct Item: Equatable {
    let type: String
    let table: String
    let sql: String?
  }

  /// Everything in the schema, by name.
  static func items(_ session: any DatabaseSession) throws -> [String: Item] {
    let rows = try session.rows("SELECT name, type, tbl_name, sql FROM sqlite_schema") { row in
      try (row.get(0) as String, Item(type: row.get(1), table: row.get(2), sql: row.get(3)))
    }
    return Dictionary(rows) { first, _ in first }
  }

  /// The first rule that the changes since `before` break.
  static func fault(
    of module: String, before: [String: Item], on session: any DatabaseSession
  ) throws -> MigrationFault? {
    let after = try items(session)
    let prefix = module + "_"
    let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    for name in changed {
      // `sqlite_autoindex_…` belongs to its table; `sqlite_sequence` and statistics are nobody's.
      let item = after[name] ?? before[name]
      let isInternal = name.hasPrefix("sqlite_")
      if !isInternal && !name.hasPrefix(prefix) { return .foreignName(name) }
      if let table = item?.table, !table.hasPrefix("sqlite_"), !table.hasPrefix(prefix) { return .foreignName(table) }
      guard !isInternal, after[name]?.type == "table" else { continue }
      if let fault = try fault(ofTable: name, prefix: prefix, on: session) { return fault }
    }
    return nil
  }

  private static func fault(
    ofTable table: String, prefix: String, on session: any DatabaseSession
  ) throws -> MigrationFault? {
    let isStrict = try session.row("SELECT strict FROM pragma_table_list WHERE name = \(table)") { row in
      try row.get(0) as Bool
    }
    guard isStrict == true else { return .notStrict(table: table) }
    let targets = try session.rows("SELECT \"table\" FROM pragma_foreign_key_list(\(table))") { row in
      try row.get(0) as String
    }
    return targets.first { !$0.hasPrefix(prefix) }.map { .foreignReference(table: table, to: $0) }
  }
}
