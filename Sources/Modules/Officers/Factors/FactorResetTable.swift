internal import Core
internal import Store

/// Who took whose factors away, and why.
enum FactorResetTable {
  struct Reset: Sendable {
    let account: Username
    let at: Instant
    /// `officer:12:supervisor`, as `Principal` describes itself.
    let principal: String
    let reason: String
  }

  /// - Parameter salt: that of the reason's commitment in the ledger.
  static func insert(
    of account: OfficerID, by principal: Principal, because reason: String, salt: [UInt8], at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO officers_factor_reset (account, at, reset_by, reason, salt)
      VALUES (\(account), \(now), \(principal.description), \(reason), \(salt))
      """)
  }

  /// The latest ones first.
  static func latest(_ count: Int, in database: borrowing some Queryable & ~Copyable) throws -> [Reset] {
    try database.rows(
      """
      SELECT a.username, r.at, r.reset_by, r.reason FROM officers_factor_reset r
      JOIN officers_account a ON a.id = r.account ORDER BY r.id DESC LIMIT \(count)
      """
    ) { row in try Reset(account: row.get(0), at: row.get(1), principal: row.get(2), reason: row.get(3)) }
  }
}
