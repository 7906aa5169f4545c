import Crypto
import Store

/// Reads the tree's hashes from the tables and makes proofs of them, with a number of reads that grows as the
/// logarithm of the tree.
///
/// Leaves' hashes stand with the entries. Of the inner nodes only every fourth level is stored, which costs an
/// append a fifteenth of a row; a node in between is folded from at most eight below it.
struct TreeReader {
  /// Levels from one stored one to the next.
  static let storedLevelStep = 4

  let hasher: TreeHasher

  /// The hash over the entries of `range`, which must be a subtree of an RFC 9162 tree, such as the whole tree, or one
  /// that begins at a multiple of a power of two not smaller than its length.
  ///
  /// - Throws: `Problem` `vault.ledger-damaged` when a hash is not there.
  func root(of range: Range<Int64>, in database: borrowing some Queryable & ~Copyable) throws -> TreeHash {
    let count = range.upperBound - range.lowerBound
    if count == 0 { return try hasher.empty() }
    if count.nonzeroBitCount == 1, range.lowerBound % count == 0 {
      let level = count.trailingZeroBitCount
      return try node(level: level, place: range.lowerBound >> Int64(level), in: database)
    }
    let middle = Self.middle(of: range)
    return try hasher.node(
      root(of: range.lowerBound..<middle, in: database), root(of: middle..<range.upperBound, in: database))
  }

  /// The path from an entry up to the root over `range` (section 2.1.3.1).
  func path(
    of entry: Int64, in range: Range<Int64>, _ database: borrowing some Queryable & ~Copyable
  ) throws -> [TreeHash] {
    var path: [TreeHash] = []
    var range = range
    while range.count > 1 {
      let middle = Self.middle(of: range)
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      path.append(try root(of: entry < middle ? right : left, in: database))
      range = entry < middle ? left : right
    }
    return path.reversed()
  }

  /// Proves that the tree of `oldSize` entries is the beginning of the one of `size` (section 2.1.4.1).
  func consistencyPath(
    from oldSize: Int64, to size: Int64, in database: borrowing some Queryable & ~Copyable
  ) throws -> [TreeHash] {
    guard oldSize > 0, oldSize < size else { return [] }
    var path: [TreeHash] = []
    var range = 0..<size
    // Goes down to the subtree that ends where the old tree ends; its hash is left out where the checker has it.
    while range.upperBound != oldSize {
      let middle = Self.middle(of: range)
      let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
      path.append(try root(of: oldSize <= middle ? right : left, in: database))
      range = oldSize <= middle ? left : right
    }
    if range.lowerBound != 0 { path.append(try root(of: range, in: database)) }
    return path.reversed()
  }

  /// The peaks of the tree of the first `size` entries.
  func peaks(size: Int64, in database: borrowing some Queryable & ~Copyable) throws -> Peaks {
    var hashes: [TreeHash] = []
    var start: Int64 = 0
    for level in stride(from: Int64.bitWidth - 2, through: 0, by: -1) where size >> Int64(level) & 1 == 1 {
      hashes.append(try node(level: level, place: start >> Int64(level), in: database))
      start += 1 << Int64(level)
    }
    guard let peaks = Peaks(size: size, hashes: hashes) else { throw LedgerDamage.problem }
    return peaks
  }

  /// Where RFC 9162 divides a list: after the largest power of two of entries that is smaller than all of them.
  static func middle(of range: Range<Int64>) -> Int64 {
    let last = range.upperBound - range.lowerBound - 1
    return range.lowerBound + 1 << Int64(Int64.bitWidth - 1 - last.leadingZeroBitCount)
  }

  private func node(
    level: Int, place: Int64, in database: borrowing some Queryable & ~Copyable
  ) throws -> TreeHash {
    let above = level % Self.storedLevelStep
    var hashes = try stored(level: level - above, from: place << Int64(above), count: 1 << above, in: database)
    guard hashes.count == 1 << above else { throw LedgerDamage.problem }
    while hashes.count > 1 {
      hashes = try stride(from: 0, to: hashes.count, by: 2).map { try hasher.node(hashes[$0], hashes[$0 + 1]) }
    }
    return hashes[0]
  }

  private func stored(
    level: Int, from place: Int64, count: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [TreeHash] {
    let end = place + Int64(count)
    let rows: [[UInt8]]
    if level == 0 {
      rows = try database.rows(
        "SELECT leaf FROM ledger_entries WHERE entry >= \(place) AND entry < \(end) ORDER BY entry"
      ) { row in try row.get(0) }
    } else {
      rows = try database.rows(
        """
        SELECT hash FROM ledger_nodes WHERE level = \(level) AND place >= \(place) AND place < \(end)
        ORDER BY place
        """
      ) { row in try row.get(0) }
    }
    return rows.compactMap(TreeHash.init)
  }
}
