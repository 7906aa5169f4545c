/// A column of a table. Every row has a value in it, unless it is `optional`.
public struct Column: Sendable {
  /// What stands in it.
  enum Form: Sendable {
    /// A 64-bit number that the database draws where none is given.
    case identity
    case integer
    case real
    case text
    case bytes
  }

  /// A column of another table whose values these are.
  struct ForeignKey: Sendable {
    let table: String
    let column: String
    /// Whether it is checked when the transaction ends, and not with each statement.
    let isDeferred: Bool
  }

  /// What stands in it where a statement gives nothing.
  enum Fallback: Sendable {
    case number(Int64)
    case text(String)
  }

  let name: String
  let form: Form
  private(set) var isKey = false
  private(set) var isOptional = false
  private(set) var isUnique = false
  private(set) var fallback: Fallback?
  private(set) var condition: String?
  private(set) var reference: ForeignKey?

  private init(_ name: StaticString, _ form: Form) {
    self.name = name.description
    self.form = form
  }

  /// The table's key: a number that the database draws for each row.
  public static func identity(_ name: StaticString) -> Column { Column(name, .identity).key }

  /// The key of a table that has one row: always 1.
  public static func single(_ name: StaticString) -> Column {
    Column(name, .integer).key.changed { $0.condition = "\(name) = 1" }
  }

  /// A 64-bit number with its sign.
  public static func integer(_ name: StaticString) -> Column { Column(name, .integer) }

  /// 1 for true, 0 for false.
  public static func flag(_ name: StaticString) -> Column {
    Column(name, .integer).changed { $0.condition = "\(name) IN (0, 1)" }
  }

  /// A 64-bit floating-point number.
  public static func real(_ name: StaticString) -> Column { Column(name, .real) }

  /// Text without U+0000, which is compared byte by byte.
  public static func text(_ name: StaticString) -> Column { Column(name, .text) }

  /// Bytes as they are, of any length.
  public static func bytes(_ name: StaticString) -> Column { Column(name, .bytes) }

  /// The table's primary key, by itself.
  public var key: Column { changed { $0.isKey = true } }

  /// May be NULL.
  public var optional: Column { changed { $0.isOptional = true } }

  /// No two rows have the same value in it.
  public var unique: Column { changed { $0.isUnique = true } }

  /// What stands in it where a statement gives nothing.
  public func defaulting(to number: Int64) -> Column { changed { $0.fallback = .number(number) } }

  /// What stands in it where a statement gives nothing.
  public func defaulting(to text: StaticString) -> Column { changed { $0.fallback = .text(text.description) } }

  /// Holds a value of another table's column, which is that table's key or unique.
  ///
  /// - Parameter isDeferred: it is checked when the transaction ends, and not with each statement.
  public func refers(to table: StaticString, _ column: StaticString, isDeferred: Bool = false) -> Column {
    changed {
      $0.reference = ForeignKey(table: table.description, column: column.description, isDeferred: isDeferred)
    }
  }

  /// What holds in each row, besides what held already; nothing is bound in it.
  public func check(_ condition: SQL) -> Column {
    let text = condition.definitionText
    return changed { column in
      column.condition = column.condition.map { "(\($0)) AND (\(text))" } ?? text
    }
  }

  private func changed(_ change: (inout Column) -> Void) -> Column {
    var column = self
    change(&column)
    return column
  }
}
