import Crypto

/// The roots of the complete subtrees that make up a tree, from the largest to the smallest: one for each bit that is
/// set in its size. They are all that appending needs to know.
struct Peaks: Equatable, Sendable {
  /// A complete subtree's root: the node over 2^`level` entries, the `place`th of its level.
  struct Node: Equatable, Sendable {
    let level: Int
    let place: Int64
    let hash: TreeHash
  }

  /// How many entries the tree has.
  private(set) var size: Int64
  private(set) var hashes: [TreeHash]

  /// The tree without entries.
  init() {
    size = 0
    hashes = []
  }

  /// The peaks of a tree of that size; nil unless there are as many as it must have.
  init?(size: Int64, hashes: [TreeHash]) {
    guard size >= 0, hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Peaks as `bytes` wrote them.
  init?(size: Int64, bytes: [UInt8]) {
    guard bytes.count.isMultiple(of: TreeHash.byteCount) else { return nil }
    let starts = stride(from: 0, to: bytes.count, by: TreeHash.byteCount)
    self.init(size: size, hashes: starts.compactMap { TreeHash(Array(bytes[$0..<($0 + TreeHash.byteCount)])) })
  }

  /// One after the other, 32 bytes each.
  var bytes: [UInt8] { hashes.flatMap(\.bytes) }

  /// Appends a leaf; tells of each inner node that it completes, from the lowest up.
  mutating func append(
    _ leaf: TreeHash, _ hasher: TreeHasher, completing completed: (Node) throws -> Void
  ) throws {
    var hash = leaf
    var level = 0
    // As in counting: a carry for each bit that was set.
    while size >> Int64(level) & 1 == 1 {
      hash = try hasher.node(hashes.removeLast(), hash)
      level += 1
      try completed(Node(level: level, place: size >> Int64(level), hash: hash))
    }
    hashes.append(hash)
    size += 1
  }

  /// The hash of the whole tree.
  func root(_ hasher: TreeHasher) throws(CryptoFailure) -> TreeHash {
    guard var root = hashes.last else { return try hasher.empty() }
    for peak in hashes.dropLast().reversed() { root = try hasher.node(peak, root) }
    return root
  }
}
