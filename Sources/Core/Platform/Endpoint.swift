internal import Glibc

/// An IP address and a port, at which a program listens.
public struct Endpoint: Sendable, Equatable {
  /// Four bytes for IPv4, sixteen for IPv6.
  private let address: [UInt8]
  /// The link on which an address of IPv6 is known, where that is one alone (ipv6(7)).
  private let scope: UInt32
  /// 0 asks for any free one.
  public let port: UInt16

  private init(address: [UInt8], scope: UInt32 = 0, port: UInt16) {
    self.address = address
    self.scope = scope
    self.port = port
  }

  /// An address and a port of it.
  ///
  /// - Parameter address: in numbers; nil for any other text.
  public init?(address: String, port: UInt16) {
    guard let bytes = IPAddress.ownBytes(of: address) else { return nil }
    self.init(address: bytes, port: port)
  }

  /// Where a socket is bound; nil for one of another family.
  public init?(of descriptor: Int32) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { return nil }
    switch Int32(storage.ss_family) {
    case AF_INET:
      let ipv4 = unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: sockaddr_in.self) }
      let bytes = unsafe withUnsafeBytes(of: ipv4.sin_addr) { unsafe Array($0) }
      self.init(address: bytes, port: UInt16(bigEndian: ipv4.sin_port))
    case AF_INET6:
      let ipv6 = unsafe withUnsafeBytes(of: storage) { unsafe $0.loadUnaligned(as: sockaddr_in6.self) }
      let bytes = unsafe withUnsafeBytes(of: ipv6.sin6_addr) { unsafe Array($0) }
      self.init(address: bytes, scope: ipv6.sin6_scope_id, port: UInt16(bigEndian: ipv6.sin6_port))
    default: return nil
    }
  }

  /// Whether only this machine reaches it.
  public var isLoopback: Bool { IPAddress.isLoopback(address) }

  /// Where this machine reaches it: loopback for a socket that listens on every address.
  public var reachable: Endpoint {
    guard address.allSatisfy({ $0 == 0 }) else { return self }
    let loopback: [UInt8] = address.count == 4 ? [127, 0, 0, 1] : [UInt8](repeating: 0, count: 15) + [1]
    return Endpoint(address: loopback, port: port)
  }

  /// A socket that listens there; its caller closes it.
  ///
  /// - Parameter backlog: how many clients may wait to be accepted.
  /// - Throws: why the kernel refuses.
  public func listen(backlog: Int32) throws(SystemCallFailure) -> Int32 {
    let descriptor = try made()
    var yes: Int32 = 1
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let bound = unsafe withAddress { unsafe bind(descriptor, $0, $1) }
    guard bound == 0, Glibc.listen(descriptor, backlog) == 0 else {
      let failure = SystemCallFailure.last
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  /// A connected socket whose every call gives up after `timeout`; nil when no program listens.
  public func connect(timeout: Duration) -> FileDescriptor? {
    guard let descriptor = try? made(), let socket = FileDescriptor(descriptor) else { return nil }
    let (seconds, attoseconds) = timeout.components
    // On Linux the time-out for sending holds for connecting too (socket(7)).
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
      unsafe _ = setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    let connected = unsafe withAddress { unsafe Glibc.connect(descriptor, $0, $1) }
    guard connected == 0 else { return nil }
    return socket
  }

  /// Turns new clients of a socket that listens away at once.
  public static func refuse(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  private func made() throws(SystemCallFailure) -> Int32 {
    let family = address.count == 4 ? AF_INET : AF_INET6
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// Lends the address to a call, as its family has it.
  private func withAddress(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var storage = sockaddr_storage()
    let length = address.count == 4 ? storeIPv4(in: &storage) : storeIPv6(in: &storage)
    return unsafe withUnsafePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0, length) }
    }
  }

  private func storeIPv4(in storage: inout sockaddr_storage) -> socklen_t {
    var ipv4 = sockaddr_in()
    ipv4.sin_family = sa_family_t(AF_INET)
    ipv4.sin_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &ipv4.sin_addr) { unsafe $0.copyBytes(from: address) }
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: ipv4, as: sockaddr_in.self) }
    return socklen_t(MemoryLayout<sockaddr_in>.size)
  }

  private func storeIPv6(in storage: inout sockaddr_storage) -> socklen_t {
    var ipv6 = sockaddr_in6()
    ipv6.sin6_family = sa_family_t(AF_INET6)
    ipv6.sin6_port = port.bigEndian
    ipv6.sin6_scope_id = scope
    unsafe withUnsafeMutableBytes(of: &ipv6.sin6_addr) { unsafe $0.copyBytes(from: address) }
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: ipv6, as: sockaddr_in6.self) }
    return socklen_t(MemoryLayout<sockaddr_in6>.size)
  }
}
