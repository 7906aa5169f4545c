public import Core

/// Nomor Induk Kependudukan: an Indonesian's population number, sixteen digits.
///
///     PP KK CC  DD MM YY  SSSS
///
/// Region of first registration, date of birth (day + 40 for women), serial from 0001. It has no check
/// digit, and some numbers in use do not match their holder's date of birth and can never be changed
/// (Ditjen Dukcapil): so only what no number can be is refused, and the rest is a `Doubt`.
public struct NIK: Equatable, Sendable {
  /// How many digits a number has.
  public static let digitCount = 16

  /// The sixteen digits.
  public let digits: String
  private let values: [Int]

  /// Reads what a person typed; spaces, dots, slashes and hyphens of any kind between the digits do not matter.
  ///
  /// - Throws: `Refusal` that says what no NIK can be.
  public init(_ typed: String) throws(Refusal) {
    let symbols = try TextGate.number(typed).accepted.filter { !" .-/".contains($0) }
    guard symbols.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw .nikNotDigits
    }
    guard symbols.utf8.count == Self.digitCount else { throw .nikLength(found: symbols.utf8.count) }
    values = symbols.utf8.map { Int($0) - 48 }
    guard Set(values).count > 1, values[12...].contains(where: { $0 != 0 }) else { throw .nikImpossible }
    digits = symbols
  }

  /// The Kemendagri code of the province of first registration; says nothing of where the person lives.
  public var provinceCode: Int { number(0, 1) }

  /// Whether the day carries the 40 that marks a woman's number.
  public var isWomans: Bool { number(6, 7) > 40 }

  private var day: Int { number(6, 7) - (isWomans ? 40 : 0) }
  private var month: Int { number(8, 9) }
  private var shortYear: Int { number(10, 11) }

  private func number(_ tens: Int, _ ones: Int) -> Int { values[tens] * 10 + values[ones] }

  /// What should be looked at again. The century is not in the number, so the date is compared with the
  /// one that the person gave, never guessed.
  public func doubts(dateOfBirth: CivilDate?, sex: Sex?) -> [Doubt] {
    var doubts: [Doubt] = []
    if !Self.provinceCodes.contains(provinceCode) { doubts.append(.nikProvince) }
    if !isDatePossible {
      doubts.append(.nikDateImpossible)
    } else if let dateOfBirth, !isBorn(on: dateOfBirth) {
      doubts.append(.nikDateDiffers)
    }
    if sex == .male && isWomans || sex == .female && !isWomans { doubts.append(.nikSexDiffers) }
    return doubts
  }

  private var isDatePossible: Bool {
    [1900, 2000].contains { CivilDate(year: $0 + shortYear, month: month, day: day) != nil }
  }

  private func isBorn(on date: CivilDate) -> Bool {
    (date.day, date.month, date.year % 100) == (day, month, shortYear)
  }

  /// Kepmendagri 300.2.2-2138/2025: 38 provinces. A code that is missing here is doubted, not refused,
  /// for new provinces appear.
  static let provinceCodes: Set<Int> = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65,
    71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
  ]
}
