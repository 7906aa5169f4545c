import COpenSSL

/// Bytes that must not be printed, copied by accident or left in memory.
///
/// It cannot be copied, has no description, and is wiped when it goes. It is filled in place: from
/// a `[UInt8]` it could not be made without leaving a copy that nobody wipes.
@safe public struct SecretBytes: ~Copyable, Sendable {
  // Written only before `filled` returns, read-only since: safe to share between threads.
  nonisolated(unsafe) private let buffer: UnsafeMutableRawBufferPointer

  /// How many bytes there are.
  public var count: Int { unsafe buffer.count }

  private init(takingOwnershipOf buffer: UnsafeMutableRawBufferPointer) { unsafe self.buffer = unsafe buffer }

  /// A secret of `count` bytes, zero before `fill` is called. What `fill` throws, this throws, and the bytes are wiped.
  public static func filled<Failure: Error>(
    count: Int, by fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> SecretBytes {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
    unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    let secret = unsafe SecretBytes(takingOwnershipOf: buffer)
    try unsafe fill(buffer)
    return secret
  }

  /// Lends the bytes to `body`; the pointer must not leave it.
  public func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeRawBufferPointer(buffer))
  }

  deinit {
    unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count)
    unsafe buffer.deallocate()
  }
}
