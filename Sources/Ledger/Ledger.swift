public import Contracts
public import Core
public import Crypto
public import Store

/// The append-only record of the office: a Merkle tree as in RFC 9162 (section 2.1) over the rows of `ledger_entries`.
///
/// Besides its hash each entry carries a keyed mark, so that a check can name the first bad entry even when an attacker
/// has computed all hashes above it anew.
public struct Ledger: Sendable {
  /// Half of HMAC-SHA-256: forging one takes 2^128 tries, and the other half would be read for nothing.
  static let markByteCount = 16

  let keys: LedgerKeys
  let library: CryptoLibrary

  /// The ledger under those keys.
  public init(keys: LedgerKeys, library: CryptoLibrary) {
    self.keys = keys
    self.library = library
  }

  /// Begins the ledger of a new database.
  public func begin(in transaction: borrowing Transaction) throws {
    try LedgerTip.empty.insert(keys.tip, in: transaction)
  }

  /// Appends an entry.
  ///
  /// - Returns: its index.
  /// - Throws: `Problem` `vault.ledger-broken` when the tip is not the one left here: going on would cover up what was
  ///   done.
  @discardableResult
  public func append(_ entry: LedgerEntry, at instant: Instant, in transaction: borrowing Transaction) throws -> Int64 {
    var tip = try sealedTip(in: transaction)
    let line = LedgerLine(entry, at: instant)
    let hasher = try TreeHasher(library)
    let leaf = try hasher.leaf(line.bytes)
    let index = tip.peaks.size
    try transaction.run(
      """
      INSERT INTO ledger_entries (entry, at, kind, principal, subject, facts, leaf, mark)
      VALUES (\(index), \(line.at), \(line.kind), \(line.principal), \(line.subject), \(line.facts), \(leaf.bytes),
        \(try mark(index, leaf)))
      """)
    try tip.peaks.append(leaf, hasher) { node in
      guard node.level.isMultiple(of: TreeReader.storedLevelStep) else { return }
      try transaction.run(
        "INSERT INTO ledger_nodes (level, place, hash) VALUES (\(node.level), \(node.place), \(node.hash.bytes))")
    }
    try tip.update(keys.tip, in: transaction)
    return index
  }

  /// How many entries there are.
  public func size(in database: borrowing some Queryable & ~Copyable) throws -> Int64 {
    try database.value("SELECT size FROM ledger_tip WHERE id = 1") ?? 0
  }

  /// The keyed mark of an entry.
  func mark(_ entry: Int64, _ leaf: TreeHash) throws(CryptoFailure) -> [UInt8] {
    var message = [UInt8](repeating: 0, count: 8 + TreeHash.byteCount)
    unsafe message.withUnsafeMutableBytes { buffer in
      unsafe buffer.storeBytes(of: entry.bigEndian, as: Int64.self)
      unsafe leaf.store(in: buffer, at: 8)
    }
    return Array(try keys.marks.authenticate(message).prefix(Self.markByteCount))
  }

  /// The tip as it was left here.
  func sealedTip(in database: borrowing some Queryable & ~Copyable) throws -> LedgerTip {
    guard let tip = try LedgerTip.read(keys.tip, in: database) else {
      throw Problem(.unavailable, "vault.ledger-broken")
    }
    return tip
  }
}

/// A ledger whose rows do not fit together.
enum LedgerDamage {
  /// What a reader who asks for a proof is told; `gapura ledger verify` says where it is.
  static var problem: Problem { Problem(.unavailable, "vault.ledger-damaged") }
}
