/// SQLite's tables: `STRICT`, so that a column holds what its type says.
///
/// A key that is one integer is SQLite's own number of the row, which it draws where none is given.
enum SQLiteDialect: Dialect {
  static let tableEnding = " STRICT"
  static let hasReferencesInTables = true

  static func typeName(_ form: Column.Form) -> String {
    switch form {
    case .identity, .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    case .bytes: "BLOB"
    }
  }

  static func appendOnlyRule(of table: String) -> [String] {
    [("keeps_rows", "UPDATE"), ("loses_none", "DELETE")].map { name, change in
      """
      CREATE TRIGGER \(table)_\(name) BEFORE \(change) ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
      """
    }
  }
}
