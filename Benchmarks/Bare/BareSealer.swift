internal import CBareCrypto

/// AES-256-GCM by libcrypto without anything around it: what our Vault is measured against.
@safe
public final class BareSealer {
  private static let nonceByteCount = 12
  private static let tagByteCount = 16

  private let context: OpaquePointer?
  private let cipher: OpaquePointer?
  private let key: [UInt8]

  /// - Parameter key: 32 bytes.
  public init(key: [UInt8]) {
    precondition(key.count == 32, "AES-256 takes 32 bytes")
    self.key = key
    unsafe context = EVP_CIPHER_CTX_new()
    unsafe cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(context)
    unsafe EVP_CIPHER_free(cipher)
  }

  /// Nonce, ciphertext and tag of a plaintext, bound to its associated data.
  public func seal(_ plaintext: [UInt8], associated: [UInt8]) -> [UInt8] {
    var sealed = [UInt8](repeating: 0, count: Self.nonceByteCount + plaintext.count + Self.tagByteCount)
    unsafe sealed.withUnsafeMutableBufferPointer { sealed in
      guard let start = sealed.baseAddress else { return }
      let body = unsafe start + Self.nonceByteCount
      var count: Int32 = 0
      unsafe RAND_bytes(start, Int32(Self.nonceByteCount))
      unsafe EVP_EncryptInit_ex2(context, cipher, key, start, nil)
      unsafe EVP_EncryptUpdate(context, nil, &count, associated, Int32(associated.count))
      unsafe EVP_EncryptUpdate(context, body, &count, plaintext, Int32(plaintext.count))
      var rest: Int32 = 0
      unsafe EVP_EncryptFinal_ex(context, body + Int(count), &rest)
      unsafe EVP_CIPHER_CTX_ctrl(
        context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), body + plaintext.count)
    }
    return sealed
  }
}
