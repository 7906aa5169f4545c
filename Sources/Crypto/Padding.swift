/// Hides how long a plaintext is: its length (4 bytes, big-endian), the plaintext, zeros up to a power of two.
///
/// A sealed address then tells no more of itself than that it has, say, between 124 and 252 bytes.
public enum Padding {
  private static let prefixByteCount = 4
  /// The smallest bucket: a short name and a long one look alike.
  private static let bucketByteCountMin = 128
  /// The largest bucket; far above the longest form, so that one person's row cannot grow without end.
  static let bucketByteCountMax = 65_536
  /// The longest plaintext that fits.
  public static let plaintextByteCountMax = bucketByteCountMax - prefixByteCount

  /// The padded plaintext; nil when it is longer than the largest bucket holds.
  public static func pad(_ plaintext: UnsafeRawBufferPointer) -> SecretBytes? {
    let count = plaintext.count
    guard count <= plaintextByteCountMax else { return nil }
    return unsafe SecretBytes.filled(count: bucket(for: prefixByteCount + count)) { padded in
      unsafe padded.storeBytes(of: UInt32(count).bigEndian, as: UInt32.self)
      unsafe UnsafeMutableRawBufferPointer(rebasing: padded[prefixByteCount...]).copyMemory(from: plaintext)
    }
  }

  /// Lends the plaintext inside `padded` to `body`; `malformed` unless `pad` could have made it.
  public static func withUnpadded<Result>(
    _ padded: borrowing SecretBytes, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try unsafe padded.withBytes { (bytes) throws in
      guard bytes.count >= bucketByteCountMin else { throw CryptoFailure.malformed }
      let count = unsafe Int(UInt32(bigEndian: bytes.load(as: UInt32.self)))
      let end = prefixByteCount + count
      guard
        unsafe count <= plaintextByteCountMax && bucket(for: end) == bytes.count
          && bytes[end...].allSatisfy({ $0 == 0 })
      else { throw CryptoFailure.malformed }
      return try unsafe body(UnsafeRawBufferPointer(rebasing: bytes[prefixByteCount..<end]))
    }
  }

  /// The smallest power of two that holds `byteCount` bytes, from the smallest bucket on.
  static func bucket(for byteCount: Int) -> Int {
    var bucket = bucketByteCountMin
    while bucket < byteCount { bucket *= 2 }
    return bucket
  }
}
