/// The key from which all others come: 32 random bytes that stand outside the database.
struct RootKey: ~Copyable, Sendable {
  private let bytes: SecretBytes

  init(_ bytes: consuming SecretBytes) {
    precondition(bytes.count == CryptoLibrary.keyByteCount, "a root key has 32 bytes")
    self.bytes = bytes
  }

  /// The key for one purpose.
  func key(for label: KeyLabel, library: CryptoLibrary) throws(CryptoFailure) -> SecretBytes {
    try library.derive(from: bytes, info: label.info)
  }

  /// The key for one purpose of message authentication.
  func authenticationKey(for label: KeyLabel, library: CryptoLibrary) throws(CryptoFailure) -> AuthenticationKey {
    try AuthenticationKey(key(for: label, library: library), library: library)
  }
}
