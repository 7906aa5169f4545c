import Core
import Crypto
import Store

/// Where the ledger ends: the tree's peaks and the latest signed head, sealed, so that an attacker who can only write the
/// database can neither cut entries off nor go on by themselves.
struct LedgerTip {
  var peaks: Peaks
  /// The size of the latest signed head; 0 before the first one.
  var headSize: Int64

  /// The tip of an empty ledger.
  static var empty: LedgerTip { LedgerTip(peaks: Peaks(), headSize: 0) }

  /// The tip; nil when it is not there, or not one that was sealed with this key.
  static func read(
    _ key: AuthenticationKey, in database: borrowing some Queryable & ~Copyable
  ) throws -> LedgerTip? {
    let row = try database.row("SELECT size, head_size, peaks, seal FROM ledger_tip WHERE id = 1") { row in
      (
        size: try row.get(0) as Int64, head: try row.get(1) as Int64, peaks: try row.get(2) as [UInt8],
        seal: try row.get(3) as [UInt8]
      )
    }
    guard let row, let peaks = Peaks(size: row.size, bytes: row.peaks) else { return nil }
    let expected = try seal(size: row.size, headSize: row.head, peaks: row.peaks, key)
    guard CryptoLibrary.areEqual(row.seal, expected) else { return nil }
    return LedgerTip(peaks: peaks, headSize: row.head)
  }

  /// Puts the first tip in place.
  func insert(_ key: AuthenticationKey, in transaction: borrowing Transaction) throws {
    let bytes = peaks.bytes
    let seal = try Self.seal(size: peaks.size, headSize: headSize, peaks: bytes, key)
    try transaction.run(
      """
      INSERT INTO ledger_tip (id, size, head_size, peaks, seal)
      VALUES (1, \(peaks.size), \(headSize), \(bytes), \(seal))
      """)
  }

  /// Puts this tip in place of the one before.
  func update(_ key: AuthenticationKey, in transaction: borrowing Transaction) throws {
    let bytes = peaks.bytes
    let seal = try Self.seal(size: peaks.size, headSize: headSize, peaks: bytes, key)
    try transaction.run(
      """
      UPDATE ledger_tip SET size = \(peaks.size), head_size = \(headSize), peaks = \(bytes), seal = \(seal)
      WHERE id = 1
      """)
  }

  private static func seal(
    size: Int64, headSize: Int64, peaks: [UInt8], _ key: AuthenticationKey
  ) throws(CryptoFailure) -> [UInt8] {
    try key.authenticate(AssociatedData("gapura/v1/ledger-tip").adding(size).adding(headSize).adding(peaks).bytes)
  }
}
