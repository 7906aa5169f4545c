import COpenSSL

/// A key for HMAC-SHA-256 (RFC 2104, FIPS 198-1), set up once and used for many messages.
public final class AuthenticationKey: Sendable {
  private let template: LibraryObject

  /// Sets the key up; libcrypto keeps its own copy, which it wipes when the template is freed.
  public init(_ key: borrowing SecretBytes, library: CryptoLibrary) throws(CryptoFailure) {
    // Into a constant first: a noncopyable value whose initialiser may still throw cannot have its fields set.
    let context = try unsafe library.hmac.withPointer { (algorithm) throws(CryptoFailure) in
      try unsafe LibraryObject("HMAC context", EVP_MAC_CTX_new(algorithm)) { unsafe EVP_MAC_CTX_free($0) }
    }
    let isReady = unsafe context.withPointer { context in
      unsafe key.withBytes { key in
        unsafe gapura_hmac_sha256_init(context, key.bindMemory(to: UInt8.self).baseAddress, key.count) == 1
      }
    }
    guard isReady else { throw .drained("HMAC key") }
    template = context
  }

  /// The authenticator of `message`, 32 bytes.
  public func authenticate(_ message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    // Duplicating the template spares the look-up of SHA-256 that setting a key costs, and leaves it unchanged.
    let context = try unsafe template.withPointer { (template) throws(CryptoFailure) in
      try unsafe LibraryObject("HMAC context", EVP_MAC_CTX_dup(template)) { unsafe EVP_MAC_CTX_free($0) }
    }
    var result = [UInt8](repeating: 0, count: CryptoLibrary.digestByteCount)
    var count = 0
    let isDone = unsafe context.withPointer { context in
      unsafe EVP_MAC_update(context, message, message.count) == 1
        && EVP_MAC_final(context, &result, &count, result.count) == 1
    }
    guard isDone, count == result.count else { throw .drained("HMAC") }
    return result
  }
}
