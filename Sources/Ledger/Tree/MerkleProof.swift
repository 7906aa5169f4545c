import Crypto

/// Checks proofs as RFC 9162 lays down. Pure: only hashes go in.
enum MerkleProof {
  /// The longest path there can be: a tree has fewer than 2^63 entries.
  static let hashCountMax = 63

  /// The root to which an inclusion proof leads (section 2.1.3.2); nil when a path of that length cannot be one.
  ///
  /// The proof holds when this is the root of a signed head.
  static func root(
    of leaf: TreeHash, at entry: Int64, size: Int64, path: [TreeHash], _ hasher: TreeHasher
  ) throws(CryptoFailure) -> TreeHash? {
    guard entry >= 0, entry < size else { return nil }
    var (first, last) = (entry, size - 1)
    var root = leaf
    for hash in path {
      guard last != 0 else { return nil }
      if first & 1 == 1 || first == last {
        root = try hasher.node(hash, root)
        skipLonely(&first, &last)
      } else {
        root = try hasher.node(root, hash)
      }
      (first, last) = (first >> 1, last >> 1)
    }
    return last == 0 ? root : nil
  }

  /// Whether a consistency proof (section 2.1.4.2) shows that the tree of `oldSize` entries with the root `old` is the
  /// beginning of the tree of `size` entries with the root `root`.
  static func isConsistent(
    _ old: TreeHash, oldSize: Int64, with root: TreeHash, size: Int64, path: [TreeHash], _ hasher: TreeHasher
  ) throws(CryptoFailure) -> Bool {
    guard oldSize >= 0, oldSize <= size else { return false }
    // Nothing is the beginning of everything, and each tree of itself; neither needs a path.
    if oldSize == 0 {
      let empty = try hasher.empty()
      return path.isEmpty && old == empty && (size > 0 || root == old)
    }
    if oldSize == size { return path.isEmpty && old == root }
    // A complete subtree of the old size is its own first hash.
    var path = oldSize.nonzeroBitCount == 1 ? [old] + path : path
    guard !path.isEmpty else { return false }
    var (first, last) = (oldSize - 1, size - 1)
    while first & 1 == 1 { (first, last) = (first >> 1, last >> 1) }
    var oldRoot = path.removeFirst()
    var newRoot = oldRoot
    for hash in path {
      guard last != 0 else { return false }
      if first & 1 == 1 || first == last {
        oldRoot = try hasher.node(hash, oldRoot)
        newRoot = try hasher.node(hash, newRoot)
        skipLonely(&first, &last)
      } else {
        newRoot = try hasher.node(newRoot, hash)
      }
      (first, last) = (first >> 1, last >> 1)
    }
    return last == 0 && oldRoot == old && newRoot == root
  }

  /// A node without a right neighbour stands for itself on the levels above, up to where it becomes a right one.
  private static func skipLonely(_ first: inout Int64, _ last: inout Int64) {
    while first & 1 == 0 && first != 0 { (first, last) = (first >> 1, last >> 1) }
  }
}
