import COpenSSL

/// Room for one sealed chunk; wiped when it goes, since plaintext stands in it for a while.
@safe struct ChunkBuffer: ~Copyable {
  private let buffer: UnsafeMutablePointer<UInt8>

  init() {
    unsafe buffer = .allocate(capacity: DocumentFormat.sealedChunkByteCount)
    unsafe buffer.initialize(repeating: 0, count: DocumentFormat.sealedChunkByteCount)
  }

  /// Lends the bytes to `body`; the pointer must not leave it.
  func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(buffer)
  }

  deinit {
    unsafe OPENSSL_cleanse(buffer, DocumentFormat.sealedChunkByteCount)
    unsafe buffer.deallocate()
  }
}
