/// The header fields of a request, in their order.
struct RequestHeaders: Sendable {
  private(set) var fields: [(name: String, value: String)] = []

  /// Adds a field; its name is kept in lower case.
  mutating func append(_ name: String, _ value: String) {
    fields.append((name.lowercased(), value))
  }

  /// The first value of the field, whatever the case of `name`.
  subscript(name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name == name }?.value
  }

  /// Every value of the field; `name` in lower case.
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// The media type of the body without its parameters, in lower case; nil when none is said.
  var mediaType: String? {
    guard let type = self["content-type"]?.split(separator: ";").first else { return nil }
    return type.filter { !$0.isWhitespace }.lowercased()
  }

  /// Whether the reader takes gzip (RFC 9110 section 12.5.3); a weight of nought refuses it.
  var acceptsGzip: Bool {
    all("accept-encoding").flatMap { $0.split(separator: ",") }.contains { offer in
      let parts = offer.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      guard parts.first == "gzip" else { return false }
      return parts.dropFirst().allSatisfy { !$0.hasPrefix("q=") || (Double($0.dropFirst(2)) ?? 0) > 0 }
    }
  }

  /// Whether the sender of a form wants what has come of it in the answer itself (RFC 7240 section 4.2).
  var wantsRepresentation: Bool {
    all("prefer").flatMap { $0.split(separator: ",") }.contains { preference in
      let name = preference.split(separator: ";").first ?? ""
      return name.filter { !$0.isWhitespace }.lowercased() == "return=representation"
    }
  }

  /// The cookies by name; of several with one name the first, which is the one with the longest path.
  var cookies: [String: String] {
    var cookies: [String: String] = [:]
    for line in all("cookie") {
      for part in line.split(separator: ";") {
        let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 else { continue }
        let name = String(sides[0].drop { $0 == " " })
        if cookies[name] == nil { cookies[name] = String(sides[1]) }
      }
    }
    return cookies
  }
}
