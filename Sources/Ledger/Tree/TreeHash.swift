import Crypto

/// A hash of the tree: 32 bytes that need no memory of their own, since going over a ledger makes millions of them.
struct TreeHash: Hashable, Sendable {
  static let byteCount = 32

  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// The hash with these bytes; nil unless there are 32.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self = unsafe bytes.withUnsafeBytes { bytes in unsafe TreeHash(loading: bytes) }
  }

  /// The hash in the first 32 bytes of `bytes`.
  init(loading bytes: UnsafeRawBufferPointer) {
    words = unsafe (
      bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    )
  }

  var bytes: [UInt8] {
    unsafe withUnsafeBytes(of: words) { unsafe Array($0) }
  }

  /// Writes the hash into `buffer` from `offset` on.
  func store(in buffer: UnsafeMutableRawBufferPointer, at offset: Int) {
    unsafe buffer.storeBytes(of: words.0, toByteOffset: offset, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.1, toByteOffset: offset + 8, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.2, toByteOffset: offset + 16, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.3, toByteOffset: offset + 24, as: UInt64.self)
  }

  static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
