import COpenSSL
import Glibc

/// AES-256-GCM with libcrypto alone, as a C program would do it: one context and one buffer for all messages, the key and
/// a random nonce set for each.
enum BareGCM {
  static func seal(_ count: Int, byteCount: Int, associatedByteCount: Int) {
    run(count, byteCount: byteCount, associatedByteCount: associatedByteCount, isSealing: true)
  }

  static func open(_ count: Int, byteCount: Int, associatedByteCount: Int) {
    run(count, byteCount: byteCount, associatedByteCount: associatedByteCount, isSealing: false)
  }

  private static func run(_ count: Int, byteCount: Int, associatedByteCount: Int, isSealing: Bool) {
    guard let cipher = unsafe EVP_CIPHER_fetch(nil, "AES-256-GCM", nil), let context = unsafe EVP_CIPHER_CTX_new()
    else { return }
    defer {
      unsafe EVP_CIPHER_CTX_free(context)
      unsafe EVP_CIPHER_free(cipher)
    }
    let key = [UInt8](repeating: 7, count: 32)
    let associated = [UInt8](repeating: 1, count: associatedByteCount)
    let input = [UInt8](repeating: 2, count: byteCount)
    var nonce = [UInt8](repeating: 0, count: 12)
    var output = [UInt8](repeating: 0, count: byteCount)
    var tag = [UInt8](repeating: 0, count: 16)
    var written: Int32 = 0
    for _ in 0..<count {
      if isSealing {
        unsafe _ = getentropy(&nonce, 12)
        unsafe _ = EVP_EncryptInit_ex2(context, cipher, key, nonce, nil)
        unsafe _ = EVP_EncryptUpdate(context, nil, &written, associated, Int32(associated.count))
        unsafe _ = EVP_EncryptUpdate(context, &output, &written, input, Int32(input.count))
        unsafe _ = EVP_EncryptFinal_ex(context, &output, &written)
        unsafe _ = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
      } else {
        unsafe _ = EVP_DecryptInit_ex2(context, cipher, key, nonce, nil)
        unsafe _ = EVP_DecryptUpdate(context, nil, &written, associated, Int32(associated.count))
        unsafe _ = EVP_DecryptUpdate(context, &output, &written, input, Int32(input.count))
        unsafe _ = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag)
        // The tag is not the right one; checking it takes as long.
        unsafe _ = EVP_DecryptFinal_ex(context, &output, &written)
      }
    }
  }
}
