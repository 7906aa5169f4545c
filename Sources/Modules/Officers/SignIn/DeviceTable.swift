internal import Core
internal import Store

/// The browsers in which officers have signed in, by the keyed hash of a cookie. It opens nothing: it only keeps what
/// strangers try from making its holder wait.
enum DeviceTable {
  /// A browser that was not signed in with for longer is a new one.
  static let memory = Duration.hours(24 * 30)
  /// The longest unused make room.
  static let deviceCountMaxPerAccount = 8

  /// Whether the account of that name has been signed in to with that browser lately.
  static func isKnown(
    _ hash: [UInt8], of username: Username, at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool {
    try database.value(
      """
      SELECT 1 FROM officers_device d JOIN officers_account a ON a.id = d.account
      WHERE a.username = \(username) AND d.hash = \(hash) AND d.signed_in > \(now - memory)
        AND d.signed_in <= \(Instant.latest(at: now))
      """) as Int? != nil
  }

  /// Notes that an account was signed in to. The browser's cookie is replaced with each sign-in, for all who share it.
  static func note(
    _ hash: [UInt8], insteadOf old: [UInt8]?, of account: OfficerID, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    if let old { try transaction.run("UPDATE officers_device SET hash = \(hash) WHERE hash = \(old)") }
    try transaction.run(
      """
      INSERT INTO officers_device (hash, account, signed_in) VALUES (\(hash), \(account), \(now))
      ON CONFLICT (account, hash) DO UPDATE SET signed_in = excluded.signed_in
      """)
    try transaction.run(
      """
      DELETE FROM officers_device WHERE signed_in <= \(now - memory) OR signed_in > \(Instant.latest(at: now))
      """)
    try transaction.run(
      """
      DELETE FROM officers_device WHERE account = \(account) AND hash NOT IN (
        SELECT hash FROM officers_device WHERE account = \(account)
        ORDER BY signed_in DESC LIMIT \(deviceCountMaxPerAccount))
      """)
  }

  /// Forgets all browsers of an account whose password was replaced by another officer, or that was closed.
  static func forgetAll(of account: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_device WHERE account = \(account)")
  }
}
