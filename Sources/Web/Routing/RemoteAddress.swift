internal import CMicrohttpd
internal import Core

#if canImport(Glibc)
  internal import Glibc
#endif

/// An IP address as 16 bytes, IPv4 as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2); all zero where there is none.
///
/// It may lead to a person, so it goes into no log line and no table.
public struct RemoteAddress: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  private static let ipv4Prefix: UInt64 = 0xFFFF_0000_0000

  /// No address: a socket of the Unix family.
  static let none = RemoteAddress(high: 0, low: 0)

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else.
  public init?(_ text: String) {
    // C would read no further than a NUL.
    guard !text.utf8.contains(0) else { return nil }
    var ipv4 = in_addr()
    var ipv6 = in6_addr()
    if unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
      self.init(high: 0, low: Self.ipv4Prefix | UInt64(UInt32(bigEndian: ipv4.s_addr)))
    } else if unsafe inet_pton(AF_INET6, text, &ipv6) == 1 {
      self = unsafe withUnsafeBytes(of: &ipv6) { unsafe RemoteAddress(bytes: $0) }
    } else {
      return nil
    }
  }

  private init(bytes: UnsafeRawBufferPointer) {
    self.init(
      high: unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      low: unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

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

  private var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

  /// Whether it is this machine's own: 127.0.0.0/8 or ::1.
  public var isLoopback: Bool { isIPv4 ? low >> 24 & 0xFF == 127 : high == 0 && low == 1 }

  /// As security events name it, which show it only where the configuration says so.
  var sender: SecurityEvent.Sender { SecurityEvent.Sender(bytes: Self.bytes(high, low)) }

  /// The bytes of `network`: to be hashed under a key and forgotten, never to be kept.
  public var networkBytes: [UInt8] { Self.bytes(network.high, network.low) }

  private static func bytes(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    [high, low].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  /// What one household or office holds: an IPv4 address, or the /64 network of an IPv6 address.
  var network: RemoteAddress { isIPv4 ? self : RemoteAddress(high: high, low: 0) }
}
