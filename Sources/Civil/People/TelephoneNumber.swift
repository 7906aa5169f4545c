/// A telephone number in the form of ITU-T E.164: `+628123456789`.
public struct TelephoneNumber: Equatable, Sendable {
  /// With its plus, the country's code and no spaces.
  public let e164: String

  /// Reads what a person typed: `0812…`, `62812…`, `+62 812…`, `(0752) 628269`, `+49 30 …`, `0049 30 …`.
  ///
  /// - Throws: `Refusal.telephone`.
  public init(_ typed: String) throws(Refusal) {
    let symbols = try TextGate.number(typed).accepted
    let isInternational = symbols.hasPrefix("+")
    let digits = symbols.dropFirst(isInternational ? 1 : 0).filter { !" -.()/".contains($0) }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw .telephone
    }
    guard let number = Self.number(String(digits), isInternational: isInternational) else { throw .telephone }
    e164 = "+" + number
  }

  private static func number(_ digits: String, isInternational: Bool) -> String? {
    if isInternational || digits.hasPrefix("00") {
      return international(isInternational ? digits : String(digits.dropFirst(2)))
    }
    if digits.hasPrefix("62") { return indonesian(digits.dropFirst(2)) }
    return indonesian(digits[...])
  }

  private static func international(_ digits: String) -> String? {
    if digits.hasPrefix("62") { return indonesian(digits.dropFirst(2)) }
    // Country code and number together have at most fifteen digits; no state has fewer than seven.
    return (7...15).contains(digits.count) && !digits.hasPrefix("0") ? digits : nil
  }

  /// A mobile number begins with 8 and has 9–12 digits after +62; a land line has an area code from 2 to 9.
  private static func indonesian(_ typed: Substring) -> String? {
    let national = typed.hasPrefix("0") ? typed.dropFirst() : typed
    guard let first = national.first, ("2"..."9").contains(first) else { return nil }
    let allowed = first == "8" ? 9...12 : 7...11
    return allowed.contains(national.count) ? "62" + national : nil
  }
}
