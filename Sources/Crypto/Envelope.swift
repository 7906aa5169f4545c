/// The form of every ciphertext: version (1 byte), nonce (12), ciphertext, tag (16).
///
/// There is one version. A byte string that says another was not written by this program.
enum Envelope {
  static let version: UInt8 = 1
  /// 96 bits, the only nonce length for which AES-GCM uses the nonce as it is (NIST SP 800-38D section 8.2.1).
  static let nonceByteCount = 12
  static let tagByteCount = 16
  /// What an envelope is longer than its plaintext.
  static let overheadByteCount = 1 + nonceByteCount + tagByteCount
  /// The longest plaintext sealed at once: libcrypto counts bytes in a C `int`, and what is longer belongs in chunks.
  static let plaintextByteCountMax = 1 << 20

  /// Where the parts lie in an envelope of `count` bytes.
  struct Parts {
    let nonce: Range<Int>
    let ciphertext: Range<Int>
    let tag: Range<Int>

    init(plaintextByteCount: Int) {
      nonce = 1..<(1 + nonceByteCount)
      ciphertext = nonce.upperBound..<(nonce.upperBound + plaintextByteCount)
      tag = ciphertext.upperBound..<(ciphertext.upperBound + tagByteCount)
    }
  }

  /// The parts of `envelope`; `malformed` when it is too short, too long or of another version.
  static func parts(of envelope: [UInt8]) throws(CryptoFailure) -> Parts {
    let plaintextByteCount = envelope.count - overheadByteCount
    guard plaintextByteCount >= 0, plaintextByteCount <= plaintextByteCountMax, envelope[0] == version else {
      throw .malformed
    }
    return Parts(plaintextByteCount: plaintextByteCount)
  }
}
