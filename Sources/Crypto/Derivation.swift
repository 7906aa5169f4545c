import COpenSSL

extension CryptoLibrary {
  /// HKDF-SHA-256 (RFC 5869), extract and expand: `byteCount` bytes from `secret`, distinct for each `info`.
  public func derive(
    from secret: borrowing SecretBytes, salt: [UInt8] = [], info: [UInt8], byteCount: Int = keyByteCount
  ) throws(CryptoFailure) -> SecretBytes {
    let context = try unsafe hkdf.withPointer { (algorithm) throws(CryptoFailure) in
      try unsafe LibraryObject("HKDF context", EVP_KDF_CTX_new(algorithm)) { unsafe EVP_KDF_CTX_free($0) }
    }
    return try unsafe secret.withBytes { (secret) throws(CryptoFailure) in
      try unsafe SecretBytes.filled(count: byteCount) { (output) throws(CryptoFailure) in
        let bytes = unsafe output.bindMemory(to: UInt8.self)
        let isDone = unsafe context.withPointer { context in
          unsafe gapura_hkdf_sha256(
            context, secret.baseAddress, secret.count, salt, salt.count, info, info.count, bytes.baseAddress,
            bytes.count) == 1
        }
        guard isDone else { throw .drained("HKDF") }
      }
    }
  }
}
