internal import Core
internal import Crypto
internal import Store

/// The secrets of one-time codes, sealed, each with the latest period of which a code was taken.
enum TimeCodeTable {
  /// For what the secrets are sealed (`SecretSealing`).
  static let purpose: StaticString = "officers.time-code"

  struct SealedSecret {
    let factor: Int64
    let bytes: [UInt8]
    let lastStep: Int64
  }

  static func all(
    of account: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [SealedSecret] {
    try database.rows(
      """
      SELECT t.factor, t.secret, t.last_step FROM officers_time_code t JOIN officers_factor f ON f.id = t.factor
      WHERE f.account = \(account) ORDER BY t.factor
      """
    ) { row in try SealedSecret(factor: row.get(0), bytes: row.get(1), lastStep: row.get(2)) }
  }

  /// - Parameter lastStep: the period of the code with which it was set up: it opens nothing any more.
  static func insert(
    _ secret: [UInt8], of factor: Int64, lastStep: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "INSERT INTO officers_time_code (factor, secret, last_step) VALUES (\(factor), \(secret), \(lastStep))")
  }

  static func use(_ step: Int64, of factor: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_time_code SET last_step = \(step) WHERE factor = \(factor)")
  }
}

extension AssociatedData {
  /// What the sealed secret of an account's factor belongs to.
  static func timeCode(_ factor: Int64, of account: OfficerID) -> Self {
    Self("gapura/v1/time-code").adding(account.rawValue).adding(factor)
  }

  /// For what a secret is made that an officer is shown in a session, by the session's seed.
  static func timeCodeOffer(to account: OfficerID, by seed: [UInt8]) -> Self {
    Self("gapura/v1/time-code-offer").adding(account.rawValue).adding(seed)
  }
}
