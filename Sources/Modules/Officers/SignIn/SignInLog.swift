internal import Core
internal import Store

/// Every try to sign in, for the supervisors: when, whose account if there is one, how it went, and a
/// keyed hash of the address. A user name that is no account's is not kept: it may be a password.
enum SignInLog {
  /// How a try went.
  enum Outcome: String, CaseIterable, Sendable, SQLValue {
    case success
    case wrong
    case disabled
    case waiting
    /// A signed-in officer's own password, asked for again.
    case wrongAgain = "wrong-again"
    /// The password was right, and the second step is still to be done.
    case halfway
    /// A code of the second step, at the sign-in or where it is asked for again.
    case wrongCode = "wrong-code"
    /// Signed in with a code of the paper in the place of a lost factor.
    case recovery
    /// A first password that was not used in time.
    case expired
    case signOut = "sign-out"
    /// A passkey whose count went back: there may be two of it.
    case copied
  }

  struct Entry: Sendable {
    let at: Instant
    /// The account's user name; nil when the name typed is no account's.
    let username: Username?
    let outcome: Outcome
    /// The same address has the same mark.
    let addressMark: String
  }

  /// How long a line is kept: as long as other logs are kept online.
  static let memory = Duration.hours(24 * 365)

  /// So many tries under names that are no account's are kept, some more at times: the latest. A storm of invented names has
  /// its sum in the journal.
  static let strangerCountMax = 10_000
  /// The same of failures under accounts' names.
  static let failureCountMax = 20_000
  /// One line in so many looks whether there are too many.
  private static let lookEvery: Int64 = 500

  static func append(
    _ outcome: Outcome, account: OfficerID?, addressMark: String, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    let line = try transaction.insert(
      """
      INSERT INTO officers_signin (at, account, outcome, address) VALUES (\(now), \(account), \(outcome), \(addressMark))
      """)
    if line % lookEvery == 0 { try makeRoom(in: transaction) }
  }

  private static func makeRoom(in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      DELETE FROM officers_signin WHERE account IS NULL AND id <= (
        SELECT id FROM officers_signin WHERE account IS NULL ORDER BY id DESC LIMIT 1 OFFSET \(strangerCountMax))
      """)
    let kept = [Outcome.success, .recovery, .signOut]
    try transaction.run(
      """
      DELETE FROM officers_signin WHERE account IS NOT NULL AND outcome NOT IN \(anyOf: kept) AND id <= (
        SELECT id FROM officers_signin WHERE account IS NOT NULL AND outcome NOT IN \(anyOf: kept)
        ORDER BY id DESC LIMIT 1 OFFSET \(failureCountMax))
      """)
  }

  /// Removes what has been kept long enough. Only while the date is believed: it is what tells who came in.
  static func forget(at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_signin WHERE at < \(now - memory)")
  }

  /// The latest ones first, in the order in which they came: what was written on a wrong date must not stand before the rest
  /// for years.
  static func latest(_ count: Int, in database: borrowing some Queryable & ~Copyable) throws -> [Entry] {
    try database.rows(
      """
      SELECT s.at, a.username, s.outcome, s.address FROM officers_signin s
      LEFT JOIN officers_account a ON a.id = s.account ORDER BY s.id DESC LIMIT \(count)
      """
    ) { row in
      try Entry(at: row.get(0), username: row.get(1), outcome: row.get(2), addressMark: row.get(3))
    }
  }
}
