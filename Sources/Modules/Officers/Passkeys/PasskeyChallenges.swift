internal import Contracts
internal import Core
internal import Crypto
internal import Store

/// Challenges for passkeys to sign: each for one use in one browser, for five minutes, and once.
///
/// A challenge says itself when it was made, under a keyed hash that binds it to use and browser. So nothing is kept of those
/// that strangers ask for; only of one that was answered with a right signature, until it is over.
struct PasskeyChallenges: Sendable {
  /// What a passkey is asked for.
  enum Use: String, Sendable {
    case add
    case signIn = "sign-in"
    /// Of an officer who is signed in.
    case proof
  }

  static let lifetime = Duration.minutes(5)
  /// A clock that is put right meanwhile goes back by less.
  private static let skewMax = Duration.minutes(1)
  private static let timeByteCount = 8
  private static let nonceByteCount = 16
  private static let sealByteCount = 16

  let clock: any WallClock
  let random: any RandomSource
  let keyed: any KeyedHash

  /// A new challenge.
  ///
  /// - Parameter browser: what only that browser holds.
  func fresh(for use: Use, in browser: String) -> [UInt8] {
    let time = UInt64(bitPattern: clock.now.milliseconds)
    let bytes = (0..<Self.timeByteCount).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
    let said = bytes + random.bytes(Self.nonceByteCount)
    return said + seal(of: said, for: use, in: browser)
  }

  /// Whether it is one of ours for that use in that browser, and not over.
  func isOurs(_ challenge: [UInt8], for use: Use, in browser: String) -> Bool {
    guard challenge.count == Self.timeByteCount + Self.nonceByteCount + Self.sealByteCount else { return false }
    let said = Array(challenge.dropLast(Self.sealByteCount))
    let age = clock.now - Self.moment(of: challenge)
    return CryptoLibrary.areEqual(Array(challenge.suffix(Self.sealByteCount)), seal(of: said, for: use, in: browser))
      && age < Self.lifetime && age > .zero - Self.skewMax
  }

  /// Takes the challenge as answered.
  ///
  /// - Returns: false where it was before.
  static func spend(_ challenge: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run("DELETE FROM officers_passkey_answer WHERE until < \(now)")
    let nonce = Array(challenge.dropFirst(timeByteCount).prefix(nonceByteCount))
    let until = moment(of: challenge) + lifetime + skewMax
    let count = try transaction.run(
      """
      INSERT INTO officers_passkey_answer (nonce, until) VALUES (\(nonce), \(until)) ON CONFLICT (nonce) DO NOTHING
      """)
    return count == 1
  }

  private static func moment(of challenge: [UInt8]) -> Instant {
    let time = challenge.prefix(timeByteCount).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Instant(milliseconds: Int64(bitPattern: time))
  }

  private func seal(of said: [UInt8], for use: Use, in browser: String) -> [UInt8] {
    let message = Array(use.rawValue.utf8) + [0] + said + Array(browser.utf8)
    return Array(keyed.authenticate(message, for: "officers.passkey-challenge").prefix(Self.sealByteCount))
  }
}
