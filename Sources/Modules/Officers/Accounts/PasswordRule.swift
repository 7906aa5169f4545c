internal import Core

/// What a new password must be: long and not one of those that are tried first. No rule about
/// kinds of characters and no expiry (NIST SP 800-63B, 5.1.1.2).
enum PasswordRule {
  /// Why a password is refused.
  enum Refusal: String, CaseIterable, Sendable {
    case tooShort = "too-short"
    case tooLong = "too-long"
    case common
    case holdsUsername = "holds-username"
  }

  static let characterCountMin = 12
  /// More than any password manager draws; bounds the work of hashing.
  static let characterCountMax = 128
  /// What is left of a password besides the user name must be this long by itself.
  private static let ownCharacterCountMin = 8

  /// Why the password may not be used; nil when it may.
  static func refusal(of password: Personal<String>, for username: Username) -> Refusal? {
    let text = password.exposed
    let count = text.unicodeScalars.count
    if count < characterCountMin { return .tooShort }
    if count > characterCountMax { return .tooLong }
    let lowered = text.lowercased()
    if isCommon(lowered) { return .common }
    let own = lowered.replacing(username.description, with: "")
    return own.count < ownCharacterCountMin ? .holdsUsername : nil
  }

  /// The words that open most lists of stolen passwords, and those that an office here would think of.
  private static let commonWords: Set<String> = [
    "password", "passwordpassword", "passw", "qwerty", "qwertyuiop", "qwertyqwerty", "asdfghjkl", "asdf", "zxcvbnm",
    "letmein", "welcome", "iloveyou", "admin", "administrator", "adminadmin", "user", "test", "root", "abc", "abcd",
    "abcdef", "abcdefghijkl", "imigrasi", "kantorimigrasi", "kanim", "indonesia", "indonesiaraya", "merdeka",
    "bismillah", "alhamdulillah", "sayang", "sayangsayang", "akucintakamu", "rahasia", "katasandi", "sandi", "gapura",
    "petugas", "petugasimigrasi", "penyelia", "supervisor", "paspor", "pasporindonesia", "jakarta", "ganteng", "cantik",
    "anjing", "doraemon", "persib", "garuda", "garudaindonesia",
  ]

  private static func isCommon(_ lowered: String) -> Bool {
    let letters = lowered.filter(\.isLetter)
    if commonWords.contains(letters) { return true }
    return isRepetition(Array(lowered)) || isRun(Array(lowered.unicodeScalars.map(\.value)))
  }

  /// `aaaaaaaaaaaa`, `121212121212`, `abcabcabcabc`: a piece of up to four characters over and over.
  private static func isRepetition(_ characters: [Character]) -> Bool {
    (1...4).contains { period in
      characters.indices.allSatisfy { $0 < period || characters[$0] == characters[$0 - period] }
    }
  }

  /// `123456789012`, `987654321098`: each character follows the one before it, with 0 after 9.
  private static func isRun(_ values: [UInt32]) -> Bool {
    [1, -1].contains { step in
      zip(values, values.dropFirst()).allSatisfy { before, after in
        let distance = Int(after) - Int(before)
        return distance == step || distance == -9 * step
      }
    }
  }
}
