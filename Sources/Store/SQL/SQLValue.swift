/// Can be bound to a statement: interpolated into `SQL`.
public protocol SQLBindable {
  /// The form in which the database keeps the value.
  var sqlCell: SQLCell { get }

  /// The type of a column for such values, in a word that every engine knows: a set of nothing has no value that tells it.
  static var sqlType: StaticString { get }
}

/// Can be read from a column.
public protocol SQLReadable {
  /// The value, or nil when the column holds something else.
  init?(sqlCell: SQLCell)
}

/// Can be kept in a column.
///
/// An enum over `String` or `Int` needs one line: `extension Stage: SQLValue {}`.
public typealias SQLValue = SQLBindable & SQLReadable

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
  public var sqlCell: SQLCell { rawValue.sqlCell }
  public static var sqlType: StaticString { RawValue.sqlType }
}

extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
  @inlinable public init?(sqlCell: SQLCell) {
    guard let raw = RawValue(sqlCell: sqlCell) else { return nil }
    self.init(rawValue: raw)
  }
}

extension Int64: SQLValue {
  public var sqlCell: SQLCell { .integer(self) }
  public static var sqlType: StaticString { "BIGINT" }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self = number
  }
}

extension Int: SQLValue {
  public var sqlCell: SQLCell { .integer(Int64(self)) }
  public static var sqlType: StaticString { Int64.sqlType }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self.init(exactly: number)
  }
}

/// Kept as the signed integer of the same 64 bits, so its order in the database is not its own.
extension UInt64: SQLValue {
  public var sqlCell: SQLCell { .integer(Int64(bitPattern: self)) }
  public static var sqlType: StaticString { Int64.sqlType }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self.init(bitPattern: number)
  }
}

/// Kept as 0 or 1; another number is not read.
extension Bool: SQLValue {
  public var sqlCell: SQLCell { .integer(self ? 1 : 0) }
  public static var sqlType: StaticString { Int64.sqlType }

  @inlinable public init?(sqlCell: SQLCell) {
    switch sqlCell {
    case .integer(0): self = false
    case .integer(1): self = true
    case .null, .integer, .real, .text, .blob: return nil
    }
  }
}

/// A value for averages and the like; nothing that must be exact is kept as one.
extension Double: SQLValue {
  public var sqlCell: SQLCell { .real(self) }
  public static var sqlType: StaticString { "DOUBLE PRECISION" }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .real(let number) = sqlCell else { return nil }
    self = number
  }
}

extension String: SQLValue {
  public var sqlCell: SQLCell { .text(self) }
  public static var sqlType: StaticString { "TEXT" }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .text(let text) = sqlCell else { return nil }
    self = text
  }
}

extension [UInt8]: SQLBindable, SQLReadable {
  public var sqlCell: SQLCell { .blob(self) }
  // SQLite takes any word for a type.
  public static var sqlType: StaticString { "BYTEA" }

  @inlinable public init?(sqlCell: SQLCell) {
    guard case .blob(let bytes) = sqlCell else { return nil }
    self = bytes
  }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
  public var sqlCell: SQLCell { self?.sqlCell ?? .null }
  public static var sqlType: StaticString { Wrapped.sqlType }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
  @inlinable public init?(sqlCell: SQLCell) {
    if case .null = sqlCell {
      self = .none
      return
    }
    guard let value = Wrapped(sqlCell: sqlCell) else { return nil }
    self = .some(value)
  }
}
