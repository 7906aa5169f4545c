internal import Core
internal import Store

/// Which factors each account has; what a kind needs besides stands in a table of its own, by the factor's id.
enum FactorTable {
  static func all(of account: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> [Factor] {
    try database.rows(
      """
      SELECT id, account, kind, label, added, last_used FROM officers_factor WHERE account = \(account) ORDER BY id
      """, read)
  }

  /// Whether an account has any factor: then its password alone opens nothing.
  static func hasAny(of account: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try database.value("SELECT 1 FROM officers_factor WHERE account = \(account) LIMIT 1") as Int? != nil
  }

  /// The accounts that have any.
  static func holders(in database: borrowing some Queryable & ~Copyable) throws -> Set<OfficerID> {
    Set(try database.rows("SELECT DISTINCT account FROM officers_factor") { row in try row.get(0) as OfficerID })
  }

  static func insert(
    _ kind: Factor.Kind, of account: OfficerID, label: String, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO officers_factor (account, kind, label, added)
      VALUES (\(account), \(kind), \(label), \(now))
      """)
  }

  static func use(_ factor: Int64, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_factor SET last_used = \(now) WHERE id = \(factor)")
  }

  /// Takes one away, with all that its kind keeps of it.
  static func remove(_ factor: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_time_code WHERE factor = \(factor)")
    try transaction.run("DELETE FROM officers_recovery_code WHERE factor = \(factor)")
    try transaction.run("DELETE FROM officers_passkey WHERE factor = \(factor)")
    try transaction.run("DELETE FROM officers_factor WHERE id = \(factor)")
  }

  private static func read(_ row: borrowing Row) throws -> Factor {
    try Factor(
      id: row.get(0), account: row.get(1), kind: row.get(2), label: row.get(3), addedAt: row.get(4),
      lastUsedAt: row.get(5))
  }
}
