#if canImport(Glibc)
  internal import Glibc
#endif

/// Reads and writes that never wait, on descriptors that are set so.
enum Descriptor {
  enum Read {
    case bytes([UInt8])
    case nothingYet
    case ended
  }

  /// How much is read at once: a page, so that one terminal cannot keep the others waiting.
  private static let readByteCountMax = 4096

  static func read(_ descriptor: Int32) -> Read {
    var bytes = [UInt8](repeating: 0, count: readByteCountMax)
    let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
    if count > 0 { return .bytes(Array(bytes.prefix(count))) }
    return count < 0 && [EAGAIN, EINTR].contains(errno) ? .nothingYet : .ended
  }

  /// How many bytes a socket took; nil when the other side is gone.
  static func send(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Int? {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.send(socket, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
    if count >= 0 { return count }
    return [EAGAIN, EINTR].contains(errno) ? 0 : nil
  }
}
