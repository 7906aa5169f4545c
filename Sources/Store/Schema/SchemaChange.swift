/// One change of a module's tables, in a migration.
public enum SchemaChange: Sendable {
  /// Makes a table with its columns and indexes.
  case add(Table)
  /// Removes a table with its rows and indexes.
  case remove(table: StaticString)
  /// Adds a column to a table that is there.
  case addColumn(Column, to: StaticString)
  /// Adds an index to a table that is there.
  case addIndex(TableIndex, to: StaticString)
  /// Removes an index by its name.
  case removeIndex(StaticString)
  /// A change of rows, without bound values, in SQL that each engine reads.
  case run(SQL)
}

extension SchemaChange {
  /// The first rule that it breaks: names carry the module's prefix, and references stay within the module.
  func fault(of module: String) -> MigrationFault? {
    let prefix = module + "_"
    if let name = names.first(where: { !$0.hasPrefix(prefix) }) { return .foreignName(name) }
    let (table, columns) = made
    for column in columns {
      if let reference = column.reference, !reference.table.hasPrefix(prefix) {
        return .foreignReference(table: table, to: reference.table)
      }
    }
    return nil
  }

  /// The tables and indexes that it makes, changes or removes.
  private var names: [String] {
    switch self {
    case .add(let table): [table.name] + table.indexes.map(\.name)
    case .remove(let table): [table.description]
    case .addColumn(_, let table): [table.description]
    case .addIndex(let index, let table): [table.description, index.name]
    case .removeIndex(let name): [name.description]
    case .run: []
    }
  }

  /// The columns that it makes, and their table.
  private var made: (table: String, columns: [Column]) {
    switch self {
    case .add(let table): (table.name, table.columns)
    case .addColumn(let column, let table): (table.description, [column])
    case .remove, .addIndex, .removeIndex, .run: ("", [])
    }
  }
}
