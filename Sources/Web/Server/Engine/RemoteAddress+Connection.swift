internal import CMicrohttpd

#if canImport(Glibc)
  internal import Glibc
#endif

extension RemoteAddress {
  /// Reads what the kernel says of a connection.
  init(_ address: UnsafePointer<sockaddr>?) {
    guard let address = unsafe address else {
      self = .none
      return
    }
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET:
      let ipv4 = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
      self.init(high: 0, low: Self.ipv4Prefix | UInt64(UInt32(bigEndian: ipv4)))
    case AF_INET6:
      var ipv6 = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self).sin6_addr
      self = unsafe withUnsafeBytes(of: &ipv6) { unsafe RemoteAddress(bytes: $0) }
    default: self = .none
    }
  }

  private init(bytes: UnsafeRawBufferPointer) {
    self.init(
      high: unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      low: unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}
