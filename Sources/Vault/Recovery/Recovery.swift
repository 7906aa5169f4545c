import Core
import Crypto

/// Makes recovery shares of a root key, and the root key of recovery shares.
struct Recovery: Sendable {
  let library: CryptoLibrary

  /// Shares of the key, any `threshold` of which restore it.
  ///
  /// - Throws: `Problem` `vault.share-numbers`.
  func shares(of root: borrowing RootKey, threshold: Int, count: Int) throws -> [RecoveryShare] {
    guard threshold >= 2, threshold <= count, count <= SecretSharing.countMax else {
      throw Problem(.invalid, "vault.share-numbers", ["limit": String(SecretSharing.countMax)])
    }
    let check = try check(of: root)
    let secret = unsafe root.withBytes { bytes in
      unsafe SecretBytes.filled(count: bytes.count + check.count) { buffer in
        unsafe buffer.copyMemory(from: bytes)
        for (place, byte) in check.enumerated() { unsafe buffer[bytes.count + place] = byte }
      }
    }
    let set = try library.randomSalt(byteCount: RecoveryShare.setByteCount)
    return try SecretSharing(library: library).split(secret, threshold: threshold, count: count)
      .map { RecoveryShare(set: set, threshold: threshold, point: $0) }
  }

  /// The key whose shares these are; as many as their threshold says.
  ///
  /// - Throws: `Problem` `vault.shares-wrong` when they do not give a key that was shared out.
  func rootKey(from shares: [RecoveryShare]) throws -> RootKey {
    let secret = SecretSharing(library: library).combine(shares.map(\.point))
    let count = CryptoLibrary.keyByteCount
    let root = unsafe secret.withBytes { bytes in
      unsafe RootKey(
        SecretBytes.filled(count: count) { buffer in
          unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        })
    }
    let found = unsafe secret.withBytes { bytes in unsafe Array(bytes[count...]) }
    guard CryptoLibrary.areEqual(found, try check(of: root)) else { throw Problem(.invalid, "vault.shares-wrong") }
    return root
  }

  /// A few bytes of the key's name: too few to tell anything of the key, and enough to find a mistake.
  private func check(of root: borrowing RootKey) throws -> [UInt8] {
    Array(try root.name(library: library).prefix(RecoveryShare.checkByteCount))
  }
}
