internal import Core
internal import Store

/// Recovery codes by their keyed hashes; a used one stays, so that the page can say how many are left.
enum RecoveryCodeTable {
  static func insert(_ hash: [UInt8], of factor: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("INSERT INTO officers_recovery_code (factor, hash) VALUES (\(factor), \(hash))")
  }

  /// Uses a code up.
  ///
  /// - Returns: the factor that it belongs to; nil where the account has no such code, or none that was not used.
  static func use(
    _ hash: [UInt8], of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Int64? {
    let factor: Int64? = try transaction.value(
      """
      SELECT r.factor FROM officers_recovery_code r JOIN officers_factor f ON f.id = r.factor
      WHERE f.account = \(account) AND r.hash = \(hash) AND r.used IS NULL
      """)
    guard let factor else { return nil }
    try transaction.run(
      "UPDATE officers_recovery_code SET used = \(now) WHERE factor = \(factor) AND hash = \(hash)")
    return factor
  }

  /// How many of an account's codes can still be used.
  static func unusedCount(
    of account: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int {
    try database.value(
      """
      SELECT count(*) FROM officers_recovery_code r JOIN officers_factor f ON f.id = r.factor
      WHERE f.account = \(account) AND r.used IS NULL
      """) ?? 0
  }
}
