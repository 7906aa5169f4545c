import COpenSSL

/// SHA-256 as RFC 9162 (section 2.1.1) uses it: a leaf's hash begins with 0x00 and an inner node's with 0x01, so that
/// neither can be passed off as the other.
///
/// Belongs to one task at a time: it works in a context of its own, which is set up once.
final class TreeHasher {
  private let library: CryptoLibrary
  private let context: LibraryObject
  private var node = [UInt8](repeating: 0x01, count: 1 + 2 * TreeHash.byteCount)
  private var leafPrefix: [UInt8] = [0x00]

  init(_ library: CryptoLibrary) throws(CryptoFailure) {
    self.library = library
    context = try unsafe LibraryObject("digest context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
  }

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
    let hash = unsafe withUnsafeTemporaryAllocation(byteCount: TreeHash.byteCount, alignment: 8) { output in
      let isDone = unsafe context.withPointer { context in
        unsafe library.sha256.withPointer { algorithm in
          unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1
            && EVP_DigestUpdate(context, first, first.count) == 1
            && EVP_DigestUpdate(context, second, second.count) == 1
            && EVP_DigestFinal_ex(context, output.bindMemory(to: UInt8.self).baseAddress, nil) == 1
        }
      }
      return isDone ? unsafe TreeHash(loading: UnsafeRawBufferPointer(output)) : nil
    }
    guard let hash else { throw .drained("SHA-256") }
    return hash
  }
}
