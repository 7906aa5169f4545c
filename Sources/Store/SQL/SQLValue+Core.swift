public import Core

/// Kept as the row's 64-bit key.
extension ID: SQLValue {}

/// Kept as its BCP 47 tag.
extension Language: SQLValue {}

/// Kept as `WIB`, `WITA` or `WIT`.
extension OfficeZone: SQLValue {}

/// Kept as UTC milliseconds since 1970.
extension Instant: SQLValue {
  public var sqlCell: SQLCell { .integer(milliseconds) }
  public static var sqlType: StaticString { Int64.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let milliseconds = Int64(sqlCell: sqlCell) else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

/// Kept as text, `YYYY-MM-DD`, whose order is the calendar's.
extension CivilDate: SQLValue {
  public var sqlCell: SQLCell { .text(description) }
  public static var sqlType: StaticString { String.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(iso: text)
  }
}

/// Kept as the minute of the day.
extension CivilTime: SQLValue {
  public var sqlCell: SQLCell { .integer(Int64(minuteOfDay)) }
  public static var sqlType: StaticString { Int64.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let minute = Int(sqlCell: sqlCell), (0...1440).contains(minute) else { return nil }
    self.init(minuteOfDay: minute)
  }
}

/// Kept as text, twelve digits.
extension CaseNumber: SQLValue {
  public var sqlCell: SQLCell { .text(description) }
  public static var sqlType: StaticString { String.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}

/// Kept as text, 13 symbols.
extension PublicCode: SQLValue {
  public var sqlCell: SQLCell { .text(description) }
  public static var sqlType: StaticString { String.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}

/// Kept in whole rupiah.
extension Rupiah: SQLValue {
  public var sqlCell: SQLCell { .integer(amount) }
  public static var sqlType: StaticString { Int64.sqlType }

  public init?(sqlCell: SQLCell) {
    guard let amount = Int64(sqlCell: sqlCell) else { return nil }
    self.init(amount)
  }
}
