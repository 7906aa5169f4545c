import COpenSSL

/// Room for one chunk of a file; wiped when it goes, since plaintext stands in it for a while.
@safe public struct ChunkBuffer: ~Copyable {
  private let buffer: UnsafeMutablePointer<UInt8>
  private let byteCount: Int

  /// Room for `byteCount` bytes, all zero.
  public init(byteCount: Int) {
    self.byteCount = byteCount
    unsafe buffer = .allocate(capacity: byteCount)
    unsafe buffer.initialize(repeating: 0, count: byteCount)
  }

  /// Lends the bytes to `body`; the pointer must not leave it.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(buffer)
  }

  deinit {
    unsafe OPENSSL_cleanse(buffer, byteCount)
    unsafe buffer.deallocate()
  }
}
