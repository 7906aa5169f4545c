import COpenSSL

extension CryptoLibrary {
  /// HKDF-SHA-256 (RFC 5869), extract and expand: `byteCount` bytes from `secret`, distinct for each `info`.
  func derive(
    from secret: borrowing SecretBytes, salt: [UInt8] = [], info: [UInt8], byteCount: Int = keyByteCount
  ) throws(CryptoFailure) -> SecretBytes {
    let context = try unsafe hkdf.withPointer { (algorithm) throws(CryptoFailure) in
      try unsafe LibraryObject("HKDF context", EVP_KDF_CTX_new(algorithm)) { unsafe EVP_KDF_CTX_free($0) }
    }
    return try unsafe secret.withBytes { (secret) throws(CryptoFailure) in
      try unsafe SecretBytes.filled(count: byteCount) { (output) throws(CryptoFailure) in
        let isDone = unsafe context.withPointer { context in
          unsafe Self.run(context, secret: secret, salt: salt, info: info, into: output)
        }
        guard isDone else { throw .drained("HKDF") }
      }
    }
  }

  private static func run(
    _ context: OpaquePointer, secret: UnsafeRawBufferPointer, salt: [UInt8], info: [UInt8],
    into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var digest = Array("SHA2-256".utf8CString)
    var (salt, info) = (salt, info)
    return unsafe digest.withUnsafeMutableBufferPointer { digest in
      unsafe salt.withUnsafeMutableBytes { salt in
        unsafe info.withUnsafeMutableBytes { info in
          var parameters = unsafe [
            OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.baseAddress, 0),
            // The library reads the key and takes it as mutable only because the parameter type serves both ways.
            OSSL_PARAM_construct_octet_string(
              OSSL_KDF_PARAM_KEY, UnsafeMutableRawPointer(mutating: secret.baseAddress), secret.count),
            OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.baseAddress, info.count),
          ]
          // Without a salt HKDF takes zeros (RFC 5869 section 2.2), which is what the library does when none is set.
          if unsafe !salt.isEmpty {
            unsafe parameters.append(
              OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.baseAddress, salt.count))
          }
          unsafe parameters.append(OSSL_PARAM_construct_end())
          let bytes = unsafe output.bindMemory(to: UInt8.self)
          return unsafe EVP_KDF_derive(context, bytes.baseAddress, bytes.count, parameters) == 1
        }
      }
    }
  }
}
