internal import Glibc

extension FileDescriptor {
  /// Sends all of the bytes over a socket; false when the other side takes no more of them, or not in time.
  public func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(number, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// What comes over a socket next, so many bytes at most, and none at its end; nil when nothing comes in time.
  public func receive(atMost byteCount: Int) -> [UInt8]? {
    var piece = [UInt8](repeating: 0, count: byteCount)
    while true {
      let count = unsafe recv(number, &piece, piece.count, 0)
      if count < 0 && errno == EINTR { continue }
      return count < 0 ? nil : Array(piece.prefix(count))
    }
  }
}
