/// The key of one file that is sealed in chunks, and what the chunks are bound to. It seals and opens, and does not hand the
/// key out.
///
/// The nonces count the chunks, so no two files may share a key.
public final class ChunkKey: Sendable {
  let associated: AssociatedData
  private let key: SecretBytes

  /// Takes a key of 32 bytes over.
  public init(_ key: consuming SecretBytes, binding associated: AssociatedData) {
    precondition(key.count == CryptoLibrary.keyByteCount, "AES-256 takes a key of 32 bytes")
    self.key = key
    self.associated = associated
  }

  /// Lends the key's bytes to the cipher.
  func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe key.withBytes(body)
  }
}
