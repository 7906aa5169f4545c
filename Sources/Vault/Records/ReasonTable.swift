import Contracts
import Core
import Store

/// The written reasons of openings without the usual permission: sealed under the data key of the person concerned, so
/// that they go with them; the ledger commits to them.
enum ReasonTable {
  static func insert(
    _ sealed: [UInt8], salt: [UInt8], entry: Int64, of subject: SubjectID, keyVersion: Int,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO vault_reasons (entry, subject, key_version, salt, sealed)
      VALUES (\(entry), \(subject), \(keyVersion), \(salt), \(sealed))
      """)
  }

  /// The sealed reason of that entry; nil when it has none, or the person has been erased.
  static func find(_ entry: Int64, in database: borrowing some Queryable & ~Copyable) throws -> [UInt8]? {
    try database.value("SELECT sealed FROM vault_reasons WHERE entry = \(entry)")
  }
}
