internal import Glibc

/// An open file; closed when it goes.
public struct FileDescriptor: ~Copyable, Sendable {
  /// What the kernel calls it.
  public let number: Int32

  /// Takes over what `open` or `pipe2` returned; nil when that was a failure.
  public init?(_ number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  /// How long the file is.
  public func byteCount() throws(SystemCallFailure) -> Int {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .last }
    return Int(status.st_size)
  }

  /// Fills the buffer from the file; false at an early end or an error.
  public func readAll(into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    var filled = 0
    while filled < buffer.count {
      let count = unsafe Glibc.read(number, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      filled += count
    }
    return true
  }

  /// Writes the whole buffer; false at an error.
  public func writeAll(_ buffer: UnsafeRawBufferPointer) -> Bool {
    var written = 0
    while written < buffer.count {
      let count = unsafe Glibc.write(number, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  deinit { close(number) }
}
