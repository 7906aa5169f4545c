/// A table as a value, which each engine's dialect writes in its own words.
///
///     Table(
///       "queue_series",
///       columns: [.text("day"), .text("letter"), .integer("last").check("last > 0")],
///       key: ["day", "letter"])
///
/// Its name, and those of its indexes, carry the module's prefix. Conditions are SQL that SQLite and PostgreSQL
/// both read, with nothing bound: a case of an enum stands in them as text, `state = \(literal: Stage.waiting)`.
public struct Table: Sendable {
  let name: String
  let columns: [Column]
  let key: [String]
  let unique: [[String]]
  let indexes: [TableIndex]
  let isAppendOnly: Bool

  /// - Parameters:
  ///   - key: the columns of the primary key, where they are several; a single one says so itself.
  ///   - unique: further sets of columns whose values together stand in one row only.
  ///   - isAppendOnly: a row that is there is neither changed nor removed: the database refuses it.
  public init(
    _ name: StaticString, columns: [Column], key: [StaticString] = [], unique: [[StaticString]] = [],
    indexes: [TableIndex] = [], isAppendOnly: Bool = false
  ) {
    let keyColumns = columns.filter(\.isKey).map(\.name)
    precondition(keyColumns.count == (key.isEmpty ? 1 : 0), "\(name) needs one primary key")
    self.name = name.description
    self.columns = columns
    self.key = key.isEmpty ? keyColumns : key.map(\.description)
    self.unique = unique.map { $0.map(\.description) }
    self.indexes = indexes
    self.isAppendOnly = isAppendOnly
  }
}

/// A further order in which a table's rows are found.
public struct TableIndex: Sendable {
  let name: String
  let columns: [String]
  let condition: String?
  let isUnique: Bool

  private init(_ name: StaticString, _ columns: [StaticString], _ condition: SQL?, isUnique: Bool) {
    self.name = name.description
    self.columns = columns.map(\.description)
    self.condition = condition?.definitionText
    self.isUnique = isUnique
  }

  /// - Parameter condition: what holds for the rows that it has, with nothing bound; nil for all rows.
  public static func index(
    _ name: StaticString, on columns: [StaticString], where condition: SQL? = nil
  ) -> TableIndex {
    TableIndex(name, columns, condition, isUnique: false)
  }

  /// An index that refuses a second row with the same values in its columns; NULL is the same as nothing.
  ///
  /// - Parameter condition: what holds for the rows that it has, with nothing bound; nil for all rows.
  public static func unique(
    _ name: StaticString, on columns: [StaticString], where condition: SQL? = nil
  ) -> TableIndex {
    TableIndex(name, columns, condition, isUnique: true)
  }
}
