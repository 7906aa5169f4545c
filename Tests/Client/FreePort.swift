#if canImport(Glibc)
  internal import Glibc
#endif

/// Ports for programs that must be told where to listen.
public enum FreePort {
  /// A port on 127.0.0.1 that was free a moment ago.
  ///
  /// - Throws: `Connection.Failure` when there is none.
  public static func next() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
      }
    }
    guard isBound else { throw Connection.Failure.cannotConnect(reason: errno) }
    return UInt16(bigEndian: address.sin_port)
  }
}
