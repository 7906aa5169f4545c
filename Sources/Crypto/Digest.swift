import COpenSSL

extension CryptoLibrary {
  /// The length of SHA-256 and HMAC-SHA-256 values.
  public static let digestByteCount = 32

  /// SHA-256 (FIPS 180-4) of `message`.
  public func sha256(_ message: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Self.digestByteCount)
    let isDone = unsafe sha256.withPointer { algorithm in
      unsafe EVP_Digest(message, message.count, &digest, nil, algorithm, nil) == 1
    }
    guard isDone else { throw .drained("SHA-256") }
    return digest
  }

  /// Whether two values are the same, in a time that depends on their lengths alone.
  public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
  }
}
