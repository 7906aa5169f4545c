import Core
import Crypto
import Store

/// Goes over the ledger entry by entry and computes the tree anew.
struct LedgerInspector {
  /// How many entries lie between two reports of progress: some hundredths of a second.
  static let progressStep: Int64 = 8192

  let ledger: Ledger

  /// Checks every entry, node and head, or those after a head that is known to be right.
  ///
  /// - Parameter progress: told how many entries are done, and of how many.
  /// - Returns: the size and root that were found.
  /// - Throws: `LedgerFault`, the first one.
  func inspect(
    since start: SignedHead?, in database: borrowing some Queryable & ~Copyable,
    progress: (_ done: Int64, _ total: Int64) -> Void
  ) throws -> (size: Int64, root: TreeHash, headCount: Int) {
    let tip = try LedgerTip.read(ledger.keys.tip, in: database)
    var walk = try LedgerWalk(ledger: ledger, since: start, tip: tip, in: database)
    let total = try tip?.peaks.size ?? ledger.size(in: database)
    // Nothing stands before the first entry; below a known head nothing is looked at.
    let first = start?.size ?? .min
    _ = try database.rows(
      """
      SELECT entry, at, kind, principal, subject, facts, leaf, mark FROM ledger_entries
      WHERE entry >= \(first) ORDER BY entry
      """
    ) { row in
      try walk.take(
        row.get(0),
        LedgerLine(
          at: row.get(1), kind: row.get(2), principal: row.get(3), subject: row.get(4), facts: row.get(5)),
        leaf: row.get(6), mark: row.get(7), in: database)
      if walk.peaks.size.isMultiple(of: Self.progressStep) { progress(walk.peaks.size, total) }
    }
    try walk.finish(in: database)
    progress(walk.peaks.size, total)
    return (walk.peaks.size, try walk.peaks.root(walk.hasher), walk.headCount)
  }
}

/// The first thing that is not as it was written.
public enum LedgerFault: Error, Equatable {
  /// The entry of that index is gone: deleted, or cut off with all after it.
  case entryMissing(Int64)
  /// The entry of that index is not the one that was written there.
  case entryChanged(Int64)
  /// The entry of that index was not written by this ledger.
  case entryInserted(Int64)
  /// The stored hash over some entries is gone or wrong; `first` is the first entry under it.
  case nodeChanged(first: Int64)
  /// A hash that stands for no entries of this ledger has been put in.
  case nodeInserted
  /// The head of that size is not one that was signed, or not one of this tree.
  case headChanged(size: Int64)
  /// A head after that size is gone.
  case headMissing(after: Int64)
  /// The ledger's end is not one that was sealed here: what came after the first `entries` entries is not known.
  case tipForged(entries: Int64)
}

/// The tree as far as it has been computed.
private struct LedgerWalk {
  let ledger: Ledger
  let hasher: TreeHasher
  private let tip: LedgerTip?
  private let start: Int64
  private(set) var peaks: Peaks
  private(set) var headCount = 0
  private var lastHeadSize: Int64
  private var nextHead: SignedHead?
  private let name: LedgerName
  private var line: [UInt8] = []

  init(
    ledger: Ledger, since head: SignedHead?, tip: LedgerTip?, in database: borrowing some Queryable & ~Copyable
  ) throws {
    self.ledger = ledger
    self.tip = tip
    hasher = try TreeHasher(ledger.library)
    name = try ledger.name()
    start = head?.size ?? 0
    lastHeadSize = start
    if let head {
      peaks = try TreeReader(hasher: hasher).peaks(size: head.size, in: database)
      guard try peaks.root(hasher) == head.root else { throw LedgerFault.headChanged(size: head.size) }
    } else {
      peaks = Peaks()
    }
    nextHead = try ledger.firstHead(beyond: start, in: database)
  }

  /// Takes the next row.
  mutating func take(
    _ entry: Int64, _ line: LedgerLine, leaf: [UInt8], mark: [UInt8],
    in database: borrowing some Queryable & ~Copyable
  ) throws {
    let expected = peaks.size
    guard entry >= expected else { throw LedgerFault.entryInserted(entry) }
    guard entry == expected else { throw LedgerFault.entryMissing(expected) }
    if let tip, entry >= tip.peaks.size { throw LedgerFault.entryInserted(entry) }
    line.write(into: &self.line)
    let hash = try hasher.leaf(self.line)
    guard TreeHash(leaf) == hash, CryptoLibrary.areEqual(mark, try ledger.mark(entry, hash)) else {
      throw LedgerFault.entryChanged(entry)
    }
    try peaks.append(hash, hasher) { node in try Self.check(node, in: database) }
    if nextHead?.size == peaks.size { try checkHead(in: database) }
  }

  /// Once no rows are left: whether they end where the ledger ends.
  mutating func finish(in database: borrowing some Queryable & ~Copyable) throws {
    if let nextHead {
      // A genuine head knows of more entries than there are.
      guard try nextHead.isSigned(by: ledger.keys.verifying, as: name) else {
        throw LedgerFault.headChanged(size: nextHead.size)
      }
      throw LedgerFault.entryMissing(peaks.size)
    }
    guard let tip else { throw LedgerFault.tipForged(entries: peaks.size) }
    guard peaks.size >= tip.peaks.size else { throw LedgerFault.entryMissing(peaks.size) }
    guard peaks == tip.peaks else { throw LedgerFault.tipForged(entries: peaks.size) }
    guard lastHeadSize == max(tip.headSize, start) else { throw LedgerFault.headMissing(after: lastHeadSize) }
    try checkNodeCount(in: database)
  }

  private static func check(_ node: Peaks.Node, in database: borrowing some Queryable & ~Copyable) throws {
    guard node.level.isMultiple(of: TreeReader.storedLevelStep) else { return }
    let stored: [UInt8]? = try database.value(
      "SELECT hash FROM ledger_nodes WHERE level = \(node.level) AND place = \(node.place)")
    guard stored.flatMap(TreeHash.init) == node.hash else {
      throw LedgerFault.nodeChanged(first: node.place << Int64(node.level))
    }
  }

  private mutating func checkHead(in database: borrowing some Queryable & ~Copyable) throws {
    guard let head = nextHead else { return }
    guard try head.root == peaks.root(hasher), try head.isSigned(by: ledger.keys.verifying, as: name) else {
      throw LedgerFault.headChanged(size: head.size)
    }
    guard head.previousSize == lastHeadSize else {
      throw LedgerFault.headMissing(after: lastHeadSize)
    }
    headCount += 1
    lastHeadSize = head.size
    nextHead = try ledger.firstHead(beyond: head.size, in: database)
  }

  /// All stored nodes that should be there have been looked at, so it is enough to count whether there are others.
  private func checkNodeCount(in database: borrowing some Queryable & ~Copyable) throws {
    let step = Int64(TreeReader.storedLevelStep)
    var expected: Int64 = 0
    var level = step
    while peaks.size >> level > 0 {
      expected += peaks.size >> level
      level += step
    }
    let count: Int64? = try database.value("SELECT count(*) FROM ledger_nodes")
    guard count == expected else { throw LedgerFault.nodeInserted }
  }
}
