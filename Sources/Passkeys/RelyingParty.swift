/// The site for which passkeys are, by the address that people type; it is said by the configuration, and by no request.
public struct RelyingParty: Equatable, Sendable {
  /// The name that keys are bound to: the address's host.
  public let id: String
  /// Where its pages stand, as browsers write it.
  public let origin: String

  /// The site at that address; nil where browsers have no passkeys: over a line in clear, or under a number instead of a name.
  ///
  /// An address of this machine alone is `localhost`, which browsers trust without TLS: an office for trying things out.
  ///
  /// - Parameter publicAddress: scheme, host and, where it is not the scheme's own, port.
  public init?(publicAddress: String) {
    let address = publicAddress.lowercased()
    guard let scheme = ["https://", "http://"].first(where: address.hasPrefix) else { return nil }
    let authority = address.dropFirst(scheme.count)
    let mark = authority.hasSuffix("]") ? nil : authority.lastIndex(of: ":")
    let host = String(authority[..<(mark ?? authority.endIndex)])
    let port = mark.map { String(authority[authority.index(after: $0)...]) } ?? ""
    guard port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    let isHere = ["localhost", "127.0.0.1", "[::1]"].contains(host)
    guard isHere || scheme == "https://" && Self.isName(host) else { return nil }
    id = isHere ? "localhost" : host
    let isUsual = port.isEmpty || port == (scheme == "https://" ? "443" : "80")
    origin = scheme + id + (isUsual ? "" : ":\(port)")
  }

  /// Whether it is a name in the form of the DNS, and no number.
  private static func isName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, let last = labels.last, last.contains(where: \.isLetter) else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isNameByte) && label.first != "-"
        && label.last != "-"
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "-")
  }
}
