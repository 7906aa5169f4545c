internal import CMicrohttpd

#if canImport(Glibc)
  internal import Glibc
#endif

/// A TCP socket that listens. Its owner closes it.
struct ListeningSocket: Sendable {
  /// The accept queue: a burst of new visitors at the hour at which slots are released.
  private static let backlogMax: Int32 = 1024

  let descriptor: Int32
  /// Whether it was opened here, and not passed in.
  let isOurs: Bool

  /// Takes over a socket that listens already, such as one from systemd (sd_listen_fds(3)).
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    isOurs = false
  }

  /// Opens a socket at an address of this machine; port 0 means any free one.
  ///
  /// - Throws: why not.
  init(address: String, port: UInt16) throws(WebServer.Hindrance) {
    guard var endpoint = Endpoint(address: address, port: port) else { throw .notHere }
    let descriptor = socket(endpoint.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Self.hindrance(errno) }
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    let bound = unsafe endpoint.withAddress { unsafe bind(descriptor, $0, $1) }
    guard bound == 0, listen(descriptor, Self.backlogMax) == 0 else {
      let reason = errno
      _ = Glibc.close(descriptor)
      throw Self.hindrance(reason)
    }
    self.descriptor = descriptor
    isOurs = true
  }

  /// What an error of socket(2), bind(2) or listen(2) means.
  private static func hindrance(_ reason: Int32) -> WebServer.Hindrance {
    switch reason {
    // Without IPv6 no address of it is this machine's.
    case EADDRNOTAVAIL, EAFNOSUPPORT: .notHere
    case EADDRINUSE: .taken
    case EACCES, EPERM: .forbidden
    default: unsafe .other(String(cString: strerror(reason)))
    }
  }

  /// Closes the descriptor; once.
  func close() { _ = Glibc.close(descriptor) }

  /// Turns new clients away at once. One that was passed in goes on listening for its owner: clients
  /// that connect meanwhile are served by the next process.
  func refuse() {
    if isOurs { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  /// Where it listens; nil for a socket of the Unix family.
  var endpoint: Endpoint? { Endpoint(of: descriptor) }
}

/// An IP address and a port, as sockets know them.
@safe struct Endpoint: Sendable {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  init?(address: String, port: UInt16) {
    var ipv4 = sockaddr_in()
    var ipv6 = sockaddr_in6()
    if unsafe inet_pton(AF_INET, address, &ipv4.sin_addr) == 1 {
      ipv4.sin_family = sa_family_t(AF_INET)
      ipv4.sin_port = port.bigEndian
      store(ipv4)
    } else if unsafe inet_pton(AF_INET6, address, &ipv6.sin6_addr) == 1 {
      ipv6.sin6_family = sa_family_t(AF_INET6)
      ipv6.sin6_port = port.bigEndian
      store(ipv6)
    } else {
      return nil
    }
  }

  /// Where a socket is bound.
  init?(of descriptor: Int32) {
    var length = self.length
    let result = unsafe withAddress { address, _ in
      unsafe getsockname(descriptor, UnsafeMutablePointer(mutating: address), &length)
    }
    guard result == 0, family == AF_INET || family == AF_INET6 else { return nil }
    self.length = length
  }

  var family: Int32 { Int32(storage.ss_family) }

  var port: UInt16 {
    // The port stands at the same place in both families (netinet/in.h).
    unsafe withUnsafeBytes(of: storage) { unsafe UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
  }

  /// Whether only this machine reaches it.
  var isLoopback: Bool {
    var copy = self
    return unsafe copy.withAddress { address, _ in unsafe RemoteAddress(address).isLoopback ? 1 : 0 } == 1
  }

  /// Where this machine reaches it: loopback for a socket that listens on every address.
  var reachable: Endpoint {
    let any = unsafe withUnsafeBytes(of: storage) { bytes in
      unsafe family == AF_INET ? bytes[4..<8].allSatisfy { $0 == 0 } : bytes[8..<24].allSatisfy { $0 == 0 }
    }
    guard any else { return self }
    return Endpoint(address: family == AF_INET ? "127.0.0.1" : "::1", port: port) ?? self
  }

  /// Lends the address to a call.
  mutating func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    let length = self.length
    return unsafe withUnsafeBytes(of: &storage) { bytes in
      guard let address = unsafe bytes.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
      return unsafe body(address, length)
    }
  }

  private mutating func store<Address>(_ address: Address) {
    length = socklen_t(MemoryLayout<Address>.size)
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: address, as: Address.self) }
  }
}
