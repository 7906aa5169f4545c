/// The name with which an officer signs in: 3 to 40 small letters, digits, dots, hyphens and underscores,
/// starting with a letter. Capitals and spaces around it are forgiven.
struct Username: Hashable, Sendable, CustomStringConvertible {
  /// Long enough for a full name with dots, short enough for a line of a table.
  static let characterCountMax = 40
  static let characterCountMin = 3

  let description: String

  /// Reads what somebody typed; nil when it cannot be a user name.
  init?(_ text: String) {
    let name = text.lowercased().filter { $0 != " " }
    let allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_"
    guard (Self.characterCountMin...Self.characterCountMax).contains(name.utf8.count),
      name.allSatisfy(allowed.contains), let first = name.first, first.isLetter
    else { return nil }
    description = name
  }
}
