internal import Core
internal import Store

/// The PINs with which officers open their locked sessions again, each as the hash that passwords have.
enum PINTable {
  static func hash(of account: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> String? {
    try database.value("SELECT pin FROM officers_pin WHERE account = \(account)")
  }

  static func set(
    _ hash: String, of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_pin (account, pin, set_at) VALUES (\(account), \(hash), \(now))
      ON CONFLICT (account) DO UPDATE SET pin = excluded.pin, set_at = excluded.set_at
      """)
  }

  static func forget(_ account: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_pin WHERE account = \(account)")
  }
}
