internal import Core

/// An IP address as 16 bytes, IPv4 as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2); all zero where there is none.
///
/// It may lead to a person, so it goes into no log line and no table.
public struct RemoteAddress: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Before the 32 bits of an IPv4 address.
  static let ipv4Prefix: UInt64 = 0xFFFF_0000_0000

  /// No address: a socket of the Unix family.
  static let none = RemoteAddress(high: 0, low: 0)

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else.
  public init?(_ text: String) {
    guard let bytes = IPAddress.bytes(of: text) else { return nil }
    self.init(high: Self.word(bytes.prefix(8)), low: Self.word(bytes.dropFirst(8)))
  }

  /// Eight bytes in the network's order.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

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
