/// What a PIN must be. It opens nothing but a session that its officer has locked, at that browser, and a few wrong tries end
/// that session: so six digits do.
enum PINRule {
  /// Why a PIN is refused.
  enum Refusal: String, CaseIterable, Sendable {
    case tooShort = "too-short"
    case easy
  }

  static let digitCountMin = 6
  static let digitCountMax = 12

  /// Why the digits may not be used; nil when they may.
  static func refusal(of digits: String) -> Refusal? {
    if digits.utf8.count < digitCountMin { return .tooShort }
    let values = digits.utf8.map { Int($0) }
    return isRepetition(values) || isRun(values) ? .easy : nil
  }

  /// `111111`, `121212`, `123123`: a piece of up to three digits over and over.
  private static func isRepetition(_ values: [Int]) -> Bool {
    (1...3).contains { period in values.indices.allSatisfy { $0 < period || values[$0] == values[$0 - period] } }
  }

  /// `123456`, `987654`, `135791`: as far from each digit to the next, with 0 after 9.
  private static func isRun(_ values: [Int]) -> Bool {
    let steps = zip(values, values.dropFirst()).map { (10 + $1 - $0) % 10 }
    return Set(steps).count <= 1
  }
}
