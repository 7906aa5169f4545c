internal import Glibc

/// Where a program listens for streams, on this machine or beside it.
public enum SocketAddress: Sendable, Equatable {
  /// A path (unix(7)).
  case unix(String)
  /// An IPv4 address and a port; what is sent crosses that line in clear.
  case tcp(String, UInt16)

  /// Whether a text is an IPv4 address in numbers.
  public static func isIPv4(_ text: String) -> Bool {
    var address = in_addr()
    return unsafe inet_pton(AF_INET, text, &address) == 1
  }

  /// A connected socket whose every call gives up after `timeout`; nil when no program listens.
  public func connect(timeout: Duration) -> FileDescriptor? {
    let family = if case .unix = self { AF_UNIX } else { AF_INET }
    guard let made = FileDescriptor(socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)) else {
      return nil
    }
    // On Linux the time-out for sending holds for connecting too (socket(7)).
    let milliseconds =
      Int(timeout.components.seconds) * 1000 + Int(timeout.components.attoseconds / 1_000_000_000_000_000)
    var limit = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
      unsafe _ = setsockopt(made.number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    let isConnected =
      switch self {
      case .unix(let path): Self.connect(made.number, toPath: path)
      case .tcp(let host, let port): Self.connect(made.number, toHost: host, port)
      }
    guard isConnected else { return nil }
    return made
  }

  private static func connect(_ socket: Int32, toPath path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.connect(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  private static func connect(_ socket: Int32, toHost host: String, _ port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return false }
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
