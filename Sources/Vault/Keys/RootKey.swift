import Crypto

/// The key that wraps all others: 32 random bytes that stand outside the database.
struct RootKey: ~Copyable, Sendable {
  private let bytes: SecretBytes

  init(_ bytes: consuming SecretBytes) {
    precondition(bytes.count == CryptoLibrary.keyByteCount, "a root key has 32 bytes")
    self.bytes = bytes
  }

  /// The key for one purpose.
  func key(for label: RootLabel, library: CryptoLibrary) throws(CryptoFailure) -> SecretBytes {
    try library.derive(from: bytes, info: label.info)
  }

  /// What the key is called in the key ring; tells nothing of it.
  func name(library: CryptoLibrary) throws(CryptoFailure) -> [UInt8] {
    let name = try library.derive(from: bytes, info: RootLabel.name.info, byteCount: 16)
    return unsafe name.withBytes { bytes in unsafe Array(bytes) }
  }

  /// Lends the bytes to `body`, to be written or shared out; the pointer must not leave it.
  func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe bytes.withBytes(body)
  }
}
