import Crypto

/// The key from which come those that outlive a change of the root key: blind indexes, the ledger, tokens.
struct OfficeKey: ~Copyable, Sendable {
  private let bytes: SecretBytes

  init(_ bytes: consuming SecretBytes) {
    precondition(bytes.count == CryptoLibrary.keyByteCount, "an office key has 32 bytes")
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

  /// The key as it is kept: wrapped under the root key.
  func wrapped(under wrappingKey: borrowing SecretBytes, library: CryptoLibrary) throws(CryptoFailure) -> [UInt8] {
    try library.seal(bytes, under: wrappingKey, binding: .officeKey)
  }
}

extension AssociatedData {
  /// What a wrapped office key belongs to.
  static var officeKey: Self { Self("gapura/v1/office-key") }
}
