/// Where an `href`, `src` or `action` leads: a path on this site, a place on this page, a telephone
/// number, a mail address or a page under https. So `javascript:` cannot be one, nor another host by
/// accident.
///
/// Written as a literal, `"/tiket/\(code)"`: what is interpolated is percent-encoded (RFC 3986,
/// everything but unreserved characters), so it stays within its segment.
public struct Link: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
  /// The address as it stands in the attribute, before escaping.
  public let description: String

  private init(trusted: String) { description = trusted }

  /// A literal path; starts with one `/`.
  public init(stringLiteral literal: StaticString) {
    self.init(stringInterpolation: Interpolation(only: literal))
  }

  /// A path of literals and values; starts with one `/`, which a precondition holds.
  public init(stringInterpolation: Interpolation) {
    let path = stringInterpolation.path
    precondition(Self.isLocal(path), "a link starts with one slash; other kinds have constructors by name: \(path)")
    description = path
  }

  /// A path with query that came from outside (where to go back to); nil unless it stays on this site.
  public init?(localPath text: String) {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
    guard Self.isLocal(text), isPlain else { return nil }
    description = text
  }

  /// A place on the same page.
  public static func fragment(_ id: String) -> Self { Self(trusted: "#" + percentEncoded(id)) }

  /// A telephone number; only its digits and a leading plus are kept.
  public static func telephone(_ number: String) -> Self {
    let digits = number.filter { $0.isASCII && $0.isNumber }
    return Self(trusted: (number.hasPrefix("+") ? "tel:+" : "tel:") + digits)
  }

  /// A mail address.
  public static func mail(_ address: String) -> Self {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false).map { percentEncoded(String($0)) }
    return Self(trusted: "mailto:" + parts.joined(separator: "@"))
  }

  /// A place for the map program of a phone (RFC 5870), in degrees of WGS 84.
  public static func geo(latitude: Double, longitude: Double) -> Self {
    Self(trusted: "geo:\(latitude),\(longitude)")
  }

  /// The same place on the map of OpenStreetMap, for browsers that know no `geo:`.
  public static func openStreetMap(latitude: Double, longitude: Double) -> Self {
    let place = "\(latitude)/\(longitude)"
    return Self(
      trusted: "https://www.openstreetmap.org/?mlat=\(latitude)&mlon=\(longitude)#map=17/\(place)")
  }

  /// A page of another site, named in the source: `.https("www.lapor.go.id")`.
  public static func https(_ hostAndPath: StaticString) -> Self { Self(trusted: "https://\(hostAndPath)") }

  /// This link with one more query parameter; a fragment keeps its place at the end.
  public func adding(_ name: StaticString, _ value: String) -> Self {
    let bytes = description.utf8
    let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
    let mark = bytes[..<end].contains(UInt8(ascii: "?")) ? "&" : "?"
    var address = String(description[..<end])
    address += "\(mark)\(name)=\(Self.percentEncoded(value))"
    address += description[end...]
    return Self(trusted: address)
  }

  /// This link to a place on its page.
  public func going(to id: String) -> Self {
    let address = description.prefix { $0 != "#" }
    return Self(trusted: address + "#" + Self.percentEncoded(id))
  }

  /// The part before query and fragment.
  public var path: String {
    let end = description.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    return end.map { String(description[..<$0]) } ?? description
  }

  private static func isLocal(_ text: String) -> Bool {
    text.hasPrefix("/") && !text.hasPrefix("//") && !text.hasPrefix("/\\")
  }

  static func percentEncoded(_ text: String) -> String {
    // Numbers and codes, which most of them are, stay as they are.
    if text.utf8.allSatisfy(isUnreserved) { return text }
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

extension Link {
  /// Puts a path together: literals as they stand in the source, values percent-encoded.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var path = ""

    /// Begins an empty path with room for what is coming.
    public init(literalCapacity: Int, interpolationCount: Int) {
      path.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    fileprivate init(only literal: StaticString) { path = literal.description }

    /// Adds a part of the path as the source has it.
    public mutating func appendLiteral(_ literal: StaticString) { path += literal.description }

    /// Adds a value, percent-encoded as one segment or as one value of the query.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      path += Link.percentEncoded(value.description)
    }

    /// A link that goes on: `"\(counter)/panggil"`. It is encoded already.
    public mutating func appendInterpolation(_ link: Link) { path += link.description }
  }

  /// What a literal with values is put together in.
  public typealias StringInterpolation = Interpolation
}
