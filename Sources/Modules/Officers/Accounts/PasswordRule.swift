internal import Core

/// What a new password must be: long, and not one that is tried first. No rule about kinds of characters and no expiry
/// (NIST SP 800-63B-4, section 3.1.1.2).
struct PasswordRule: Sendable {
  /// Why a password is refused.
  enum Refusal: Equatable, Sendable {
    case tooShort(characterCountMin: Int)
    case tooLong
    /// It is among those that are tried first, or little more than one or two of them.
    case common
    /// It is made of the office's, this program's or the officer's own words.
    case ownWords

    /// What is wrong, and what helps.
    var problem: Problem {
      switch self {
      case .tooShort(let count): Problem(.invalid, "officers.password-too-short", ["count": String(count)])
      case .tooLong:
        Problem(.invalid, "officers.password-too-long", ["count": String(PasswordRule.characterCountMax)])
      case .common: Problem(.invalid, "officers.password-common")
      case .ownWords: Problem(.invalid, "officers.password-own-words")
      }
    }
  }

  /// Where the password is all that is asked for.
  static let characterCountMinAlone = 15
  /// Where a passkey or a time code is asked for as well.
  static let characterCountMinBesideFactor = 8
  /// More than any password manager draws; bounds the work of hashing.
  static let characterCountMax = 128

  let words: PasswordWords

  /// Why the password may not be used; nil when it may.
  func refusal(of password: Personal<String>, for owner: PasswordOwner) -> Refusal? {
    let text = password.exposed
    if Self.isTooShort(password, for: owner) { return .tooShort(characterCountMin: owner.characterCountMin) }
    if text.unicodeScalars.count > Self.characterCountMax { return .tooLong }
    let lowered = text.lowercased()
    // A date of the list is no word that could be found in another password.
    if words.common.contains(lowered) || PasswordRuns.isRepetition(Array(lowered)) { return .common }
    let pieces = PasswordPieces(of: text, common: words.common, own: words.office.union(owner.words))
    guard pieces.areSoonGuessed else { return nil }
    return pieces.holdCommonWord || !pieces.pieces.contains(where: \.isWord) ? .common : .ownWords
  }

  /// Whether it has fewer characters than its owner needs; each code point is one.
  static func isTooShort(_ password: Personal<String>, for owner: PasswordOwner) -> Bool {
    password.exposed.unicodeScalars.count < owner.characterCountMin
  }
}
