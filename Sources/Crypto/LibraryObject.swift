import COpenSSL

/// An object of libcrypto that this value owns and frees.
@safe struct LibraryObject: ~Copyable, Sendable {
  // Fetched algorithms and keyed templates are only read once they are made (openssl-threads(7)).
  nonisolated(unsafe) private let pointer: OpaquePointer
  private let release: @Sendable (OpaquePointer?) -> Void

  /// Takes over what an allocating call returned; nil is that call's failure.
  init(
    _ operation: StaticString, _ pointer: OpaquePointer?, release: @escaping @Sendable (OpaquePointer?) -> Void
  ) throws(CryptoFailure) {
    guard let pointer = unsafe pointer else { throw .drained(operation) }
    unsafe self.pointer = unsafe pointer
    unsafe self.release = unsafe release
  }

  /// Lends the object to `body`; the pointer must not leave it.
  func withPointer<Result: ~Copyable, Failure: Error>(
    _ body: (OpaquePointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(pointer)
  }

  deinit { unsafe release(pointer) }
}
