import Contracts
import Core

extension IdentityField {
  /// What a list may show of a value: enough for an officer to tell two people in a hall apart and to compare with a
  /// document in hand, too little to be used anywhere else.
  ///
  /// - NIK: the first four digits, which are province and regency and shared by hundreds of thousands, and the last
  ///   four, a running number. Hidden is what tells of the person: the day of birth, the sex that is coded in it, and the
  ///   district.
  /// - Passport number: its letter and the last three digits.
  /// - Telephone: the last three digits, and the country.
  /// - E-mail: the first letter and the top-level domain; a domain is often a name or an employer.
  ///
  /// The number of stars is fixed but for the NIK, whose length is known.
  func mask(_ normal: Personal<String>) -> String {
    let value = normal.exposed
    return switch self {
    case .nik: value.count > 8 ? "\(value.prefix(4))\(Self.stars(value.count - 8))\(value.suffix(4))" : Self.stars(8)
    case .passportNumber: value.count > 5 ? "\(value.prefix(1))\(Self.stars(4))\(value.suffix(3))" : Self.stars(8)
    case .telephone: value.count > 8 ? "\(Self.country(of: value))\(Self.stars(6))\(value.suffix(3))" : Self.stars(8)
    case .email: Self.maskEmail(value)
    }
  }

  private static func maskEmail(_ value: String) -> String {
    guard let at = value.lastIndex(of: "@"), at > value.startIndex, let dot = value[at...].lastIndex(of: ".") else {
      return stars(8)
    }
    return "\(value.prefix(1))\(stars(4))@\(stars(4))\(value[dot...])"
  }

  /// `+62`, or only the plus: the other countries' codes have one to three digits, which cannot be told from the number.
  private static func country(of value: String) -> String { value.hasPrefix("+62") ? "+62" : "+" }

  private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }
}
