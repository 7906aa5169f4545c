internal import Glibc

/// IP addresses in numbers, as texts and as bytes in the network's order.
public enum IPAddress {
  /// Before the four bytes of an IPv4 address where sixteen are wanted (RFC 4291, section 2.5.5.2).
  private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

  /// The sixteen bytes of `2001:db8::1` or `192.0.2.1`, of which the latter stands as `::ffff:192.0.2.1`; nil for any other
  /// text.
  public static func bytes(of text: String) -> [UInt8]? {
    guard let own = ownBytes(of: text) else { return nil }
    return own.count == 4 ? mapped + own : own
  }

  /// The same, with four bytes for IPv4.
  static func ownBytes(of text: String) -> [UInt8]? {
    // C would read no further than a NUL.
    guard !text.utf8.contains(0) else { return nil }
    var ipv4 = in_addr()
    var ipv6 = in6_addr()
    if unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
      return unsafe withUnsafeBytes(of: ipv4) { unsafe Array($0) }
    }
    guard unsafe inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
    return unsafe withUnsafeBytes(of: ipv6) { unsafe Array($0) }
  }

  /// Whether it is this machine's own: in 127.0.0.0/8, also where that is mapped, or ::1.
  static func isLoopback(_ bytes: [UInt8]) -> Bool {
    if bytes.count == 4 { return bytes[0] == 127 }
    if bytes.starts(with: mapped) { return bytes[mapped.count] == 127 }
    return bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
  }
}
