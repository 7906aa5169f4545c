import Contracts
import Core
import Crypto
import Store

/// Erased people in the data file: what goes of them there, and the tombstone that stays.
enum ErasureTable {
  /// Takes the person's records and blind indexes away and puts a tombstone in their place. What other modules keep
  /// under the person's number is not personal, and stays for the statistics.
  static func erase(_ erasure: Erasure, isSettled: Bool, in transaction: borrowing Transaction) throws {
    let subject = erasure.subject
    try transaction.run("DELETE FROM vault_records WHERE subject = \(subject)")
    try transaction.run("DELETE FROM vault_blind_index WHERE subject = \(subject)")
    try transaction.run("DELETE FROM vault_history WHERE subject = \(subject)")
    try transaction.run("DELETE FROM vault_restrictions WHERE subject = \(subject)")
    // Written reasons are about the person, too.
    try transaction.run("DELETE FROM vault_reasons WHERE subject = \(subject)")
    try transaction.run(
      """
      INSERT INTO vault_erasures (subject, erased, gone_by, is_settled)
      VALUES (\(subject), \(erasure.erased), \(erasure.goneBy), \(isSettled)) ON CONFLICT DO NOTHING
      """)
  }

  /// The person's tombstone; nil when they are not erased.
  static func find(_ subject: SubjectID, in database: borrowing some Queryable & ~Copyable) throws -> Erasure? {
    try database.row("SELECT subject, erased, gone_by FROM vault_erasures WHERE subject = \(subject)", read)
  }

  /// The erasures whose keys the ring has not destroyed yet, as far as is known.
  static func unsettled(in database: borrowing some Queryable & ~Copyable) throws -> [Erasure] {
    try database.rows(
      "SELECT subject, erased, gone_by FROM vault_erasures WHERE is_settled = 0 ORDER BY subject LIMIT 1000", read)
  }

  /// Whether the ring had destroyed the person's key.
  static func isSettled(_ subject: SubjectID, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try database.value("SELECT is_settled FROM vault_erasures WHERE subject = \(subject)") ?? false
  }

  /// Notes that the ring has destroyed the keys.
  static func settle(_ erasures: [Erasure], in transaction: borrowing Transaction) throws {
    for erasure in erasures {
      try transaction.run("UPDATE vault_erasures SET is_settled = 1 WHERE subject = \(erasure.subject)")
    }
  }

  /// The tombstones after that person, in the order of their numbers.
  static func page(
    after subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Erasure] {
    try database.rows(
      """
      SELECT subject, erased, gone_by FROM vault_erasures WHERE subject > \(subject) ORDER BY subject LIMIT 1000
      """, read)
  }

  private static func read(_ row: borrowing Row) throws -> Erasure {
    try Erasure(subject: row.get(0), erased: row.get(1), goneBy: row.get(2))
  }
}
