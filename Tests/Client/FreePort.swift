#if canImport(Glibc)
  internal import Glibc
#endif

/// Ports for programs that must be told where to listen.
///
/// A port that the system chose for one socket may be another's a moment later, or be taken already on the other of IPv4
/// and IPv6. These stand below what the system gives away by itself (`net.ipv4.ip_local_port_range`), are free on both, and
/// are claimed for this process, so that classes that run side by side never get the same.
public enum FreePort {
  /// Below Linux's own choice, which begins at 32,768; above what services usually have.
  public static let ports: Range<UInt16> = 20_000..<32_768
  private static let tries = 500

  /// A port that is free on 127.0.0.1 and ::1, for this process's programs until its end.
  ///
  /// - Throws: `Connection.Failure` when none was found.
  public static func next(in ports: Range<UInt16> = FreePort.ports) throws -> UInt16 {
    for _ in 0..<tries {
      let port = UInt16.random(in: ports)
      if isFree(port), claim(port) { return port }
    }
    throw Connection.Failure.cannotConnect(reason: EADDRINUSE)
  }

  /// A name that the network's own system keeps for as long as this process lives: nothing stays behind.
  private static func claim(_ port: UInt16) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array("\0gapura test port \(port)".utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let descriptor = open(AF_UNIX)
    let size = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let isClaimed = bind(descriptor, to: &address, size)
    // Otherwise it stays open: the claim.
    if !isClaimed { close(descriptor) }
    return isClaimed
  }

  private static func isFree(_ port: UInt16) -> Bool {
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_port = port.bigEndian
    four.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    six.sin6_addr = in6addr_loopback
    let descriptors = (four: open(AF_INET), six: open(AF_INET6))
    defer { for descriptor in [descriptors.four, descriptors.six] { close(descriptor) } }
    guard bind(descriptors.four, to: &four, socklen_t(MemoryLayout<sockaddr_in>.size)) else { return false }
    // A machine without IPv6 has no program there.
    return bind(descriptors.six, to: &six, socklen_t(MemoryLayout<sockaddr_in6>.size)) || errno != EADDRINUSE
  }

  private static func open(_ family: Int32) -> Int32 {
    socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  }

  private static func bind<Address>(_ descriptor: Int32, to address: inout Address, _ size: socklen_t) -> Bool {
    unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.bind(descriptor, address, size) == 0
      }
    }
  }
}
