import Contracts
import Core

extension IdentityField {
  /// One spelling for all who write the same: what goes into blind indexes and masked forms. Nil when nothing is left.
  ///
  /// - NIK: its digits.
  /// - Passport number: upper case, without spaces, hyphens or dots.
  /// - Telephone: ITU-T E.164 with its plus; a number without a country code is Indonesian.
  /// - E-mail: lower case, without spaces around it. Case may matter before the `@` (RFC 5321, section 2.4), but no
  ///   two people share an address that differs in nothing else.
  func normalise(_ value: Personal<String>) -> Personal<String>? {
    let normal =
      switch self {
      case .nik: Self.digits(of: value.exposed)
      case .passportNumber:
        String(decoding: value.exposed.uppercased().utf8.filter(Self.isLetterOrDigit), as: UTF8.self)
      case .telephone: Self.telephone(value.exposed)
      case .email: value.exposed.lowercased().filter { !$0.isWhitespace }
      }
    return normal.isEmpty ? nil : Personal(normal)
  }

  private static func telephone(_ text: String) -> String {
    let digits = Self.digits(of: text)
    if digits.isEmpty { return "" }
    if text.contains("+") { return "+" + withoutTrunk(digits) }
    if digits.hasPrefix("00") { return "+" + withoutTrunk(String(digits.dropFirst(2))) }
    if digits.hasPrefix("62") { return "+" + withoutTrunk(digits) }
    return "+62" + (digits.hasPrefix("0") ? digits.dropFirst() : digits[...])
  }

  /// `+62 0812…` is written often and means `+62 812…`.
  private static func withoutTrunk(_ digits: String) -> String {
    digits.hasPrefix("620") ? "62" + digits.dropFirst(3) : digits
  }

  private static func digits(of text: String) -> String {
    String(decoding: text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }, as: UTF8.self)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
