import COpenSSL

/// A key that signs with Ed25519 (RFC 8032). The same message always has the same signature.
public final class SigningKey: Sendable {
  /// The length of the seed from which a key is made.
  public static let seedByteCount = 32

  private let key: LibraryObject
  /// The 32 bytes by which a signature is checked; not secret.
  public let publicKey: [UInt8]

  /// Sets the key up from its 32-byte seed; libcrypto keeps its own copy, which it wipes when the key is freed.
  public init(seed: borrowing SecretBytes) throws(CryptoFailure) {
    let key = try unsafe seed.withBytes { (seed) throws(CryptoFailure) in
      try unsafe LibraryObject(
        "Ed25519 key",
        EVP_PKEY_new_raw_private_key_ex(
          nil, "ED25519", nil, seed.bindMemory(to: UInt8.self).baseAddress, seed.count)
      ) { unsafe EVP_PKEY_free($0) }
    }
    var publicKey = [UInt8](repeating: 0, count: VerifyingKey.byteCount)
    var count = publicKey.count
    let isRead = unsafe key.withPointer { unsafe EVP_PKEY_get_raw_public_key($0, &publicKey, &count) == 1 }
    guard isRead, count == publicKey.count else { throw .drained("Ed25519 public key") }
    self.key = key
    self.publicKey = publicKey
  }

  /// The signature of `message`, 64 bytes.
  public func sign(_ message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    let context = try unsafe LibraryObject("signature context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
    var signature = [UInt8](repeating: 0, count: VerifyingKey.signatureByteCount)
    var count = signature.count
    // Ed25519 hashes by itself, so no digest is named (EVP_SIGNATURE-ED25519(7)).
    let isSigned = unsafe context.withPointer { context in
      unsafe key.withPointer { key in
        unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1
          && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
      }
    }
    guard isSigned, count == signature.count else { throw .drained("Ed25519 signature") }
    return signature
  }
}

/// A public key of Ed25519 (RFC 8032).
public final class VerifyingKey: Sendable {
  /// The length of a public key.
  public static let byteCount = 32
  /// The length of a signature.
  public static let signatureByteCount = 64

  /// The key's bytes, which are not secret.
  public let bytes: [UInt8]
  private let key: LibraryObject

  /// - Throws: `malformed` unless there are 32 bytes.
  public init(_ bytes: [UInt8]) throws(CryptoFailure) {
    guard bytes.count == Self.byteCount else { throw .malformed }
    self.bytes = bytes
    key = try unsafe LibraryObject(
      "Ed25519 public key", EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count)
    ) { unsafe EVP_PKEY_free($0) }
  }

  /// Whether the key's owner has signed `message`.
  public func isSigned(_ message: [UInt8], by signature: [UInt8]) throws(CryptoFailure) -> Bool {
    guard signature.count == Self.signatureByteCount else { return false }
    let context = try unsafe LibraryObject("signature context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
    let isReady = unsafe context.withPointer { context in
      unsafe key.withPointer { key in unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 }
    }
    guard isReady else { throw .drained("Ed25519 verification") }
    let isSigned = unsafe context.withPointer { context in
      unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
    // A wrong signature leaves an error behind, too.
    if !isSigned { ERR_clear_error() }
    return isSigned
  }
}
