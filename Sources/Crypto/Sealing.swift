import COpenSSL
import Glibc

extension CryptoLibrary {
  /// Seals `plaintext` with AES-256-GCM (NIST SP 800-38D) under `key`, bound to `associated`.
  ///
  /// The nonce is drawn here, so no caller can repeat one. With random nonces a key may seal 2^32
  /// messages (section 8.3); the Vault's `KeyDerivation.swift` says for each key why that is far away.
  public func seal(
    _ plaintext: borrowing SecretBytes, under key: borrowing SecretBytes, binding associated: AssociatedData
  ) throws(CryptoFailure) -> [UInt8] {
    precondition(key.count == Self.keyByteCount, "AES-256 takes a key of 32 bytes")
    precondition(plaintext.count <= Envelope.plaintextByteCountMax, "seal long plaintexts in chunks")
    let parts = Envelope.Parts(plaintextByteCount: plaintext.count)
    let context = try newContext()
    var envelope = [UInt8](repeating: 0, count: parts.tag.upperBound)
    envelope[0] = Envelope.version
    let isSealed = unsafe envelope.withUnsafeMutableBufferPointer { output in
      unsafe plaintext.withBytes { input in
        unsafe key.withBytes { key in
          unsafe context.withPointer { context in
            unsafe encrypt(input, context, key: key, associated: associated.bytes, parts: parts, into: output)
          }
        }
      }
    }
    guard isSealed else { throw .drained("seal") }
    return envelope
  }

  /// Opens what `seal` made. Nothing of the plaintext is returned unless all of it authenticates.
  ///
  /// - Throws: `malformed` for bytes that are no envelope, `notAuthentic` for another key, other
  ///   associated data or changed bytes.
  public func open(
    _ envelope: [UInt8], under key: borrowing SecretBytes, binding associated: AssociatedData
  ) throws(CryptoFailure) -> SecretBytes {
    try open(envelope, under: key, bindingBytes: associated.bytes)
  }

  /// `open` for associated data given as bytes, as published vectors have it.
  func open(
    _ envelope: [UInt8], under key: borrowing SecretBytes, bindingBytes associated: [UInt8]
  ) throws(CryptoFailure) -> SecretBytes {
    precondition(key.count == Self.keyByteCount, "AES-256 takes a key of 32 bytes")
    let parts = try Envelope.parts(of: envelope)
    let context = try newContext()
    return try unsafe key.withBytes { (key) throws(CryptoFailure) in
      // What was decrypted before a wrong tag is found is wiped with the secret that is not returned.
      try unsafe SecretBytes.filled(count: parts.ciphertext.count) { (output) throws(CryptoFailure) in
        let isOpened = unsafe context.withPointer { context in
          unsafe decrypt(envelope, context, key: key, associated: associated, parts: parts, into: output)
        }
        guard isOpened else {
          ERR_clear_error()
          throw .notAuthentic
        }
      }
    }
  }

  private func newContext() throws(CryptoFailure) -> LibraryObject {
    try unsafe LibraryObject("cipher context", EVP_CIPHER_CTX_new()) { unsafe EVP_CIPHER_CTX_free($0) }
  }

  private func encrypt(
    _ plaintext: UnsafeRawBufferPointer, _ context: OpaquePointer, key: UnsafeRawBufferPointer, associated: [UInt8],
    parts: Envelope.Parts, into envelope: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    guard let start = envelope.baseAddress else { return false }
    let nonce = unsafe start + parts.nonce.lowerBound
    var written: Int32 = 0
    // From the kernel: a third of what libcrypto's generator takes for so few bytes, and without a state in this
    // process that a snapshot of the machine could play twice. It gives all or nothing (getentropy(3)).
    guard unsafe getentropy(nonce, Envelope.nonceByteCount) == 0 else { return false }
    let isKeyed = unsafe aes256GCM.withPointer { cipher in
      unsafe EVP_EncryptInit_ex2(context, cipher, key.bindMemory(to: UInt8.self).baseAddress, nonce, nil) == 1
    }
    guard isKeyed,
      unsafe EVP_EncryptUpdate(context, nil, &written, associated, Int32(associated.count)) == 1,
      unsafe plaintext.isEmpty
        || EVP_EncryptUpdate(
          context, start + parts.ciphertext.lowerBound, &written, plaintext.bindMemory(to: UInt8.self).baseAddress,
          Int32(plaintext.count)) == 1,
      unsafe EVP_EncryptFinal_ex(context, start + parts.tag.lowerBound, &written) == 1
    else { return false }
    return unsafe EVP_CIPHER_CTX_ctrl(
      context, EVP_CTRL_AEAD_GET_TAG, Int32(Envelope.tagByteCount), start + parts.tag.lowerBound) == 1
  }

  private func decrypt(
    _ envelope: [UInt8], _ context: OpaquePointer, key: UnsafeRawBufferPointer, associated: [UInt8],
    parts: Envelope.Parts, into plaintext: UnsafeMutableRawBufferPointer
  ) -> Bool {
    // The tag is handed over as mutable because the same call also reads tags; it is not written to.
    var tag = Array(envelope[parts.tag])
    return unsafe envelope.withUnsafeBufferPointer { envelope in
      guard let start = envelope.baseAddress else { return false }
      var written: Int32 = 0
      let output = unsafe plaintext.bindMemory(to: UInt8.self).baseAddress
      let isKeyed = unsafe aes256GCM.withPointer { cipher in
        unsafe EVP_DecryptInit_ex2(
          context, cipher, key.bindMemory(to: UInt8.self).baseAddress, start + parts.nonce.lowerBound, nil) == 1
      }
      guard isKeyed,
        unsafe associated.isEmpty
          || EVP_DecryptUpdate(context, nil, &written, associated, Int32(associated.count)) == 1,
        unsafe parts.ciphertext.isEmpty
          || EVP_DecryptUpdate(
            context, output, &written, start + parts.ciphertext.lowerBound, Int32(parts.ciphertext.count)) == 1,
        unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
      else { return false }
      var rest = [UInt8](repeating: 0, count: Envelope.tagByteCount)
      return unsafe EVP_DecryptFinal_ex(context, &rest, &written) == 1
    }
  }
}
