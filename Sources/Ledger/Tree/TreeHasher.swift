import Crypto

/// SHA-256 as RFC 9162 (section 2.1.1) uses it: a leaf's hash begins with 0x00 and an inner node's with 0x01, so that
/// neither can be passed off as the other.
///
/// Belongs to one task at a time: it works in a context of its own, which is set up once.
final class TreeHasher {
  private let digester: Digester
  private var node = [UInt8](repeating: 0x01, count: 1 + 2 * TreeHash.byteCount)
  private var output = [UInt8](repeating: 0, count: TreeHash.byteCount)
  private let leafPrefix: [UInt8] = [0x00]

  init(_ library: CryptoLibrary) throws(CryptoFailure) { digester = try Digester(library) }

  /// The hash of the tree without entries: SHA-256 of nothing.
  func empty() throws(CryptoFailure) -> TreeHash { try digest([], []) }

  /// The hash of an entry.
  func leaf(_ entry: [UInt8]) throws(CryptoFailure) -> TreeHash { try digest(leafPrefix, entry) }

  /// The hash of the node above two others.
  func node(_ left: TreeHash, _ right: TreeHash) throws(CryptoFailure) -> TreeHash {
    unsafe node.withUnsafeMutableBytes { buffer in
      unsafe left.store(in: buffer, at: 1)
      unsafe right.store(in: buffer, at: 1 + TreeHash.byteCount)
    }
    return try digest(node, [])
  }

  /// SHA-256 of two byte strings, one after the other.
  private func digest(_ first: [UInt8], _ second: [UInt8]) throws(CryptoFailure) -> TreeHash {
    try digester.digest(first, second, into: &output)
    return unsafe output.withUnsafeBytes { bytes in unsafe TreeHash(loading: bytes) }
  }
}
