public import Core

/// Kept as the row's 64-bit key.
extension ID: SQLValue {}

/// Kept as its BCP 47 tag.
extension Language: SQLValue {}

/// Kept as `WIB`, `WITA` or `WIT`.
extension OfficeZone: SQLValue {}

/// Kept as UTC milliseconds since 1970.
extension Instant: SQLValue {
  /// The milliseconds.
  public var sqlCell: SQLCell { .integer(milliseconds) }
  /// As for the number.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for what is no whole number.
  public init?(sqlCell: SQLCell) {
    guard let milliseconds = Int64(sqlCell: sqlCell) else { return nil }
    self.init(milliseconds: milliseconds)
  }
}

/// Kept as text, `YYYY-MM-DD`, whose order is the calendar's.
extension CivilDate: SQLValue {
  /// The date as `2025-03-01`.
  public var sqlCell: SQLCell { .text(description) }
  /// As for the text.
  public static var sqlType: StaticString { String.sqlType }

  /// Nil for what is no date of the calendar.
  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(iso: text)
  }
}

/// Kept as the minute of the day.
extension CivilTime: SQLValue {
  /// The minute, from 0 to 1440.
  public var sqlCell: SQLCell { .integer(Int64(minuteOfDay)) }
  /// As for the number.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for what is no minute from 0 to 1440.
  public init?(sqlCell: SQLCell) {
    guard let minute = Int(sqlCell: sqlCell), (0...1440).contains(minute) else { return nil }
    self.init(minuteOfDay: minute)
  }
}

/// Kept as text, twelve digits.
extension CaseNumber: SQLValue {
  /// The digits without groups.
  public var sqlCell: SQLCell { .text(description) }
  /// As for the text.
  public static var sqlType: StaticString { String.sqlType }

  /// Nil for digits whose check digit is wrong, and for what is no text.
  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}

/// Kept as text, 13 symbols.
extension PublicCode: SQLValue {
  /// The symbols without groups.
  public var sqlCell: SQLCell { .text(description) }
  /// As for the text.
  public static var sqlType: StaticString { String.sqlType }

  /// Nil for what is no such code.
  public init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}

/// Kept in whole rupiah.
extension Rupiah: SQLValue {
  /// The amount.
  public var sqlCell: SQLCell { .integer(amount) }
  /// As for the number.
  public static var sqlType: StaticString { Int64.sqlType }

  /// Nil for what is no whole number.
  public init?(sqlCell: SQLCell) {
    guard let amount = Int64(sqlCell: sqlCell) else { return nil }
    self.init(amount)
  }
}
