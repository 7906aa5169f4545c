/// The number of a passport: upper case, without spaces.
public struct PassportNumber: Equatable, Sendable {
  /// The field of the machine-readable zone has nine places (ICAO 9303-4); what is longer is doubted.
  private static let usualCharacterCounts = 5...9
  private static let characterCountMax = 15

  /// As the document's data page writes it.
  public let text: String

  /// - Parameter isIndonesian: an Indonesian passport has one letter and seven digits.
  /// - Throws: `Refusal.passportIndonesian` or `.passportForeign`.
  public init(_ typed: String, isIndonesian: Bool) throws(Refusal) {
    let number = try TextGate.number(typed).accepted.uppercased().filter { !" -.".contains($0) }
    guard isIndonesian ? Self.isIndonesian(number) : Self.isForeign(number) else {
      throw isIndonesian ? .passportIndonesian : .passportForeign
    }
    text = number
  }

  /// What should be looked at again.
  public var doubts: [Doubt] {
    text.count > Self.usualCharacterCounts.upperBound ? [.passportNumberLong] : []
  }

  private static func isIndonesian(_ number: String) -> Bool {
    guard number.utf8.count == 8, let first = number.first else { return false }
    return isLetter(first) && number.dropFirst().allSatisfy(isDigit)
  }

  private static func isForeign(_ number: String) -> Bool {
    (usualCharacterCounts.lowerBound...characterCountMax).contains(number.count)
      && number.allSatisfy { isLetter($0) || isDigit($0) } && number.contains(where: isDigit)
  }

  private static func isLetter(_ symbol: Character) -> Bool { ("A"..."Z").contains(symbol) && symbol.isASCII }
  private static func isDigit(_ symbol: Character) -> Bool { ("0"..."9").contains(symbol) && symbol.isASCII }
}
