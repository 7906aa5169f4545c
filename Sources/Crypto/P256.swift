import COpenSSL

/// NIST's curve P-256 (FIPS 186-4; secp256r1 of SEC 2), which other systems ask for: web push, security keys, JWS ES256.
///
/// One key is for signatures or for agreements, never for both.
public enum P256 {
  /// The length of a private key: a number, big-endian.
  public static let scalarByteCount = 32
  /// The length of a public key: 4 and both coordinates (SEC 1, section 2.3.3, uncompressed).
  public static let pointByteCount = 65
  /// The length of a signature: both its numbers (IEEE P1363, as RFC 7518 section 3.4 has them).
  public static let signatureByteCount = 64

  /// A fresh private key's number.
  public static func freshScalar(_ library: CryptoLibrary) throws(CryptoFailure) -> SecretBytes {
    // One in 2^32 numbers is no key.
    for _ in 1...8 {
      let scalar = try library.randomSecret(byteCount: scalarByteCount)
      if (try? P256PrivateKey(scalar: scalar)) != nil { return scalar }
    }
    throw .refused(operation: "P-256 key", reason: "no number below the group's order was drawn")
  }

  /// The key whose point stands there.
  static func key(at point: [UInt8]) throws(CryptoFailure) -> LibraryObject {
    guard point.count == pointByteCount, point[0] == 4 else { throw .malformed }
    guard let key = unsafe gapura_p256_key(point, nil) else {
      ERR_clear_error()
      throw .malformed
    }
    return try unsafe LibraryObject("P-256 public key", key) { unsafe EVP_PKEY_free($0) }
  }
}

/// A private key of P-256 with its point.
final class P256PrivateKey: Sendable {
  let key: LibraryObject
  let point: [UInt8]

  /// Sets the key up; libcrypto keeps its own copy, which it wipes when the key is freed.
  ///
  /// - Throws: `malformed` unless there are 32 bytes; `refused` for zero and for what is not below the group's order.
  init(scalar: borrowing SecretBytes) throws(CryptoFailure) {
    guard scalar.count == P256.scalarByteCount else { throw .malformed }
    var point = [UInt8](repeating: 0, count: P256.pointByteCount)
    let key = try unsafe scalar.withBytes { (scalar) throws(CryptoFailure) in
      try unsafe LibraryObject(
        "P-256 key", gapura_p256_private_key(scalar.bindMemory(to: UInt8.self).baseAddress, &point)
      ) { unsafe EVP_PKEY_free($0) }
    }
    self.key = key
    self.point = point
  }
}

/// A key that signs with ECDSA on P-256 over SHA-256 (FIPS 186-4). The same message has another signature each time.
public final class P256SigningKey: Sendable {
  private let own: P256PrivateKey

  /// The point by which a signature is checked; not secret.
  public var publicKey: [UInt8] { own.point }

  /// Sets the key up from its number.
  ///
  /// - Throws: `malformed` unless there are 32 bytes; `refused` for zero and for what is not below the group's order.
  public init(scalar: borrowing SecretBytes) throws(CryptoFailure) { own = try P256PrivateKey(scalar: scalar) }

  /// A signature of `message`, 64 bytes.
  public func sign(_ message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    let context = try unsafe LibraryObject("signature context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
    var encoded = [UInt8](repeating: 0, count: P256VerifyingKey.encodedByteCountMax)
    var count = encoded.count
    var signature = [UInt8](repeating: 0, count: P256.signatureByteCount)
    let isSigned = unsafe context.withPointer { context in
      unsafe own.key.withPointer { key in
        unsafe EVP_DigestSignInit_ex(context, nil, "SHA2-256", nil, nil, key, nil) == 1
          && EVP_DigestSign(context, &encoded, &count, message, message.count) == 1
      }
    }
    guard isSigned, unsafe gapura_p256_signature(encoded, count, &signature) == 1 else {
      throw .drained("ECDSA signature")
    }
    return signature
  }
}

/// A public key of ECDSA on P-256 over SHA-256 (FIPS 186-4).
public final class P256VerifyingKey: Sendable {
  /// The longest signature as libcrypto writes it, in DER.
  static let encodedByteCountMax = 72

  /// The key's point, which is not secret.
  public let point: [UInt8]
  private let key: LibraryObject

  /// - Throws: `malformed` for what is no point of the curve.
  public init(_ point: [UInt8]) throws(CryptoFailure) {
    let key = try P256.key(at: point)
    self.point = point
    self.key = key
  }

  /// Whether the key's owner has signed `message`.
  public func isSigned(_ message: [UInt8], by signature: [UInt8]) throws(CryptoFailure) -> Bool {
    guard signature.count == P256.signatureByteCount else { return false }
    var encoded = [UInt8](repeating: 0, count: Self.encodedByteCountMax)
    let count = unsafe Int(gapura_p256_signature_der(signature, &encoded))
    guard count > 0 else { throw .drained("ECDSA signature") }
    let context = try unsafe LibraryObject("signature context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
    let isReady = unsafe context.withPointer { context in
      unsafe key.withPointer { key in
        unsafe EVP_DigestVerifyInit_ex(context, nil, "SHA2-256", nil, nil, key, nil) == 1
      }
    }
    guard isReady else { throw .drained("ECDSA verification") }
    let isSigned = unsafe context.withPointer { context in
      unsafe EVP_DigestVerify(context, encoded, count, message, message.count) == 1
    }
    // A wrong signature leaves an error behind, too.
    if !isSigned { ERR_clear_error() }
    return isSigned
  }
}

/// A key that agrees on a secret with the owner of another one: ECDH on P-256 (NIST SP 800-56A, section 5.7.1.2).
public final class P256AgreementKey: Sendable {
  private let own: P256PrivateKey

  /// The point that the other side needs.
  public var publicKey: [UInt8] { own.point }

  /// Sets the key up from its number.
  ///
  /// - Throws: `malformed` unless there are 32 bytes; `refused` for zero and for what is not below the group's order.
  public init(scalar: borrowing SecretBytes) throws(CryptoFailure) { own = try P256PrivateKey(scalar: scalar) }

  /// The secret that both sides come to, 32 bytes; not a key yet, but what one is derived from.
  ///
  /// - Parameter point: the other side's.
  /// - Throws: `malformed` for what is no point of the curve.
  public func sharedSecret(with point: [UInt8]) throws(CryptoFailure) -> SecretBytes {
    let peer = try P256.key(at: point)
    let context = try unsafe own.key.withPointer { (key) throws(CryptoFailure) in
      try unsafe LibraryObject("key agreement", EVP_PKEY_CTX_new_from_pkey(nil, key, nil)) {
        unsafe EVP_PKEY_CTX_free($0)
      }
    }
    let isReady = unsafe context.withPointer { context in
      unsafe peer.withPointer { peer in
        unsafe EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, peer) == 1
      }
    }
    guard isReady else { throw .drained("key agreement") }
    return try unsafe SecretBytes.filled(count: P256.scalarByteCount) { (output) throws(CryptoFailure) in
      let bytes = unsafe output.bindMemory(to: UInt8.self)
      var count = P256.scalarByteCount
      let isDone = unsafe context.withPointer { context in
        unsafe EVP_PKEY_derive(context, bytes.baseAddress, &count) == 1
      }
      guard isDone, count == P256.scalarByteCount else { throw .drained("key agreement") }
    }
  }
}
