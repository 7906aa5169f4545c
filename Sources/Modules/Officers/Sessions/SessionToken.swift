internal import Core
import Crypto

/// What an officer's cookies hold, the session's and the device's: 128 random bits as 32 hexadecimal digits. Only a keyed
/// hash of it is kept.
struct SessionToken: Sendable, Equatable {
  private static let byteCount = 16

  /// The digits, for the cookie alone.
  let exposed: String

  init(from random: any RandomSource) { exposed = Hexadecimal.text(random.bytes(Self.byteCount)) }

  /// Reads a cookie's value; nil when it cannot be a token, so that no database is asked.
  init?(_ text: String) {
    guard Hexadecimal.bytes(of: text)?.count == Self.byteCount else { return nil }
    exposed = text
  }
}
