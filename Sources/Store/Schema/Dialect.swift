/// How one engine is told of tables. Only dialects hold the text of definitions.
protocol Dialect {
  /// What follows a table's columns.
  static var tableEnding: String { get }

  /// Whether a reference stands with its column. Otherwise it is made when all tables are there.
  static var hasReferencesInTables: Bool { get }

  static func typeName(_ form: Column.Form) -> String

  /// What has the database refuse to change or remove a table's rows.
  static func appendOnlyRule(of table: String) -> [String]
}

/// A statement that makes a change.
enum SchemaStatement {
  case definition(String)
  case rows(SQL)

  var text: String {
    switch self {
    case .definition(let text): text
    case .rows(let sql): sql.text
    }
  }
}

extension Dialect {
  /// What makes the changes, in the order in which it is run.
  static func statements(for changes: [SchemaChange]) -> [SchemaStatement] {
    var statements: [SchemaStatement] = []
    var references: [SchemaStatement] = []
    for change in changes {
      switch change {
      case .add(let table):
        statements += definitions(of: table).map(SchemaStatement.definition)
        references += laterReferences(of: table.columns, in: table.name)
      case .remove(let table):
        statements.append(.definition("DROP TABLE \(table)"))
      case .addColumn(let column, let table):
        statements.append(.definition("ALTER TABLE \(table) ADD COLUMN \(definition(of: column))"))
        references += laterReferences(of: [column], in: table.description)
      case .addIndex(let index, let table):
        statements.append(.definition(definition(of: index, on: table.description)))
      case .removeIndex(let name):
        statements.append(.definition("DROP INDEX \(name)"))
      case .run(let sql):
        statements.append(.rows(sql))
      }
    }
    return statements + references
  }

  private static func definitions(of table: Table) -> [String] {
    var parts: [String] = table.columns.map { definition(of: $0) }
    parts.append("PRIMARY KEY \(list(table.key))")
    for columns in table.unique { parts.append("UNIQUE \(list(columns))") }
    let body = parts.joined(separator: ",\n  ")
    var definitions = ["CREATE TABLE \(table.name) (\n  \(body)\n)\(tableEnding)"]
    for index in table.indexes { definitions.append(definition(of: index, on: table.name)) }
    if table.isAppendOnly { definitions += appendOnlyRule(of: table.name) }
    return definitions
  }

  private static func definition(of column: Column) -> String {
    var text = "\(column.name) \(typeName(column.form))"
    if !column.isOptional { text += " NOT NULL" }
    if column.isUnique { text += " UNIQUE" }
    if let fallback = column.fallback { text += " DEFAULT \(literal(fallback))" }
    if let condition = column.condition { text += " CHECK (\(condition))" }
    if hasReferencesInTables, let reference = column.reference { text += " \(definition(of: reference))" }
    return text
  }

  private static func definition(of reference: Column.ForeignKey) -> String {
    "REFERENCES \(reference.table) (\(reference.column))"
      + (reference.isDeferred ? " DEFERRABLE INITIALLY DEFERRED" : "")
  }

  private static func laterReferences(of columns: [Column], in table: String) -> [SchemaStatement] {
    guard !hasReferencesInTables else { return [] }
    return columns.compactMap { column in
      guard let reference = column.reference else { return nil }
      let text = "ALTER TABLE \(table) ADD FOREIGN KEY (\(column.name)) \(definition(of: reference))"
      return SchemaStatement.definition(text)
    }
  }

  private static func definition(of index: TableIndex, on table: String) -> String {
    "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(index.name) ON \(table) \(list(index.columns))"
      + (index.condition.map { " WHERE \($0)" } ?? "")
  }

  private static func list(_ columns: [String]) -> String { "(\(columns.joined(separator: ", ")))" }

  /// The text is of the program's own source, so that doubling a quotation mark is enough.
  private static func literal(_ fallback: Column.Fallback) -> String {
    switch fallback {
    case .number(let number): String(number)
    case .text(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
  }
}
