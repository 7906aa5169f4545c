internal import Core

/// What an officer's cookies hold, the session's and the device's: 128 random bits as 32 hexadecimal digits. Only a keyed
/// hash of it is kept.
struct SessionToken: Sendable, Equatable {
  /// The digits, for the cookie alone.
  let exposed: String

  init(from random: any RandomSource) {
    exposed = [random.uint64(), random.uint64()].map(Self.hexadecimal).joined()
  }

  /// Reads a cookie's value; nil when it cannot be a token, so that no database is asked.
  init?(_ text: String) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else { return nil }
    exposed = text
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
