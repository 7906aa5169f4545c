internal import HTML

/// The path and query of a request line, decoded once and in one place.
///
/// Empty segments fall away, so `/tiket/A/` and `/tiket//A` are `/tiket/A`.
struct RequestTarget: Sendable, Equatable {
  /// The path's segments, percent-decoded; an encoded slash stays inside its segment.
  let segments: [String]
  /// The query's pairs in their order, decoded as a form's are (`+` is a space).
  let query: [Pair]

  /// The path, encoded again.
  let path: String
  /// Path and query without the reader's settings: where one comes back to after changing them.
  let address: Link

  struct Pair: Sendable, Equatable {
    let name: String
    let value: String
  }

  /// More pairs than any page of ours has; the rest would only be work.
  static let queryPairCountMax = 100

  /// Reads the origin form (RFC 9112 section 3.2.1). Nil for any other form, broken percent
  /// signs, text that is not UTF-8, control characters, and `.` or `..` as a segment.
  init?(_ target: String) {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let encoded = parts.first, encoded.hasPrefix("/"), !encoded.contains("#") else { return nil }
    var segments: [String] = []
    for part in encoded.split(separator: "/") {
      guard let segment = Self.decode(part, plusIsSpace: false), segment != ".", segment != ".." else { return nil }
      segments.append(segment)
    }
    let query = parts.count > 1 ? parts[1] : ""
    guard let pairs = Self.pairs(query) else { return nil }
    self.segments = segments
    self.query = pairs
    path = segments.isEmpty ? "/" : segments.map { Link("/\($0)").description }.joined()
    let kept = query.split(separator: "&").filter { pair in
      !Self.settings.contains { pair.hasPrefix($0) }
    }.joined(separator: "&")
    address = Link(localPath: kept.isEmpty ? path : "\(path)?\(kept)") ?? Link(localPath: path) ?? "/"
  }

  private init(segments: [String], query: [Pair], address: Link) {
    self.segments = segments
    self.query = query
    self.address = address
    path = segments.isEmpty ? "/" : segments.map { Link("/\($0)").description }.joined()
  }

  /// The same with what is covered in it read: a segment that cannot be stays, a pair of the query falls away. Where one
  /// comes back to is still the address as it was sent.
  func reading(_ value: (String) -> String?) -> RequestTarget {
    RequestTarget(
      segments: segments.map { value($0) ?? $0 },
      query: query.compactMap { pair in
        guard AddressVeil.names.contains(pair.name), AddressCover.isCovered(pair.value) else { return pair }
        return value(pair.value).map { Pair(name: pair.name, value: $0) }
      }, address: address)
  }

  private static let settings = ["bahasa=", "besar=", "kontras="]

  /// The page of the first `count` segments; nil where there is none.
  func above(_ count: Int) -> RequestTarget? {
    RequestTarget(segments.prefix(count).map { Link("/\($0)").description }.joined())
  }

  /// The first value of a query parameter.
  func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  private static func pairs(_ query: Substring) -> [Pair]? {
    let parts = query.split(separator: "&")
    guard parts.count <= queryPairCountMax else { return nil }
    var pairs: [Pair] = []
    for part in parts {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decode(sides[0], plusIsSpace: true),
        let value = decode(sides.count > 1 ? sides[1] : "", plusIsSpace: true)
      else { return nil }
      pairs.append(Pair(name: name, value: value))
    }
    return pairs
  }

  /// Percent-decodes; nil for a broken escape, for what is not UTF-8, and for control characters.
  static func decode(_ text: Substring, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
