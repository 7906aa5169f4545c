import Civil

/// The name with which an officer signs in: 3 to 40 small letters, digits, dots, hyphens and underscores,
/// starting with a letter: a part of UsernameCaseMapped (RFC 8265, section 3.3), which forgives capitals and full-width
/// letters. Spaces are forgiven too.
struct Username: Hashable, Sendable, CustomStringConvertible {
  /// Long enough for a full name with dots, short enough for a line of a table.
  static let characterCountMax = 40
  static let characterCountMin = 3

  let description: String

  /// Reads what a person typed; nil when it cannot be a user name.
  init?(_ text: String) {
    let name = TextGate.username(text).text.filter { $0 != " " }
    let allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_"
    guard (Self.characterCountMin...Self.characterCountMax).contains(name.utf8.count),
      name.allSatisfy(allowed.contains), let first = name.first, first.isLetter
    else { return nil }
    description = name
  }
}
