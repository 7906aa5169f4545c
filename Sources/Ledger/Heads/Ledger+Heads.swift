public import Core
public import Crypto
public import Store

extension Ledger {
  /// How long an entry waits for a signed head at most, while the program runs.
  ///
  /// Ten minutes: a receipt is proven before its holder has left the hall, an office signs some fifteen thousand heads a
  /// year, and a proof inside what came in between is eight hashes long, which a QR code holds.
  public static let headInterval = Duration.minutes(10)

  /// Signs a head when something was added since the latest one.
  ///
  /// - Returns: the latest head; nil of an empty ledger.
  @discardableResult
  public func signHead(at instant: Instant, in transaction: borrowing Transaction) throws -> SignedHead? {
    var tip = try sealedTip(in: transaction)
    let size = tip.peaks.size
    guard size > tip.headSize else { return try latestHead(in: transaction) }
    let head = try SignedHead(
      size: size, root: tip.peaks.root(TreeHasher(library)), at: instant, previousSize: tip.headSize,
      signedBy: keys.signing, as: name())
    try transaction.run(
      """
      INSERT INTO ledger_heads (size, at, previous_size, root, signature)
      VALUES (\(head.size), \(head.at), \(head.previousSize), \(head.root.bytes), \(head.signature))
      """)
    tip.headSize = size
    try tip.update(keys.tip, in: transaction)
    return head
  }

  /// The head that was signed last.
  func latestHead(in database: borrowing some Queryable & ~Copyable) throws -> SignedHead? {
    try head(
      "SELECT size, at, previous_size, root, signature FROM ledger_heads ORDER BY size DESC LIMIT 1", database)
  }

  /// The first head whose tree has more than `size` entries.
  func firstHead(beyond size: Int64, in database: borrowing some Queryable & ~Copyable) throws -> SignedHead? {
    try head(
      """
      SELECT size, at, previous_size, root, signature FROM ledger_heads
      WHERE size > \(size) ORDER BY size LIMIT 1
      """, database)
  }

  /// How the ledger is named in notes.
  public func name() throws(CryptoFailure) -> LedgerName { try LedgerName(keys.verifying.bytes, library: library) }

  private func head(_ sql: SQL, _ database: borrowing some Queryable & ~Copyable) throws -> SignedHead? {
    try database.row(sql) { row in
      guard let root = TreeHash(try row.get(3) as [UInt8]) else { throw LedgerDamage.problem }
      return SignedHead(
        size: try row.get(0), root: root, at: try row.get(1), previousSize: try row.get(2), signature: try row.get(4))
    }
  }
}
