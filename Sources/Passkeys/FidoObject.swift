/// An object of libfido2 that this value owns and frees.
@safe struct FidoObject: ~Copyable {
  private let pointer: OpaquePointer
  private let release: (OpaquePointer) -> Void

  /// Takes over what an allocating call returned; nil is that call's failure.
  init(_ pointer: OpaquePointer?, release: @escaping (OpaquePointer) -> Void) throws(PasskeyFailure) {
    guard let pointer = unsafe pointer else { throw .library }
    unsafe self.pointer = unsafe pointer
    unsafe self.release = unsafe release
  }

  /// Lends the object to `body`; the pointer must not leave it.
  func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result { unsafe body(pointer) }

  deinit { unsafe release(pointer) }
}
