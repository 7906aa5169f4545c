import COpenSSL

/// The hash function inside an HMAC.
public enum HMACHash: Sendable {
  /// SHA-256 (FIPS 180-4), for every key but those of one-time codes.
  case sha256
  /// SHA-1, for one-time codes alone (RFC 6238), whose programs know no other; in an HMAC its collisions do no harm.
  case sha1

  /// The length of an authenticator.
  public var byteCount: Int {
    switch self {
    case .sha256: 32
    case .sha1: 20
    }
  }
}

/// A key for HMAC (RFC 2104, FIPS 198-1), set up once and used for many messages.
public final class AuthenticationKey: Sendable {
  private let template: LibraryObject
  private let hash: HMACHash

  /// Sets the key up; libcrypto keeps its own copy, which it wipes when the template is freed.
  public init(
    _ key: borrowing SecretBytes, hash: HMACHash = .sha256, library: CryptoLibrary
  ) throws(CryptoFailure) {
    // Into a constant first: a noncopyable value whose initialiser may still throw cannot have its fields set.
    let context = try unsafe library.hmac.withPointer { (algorithm) throws(CryptoFailure) in
      try unsafe LibraryObject("HMAC context", EVP_MAC_CTX_new(algorithm)) { unsafe EVP_MAC_CTX_free($0) }
    }
    let isReady = unsafe context.withPointer { context in
      unsafe key.withBytes { key in unsafe Self.begin(context, key, hash) }
    }
    guard isReady else { throw .drained("HMAC key") }
    template = context
    self.hash = hash
  }

  private static func begin(_ context: OpaquePointer, _ key: UnsafeRawBufferPointer, _ hash: HMACHash) -> Bool {
    let start = unsafe key.bindMemory(to: UInt8.self).baseAddress
    switch hash {
    case .sha256: return unsafe gapura_hmac_sha256_init(context, start, key.count) == 1
    case .sha1: return unsafe gapura_hmac_sha1_init(context, start, key.count) == 1
    }
  }

  /// Sets up a key that is written as text, as a browser's cookie is: the server keeps none of it.
  public convenience init(text: String, library: CryptoLibrary) throws(CryptoFailure) {
    let bytes = Array(text.utf8)
    let key = unsafe SecretBytes.filled(count: bytes.count) { buffer in unsafe buffer.copyBytes(from: bytes) }
    try self.init(key, library: library)
  }

  /// The authenticator of `message`: 32 bytes, or 20 with SHA-1.
  public func authenticate(_ message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    // Duplicating the template spares the look-up of the hash that setting a key costs, and leaves it unchanged.
    let context = try unsafe template.withPointer { (template) throws(CryptoFailure) in
      try unsafe LibraryObject("HMAC context", EVP_MAC_CTX_dup(template)) { unsafe EVP_MAC_CTX_free($0) }
    }
    var result = [UInt8](repeating: 0, count: hash.byteCount)
    var count = 0
    let isDone = unsafe context.withPointer { context in
      unsafe EVP_MAC_update(context, message, message.count) == 1
        && EVP_MAC_final(context, &result, &count, result.count) == 1
    }
    guard isDone, count == result.count else { throw .drained("HMAC") }
    return result
  }
}
