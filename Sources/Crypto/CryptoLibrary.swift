import COpenSSL

/// The algorithms of libcrypto that Gapura uses.
///
/// OpenSSL 3 looks an algorithm up by name at each use unless it was fetched before, which costs more
/// than sealing a record does (openssl crypto(7), "Performance"); so they are fetched once, here.
public final class CryptoLibrary: Sendable {
  let aes256GCM: LibraryObject
  let hmac: LibraryObject
  let hkdf: LibraryObject
  let sha256: LibraryObject

  /// Fetches the algorithms. Throws when libcrypto lacks one, as with a broken or restricted configuration.
  public init() throws(CryptoFailure) {
    aes256GCM = try unsafe LibraryObject("fetch AES-256-GCM", EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)) {
      unsafe EVP_CIPHER_free($0)
    }
    hmac = try unsafe LibraryObject("fetch HMAC", EVP_MAC_fetch(nil, "HMAC", nil)) { unsafe EVP_MAC_free($0) }
    hkdf = try unsafe LibraryObject("fetch HKDF", EVP_KDF_fetch(nil, "HKDF", nil)) { unsafe EVP_KDF_free($0) }
    sha256 = try unsafe LibraryObject("fetch SHA-256", EVP_MD_fetch(nil, "SHA2-256", nil)) { unsafe EVP_MD_free($0) }
  }

  /// A fresh key from libcrypto's private random generator.
  ///
  /// Keys, nonces and salts do not come from a random source that is handed in: with a seeded one they would
  /// repeat, and a repeated nonce gives AES-GCM's authentication key away.
  public func randomKey() throws(CryptoFailure) -> SecretBytes { try randomSecret(byteCount: Self.keyByteCount) }

  /// Fresh secret bytes from the same generator.
  public func randomSecret(byteCount: Int) throws(CryptoFailure) -> SecretBytes {
    try unsafe SecretBytes.filled(count: byteCount) { (buffer) throws(CryptoFailure) in
      let bytes = unsafe buffer.assumingMemoryBound(to: UInt8.self)
      guard unsafe RAND_priv_bytes(bytes.baseAddress, Int32(bytes.count)) == 1 else { throw .drained("random key") }
    }
  }

  /// Random bytes that are no secret: salts.
  public func randomSalt(byteCount: Int) throws(CryptoFailure) -> [UInt8] {
    var salt = [UInt8](repeating: 0, count: byteCount)
    guard unsafe RAND_bytes(&salt, Int32(byteCount)) == 1 else { throw .drained("random salt") }
    return salt
  }

  /// The length of every symmetric key here: 256 bits.
  public static let keyByteCount = 32
}
