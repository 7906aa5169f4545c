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
  /// The raw value's.
  public var sqlCell: SQLCell { rawValue.sqlCell }
  /// The raw value's.
  public static var sqlType: StaticString { RawValue.sqlType }
}

extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
  /// Nil for a raw value that stands for none.
  @inlinable public init?(sqlCell: SQLCell) {
    guard let raw = RawValue(sqlCell: sqlCell) else { return nil }
    self.init(rawValue: raw)
  }
}

extension Int64: SQLValue {
  /// The number.
  public var sqlCell: SQLCell { .integer(self) }
  /// SQL's integer of 64 bits.
  public static var sqlType: StaticString { "BIGINT" }

  /// Nil for what is no whole number.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self = number
  }
}

extension Int: SQLValue {
  /// The number.
  public var sqlCell: SQLCell { .integer(Int64(self)) }
  /// As `Int64`'s.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for what is no whole number.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self.init(exactly: number)
  }
}

/// Kept as the signed integer of the same 64 bits, so its order in the database is not its own.
extension UInt64: SQLValue {
  /// The number with the same bits.
  public var sqlCell: SQLCell { .integer(Int64(bitPattern: self)) }
  /// As `Int64`'s.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for what is no whole number.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .integer(let number) = sqlCell else { return nil }
    self.init(bitPattern: number)
  }
}

/// Kept as 0 or 1; another number is not read.
extension Bool: SQLValue {
  /// The number.
  public var sqlCell: SQLCell { .integer(self ? 1 : 0) }
  /// As `Int64`'s.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for any number but 0 and 1, and for what is no number.
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
  /// The number.
  public var sqlCell: SQLCell { .real(self) }
  /// SQL's floating-point number of 64 bits.
  public static var sqlType: StaticString { "DOUBLE PRECISION" }

  /// Nil for what is no floating-point number: a whole one is read as `Int`.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .real(let number) = sqlCell else { return nil }
    self = number
  }
}

extension String: SQLValue {
  /// The text.
  public var sqlCell: SQLCell { .text(self) }
  /// SQL's text of any length.
  public static var sqlType: StaticString { "TEXT" }

  /// Nil for what is no text.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .text(let text) = sqlCell else { return nil }
    self = text
  }
}

extension [UInt8]: SQLBindable, SQLReadable {
  /// The bytes.
  public var sqlCell: SQLCell { .blob(self) }
  // SQLite takes any word for a type.
  /// PostgreSQL's name for bytes.
  public static var sqlType: StaticString { "BYTEA" }

  /// Nil for what is no row of bytes.
  @inlinable public init?(sqlCell: SQLCell) {
    guard case .blob(let bytes) = sqlCell else { return nil }
    self = bytes
  }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
  /// The value's, or NULL.
  public var sqlCell: SQLCell { self?.sqlCell ?? .null }
  /// The value's.
  public static var sqlType: StaticString { Wrapped.sqlType }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
  /// No value for NULL; fails for what the value cannot be read from.
  @inlinable public init?(sqlCell: SQLCell) {
    if case .null = sqlCell {
      self = .none
      return
    }
    guard let value = Wrapped(sqlCell: sqlCell) else { return nil }
    self = .some(value)
  }
}
