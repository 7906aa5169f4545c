public import Core

/// A date as people type it: `17-08-1990`, `17/8/1990`, `17 08 1990`, `17081990`, `17 Agustus 1990`, `17 Aug 1990`, and
/// the `1990-08-17` that a browser's date field sends. A year has four digits: 90 may be 1990 or a slip.
public enum TypedDate {
  /// What is wrong with one of the three parts in which a date is typed.
  public enum Fault: Hashable, Sendable {
    /// The part is empty.
    case dayMissing, monthMissing, yearMissing
    /// No day from 1 to 31.
    case day
    /// Neither a number from 1 to 12 nor a month's name.
    case month
    /// Not four digits.
    case year
    /// The month has only so many days.
    case dayOfMonth(last: Int)

    /// The place of the part: 0 for the day, 1 for the month, 2 for the year.
    public var part: Int {
      switch self {
      case .dayMissing, .day, .dayOfMonth: 0
      case .monthMissing, .month: 1
      case .yearMissing, .year: 2
      }
    }
  }

  /// What is wrong with a date typed in three parts, in their order; empty where it is one.
  public static func faults(_ day: String, _ month: String, _ year: String) -> [Fault] {
    let number = day.count <= 2 && isDigits(day) ? Int(day) : nil
    let isDay = number.map { (1...31).contains($0) } ?? false
    let isYear = year.count == 4 && isDigits(year) && Int(year).map { $0 > 0 } ?? false
    let parts: [Fault?] = [
      day.isEmpty ? .dayMissing : isDay ? nil : .day,
      month.isEmpty ? .monthMissing : MonthName.number(month) == nil ? .month : nil,
      year.isEmpty ? .yearMissing : isYear ? nil : .year,
    ]
    let faults = parts.compactMap(\.self)
    guard faults.isEmpty, date(day, month, year) == nil else { return faults }
    let last = (1...31).last { date(String($0), month, year) != nil } ?? 31
    return [.dayOfMonth(last: last)]
  }

  /// - Throws: `Refusal.dateUnreadable` when it is no date of the calendar.
  public static func read(_ typed: String) throws(Refusal) -> CivilDate {
    guard let date = date(try TextGate.number(typed).accepted) else { throw .dateUnreadable }
    return date
  }

  private static func date(_ typed: String) -> CivilDate? {
    if let date = CivilDate(iso: typed) { return date }
    let parts = typed.split(whereSeparator: { "-/. ".contains($0) }).map(String.init)
    if parts.count == 1, parts[0].count == 8 {
      return date(
        String(parts[0].prefix(2)), String(parts[0].dropFirst(2).prefix(2)), String(parts[0].suffix(4)))
    }
    guard parts.count == 3 else { return nil }
    return date(parts[0], parts[1], parts[2])
  }

  /// The date of a day, a month in digits or letters (`MonthName`) and a year of four digits; nil where there is none.
  public static func date(_ day: String, _ month: String, _ year: String) -> CivilDate? {
    guard day.count <= 2, year.count == 4, isDigits(day), isDigits(year), let day = Int(day), let year = Int(year),
      let month = MonthName.number(month)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static func isDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

/// Within which days a date must lie.
public enum DateRule {
  /// The oldest person on record reached 122 years; what is beyond 120 is a slip of the finger.
  public static let ageYearsMax = 120
  /// No state issues passports for longer than ten years; twice that is a slip of the finger.
  public static let yearsAheadMax = 20

  /// No living person was born before; a year of two digits, read as one of the first century, is caught even where the day
  /// of today is not known.
  public static let birthYearMin = 1900

  /// A date of birth as it was typed, where the day of today does not matter: only what no living person can have is
  /// refused.
  ///
  /// - Throws: `Refusal.dateUnreadable` or `.dateTooEarly`.
  public static func birth(_ typed: String) throws(Refusal) -> CivilDate {
    let date = try TypedDate.read(typed)
    guard date.year >= birthYearMin else { throw .dateTooEarly }
    return date
  }

  /// A date of birth as it was typed.
  ///
  /// - Throws: `Refusal` for what is no date, a birth in the future or more than `ageYearsMax` years ago.
  public static func birth(_ typed: String, today: CivilDate) throws(Refusal) -> CivilDate {
    let date = try birth(typed)
    try checkBirth(date, today: today)
    return date
  }

  /// - Throws: `Refusal` for a birth in the future or more than `ageYearsMax` years ago.
  public static func checkBirth(_ date: CivilDate, today: CivilDate) throws(Refusal) {
    guard date <= today else { throw .dateInFuture }
    guard date.age(on: today) <= ageYearsMax else { throw .dateTooEarly }
  }

  /// - Throws: `Refusal` for a day more than `ageYearsMax` years ago or `yearsAheadMax` years ahead.
  public static func checkOther(_ date: CivilDate, today: CivilDate) throws(Refusal) {
    guard date.year >= today.year - ageYearsMax else { throw .dateTooEarly }
    guard date.year <= today.year + yearsAheadMax else { throw .dateTooLate }
  }
}
