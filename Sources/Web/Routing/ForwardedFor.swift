/// Who stands behind reverse proxies, as they write it into a header field.
///
/// Each proxy adds the address that it sees, so the field is read from its end: as far as those who wrote it are
/// believed, and no further. What stands before that anybody could have written.
struct ForwardedFor: Sendable {
  let field: WebConfiguration.ForwardedField
  /// The proxies that are believed.
  let proxies: [RemoteAddress]

  /// The address that counts as the sender's: the first one from the end that is no proxy of ours. Where a proxy hides
  /// it, or writes what is no address, it is that proxy's own.
  func sender(_ headers: RequestHeaders, from peer: RemoteAddress) -> RemoteAddress {
    var believed = peer
    guard proxies.contains(peer) else { return peer }
    for name in names(headers).reversed() {
      guard let address = name.flatMap(Self.address) else { return believed }
      guard proxies.contains(address) else { return address }
      believed = address
    }
    return believed
  }

  /// What each proxy wrote, the nearest last; nil for one that wrote something without an address.
  private func names(_ headers: RequestHeaders) -> [String?] {
    let values = headers.all(field.rawValue.lowercased())
    switch field {
    case .xForwardedFor: return values.flatMap { $0.split(separator: ",").map(String.init) }
    case .forwarded: return values.flatMap(Self.forParameters)
    }
  }

  /// The `for` of each element of a `Forwarded` field (RFC 7239 section 4).
  static func forParameters(_ value: String) -> [String?] {
    split(value[...], at: ",").map { element in
      for pair in split(element, at: ";") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if sides.count == 2, trimmed(sides[0]).lowercased() == "for" { return String(sides[1]) }
      }
      return nil
    }
  }

  /// Splits where the separator does not stand in a quoted string (RFC 9110 section 5.6.4).
  private static func split(_ text: Substring, at separator: Character) -> [Substring] {
    var (isQuoted, isEscaped) = (false, false)
    return text.split(omittingEmptySubsequences: false) { character in
      if isEscaped {
        isEscaped = false
      } else if isQuoted && character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      }
      return character == separator && !isQuoted
    }
  }

  /// Reads an address in any spelling that proxies have for one: with or without a port, a zone (RFC 4007), quotes;
  /// IPv6 in brackets or bare. nil for anything else, such as `unknown` and names that hide one.
  static func address(_ text: String) -> RemoteAddress? {
    var rest = trimmed(text[...])
    if rest.count >= 2, rest.first == "\"", rest.last == "\"" { rest = trimmed(rest.dropFirst().dropLast()) }
    if rest.first == "[" {
      let inside = rest.dropFirst().prefix { $0 != "]" }
      let after = rest[inside.endIndex...].dropFirst()
      guard inside.endIndex < rest.endIndex, inside.contains(":"), after.isEmpty || isPort(after) else { return nil }
      return RemoteAddress(String(inside.prefix { $0 != "%" }))
    }
    if rest.count(where: { $0 == ":" }) == 1, let colon = rest.firstIndex(of: ":") {
      guard isPort(rest[colon...]) else { return nil }
      rest = rest[..<colon]
    }
    return RemoteAddress(String(rest.contains(":") ? rest.prefix { $0 != "%" } : rest))
  }

  /// `:443`, or a port that is hidden: `:_gazonk` (RFC 7239 section 6.3).
  private static func isPort(_ text: Substring) -> Bool {
    guard text.first == ":", text.count > 1 else { return false }
    let name = text.dropFirst()
    if let number = Int(name) { return name.utf8.allSatisfy { (0x30...0x39).contains($0) } && number <= 65_535 }
    return name.first == "_" && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }
}

extension Request {
  /// Whether a program on this machine asks, and no proxy for another client: neither does the request name any, nor is
  /// it of HTTP/1.0, as which an nginx passes on what it was told nothing more about.
  public var isFromThisMachine: Bool {
    let traces = ["forwarded", "via", "x-real-ip"]
    let isPassedOn = headers.fields.contains { traces.contains($0.name) || $0.name.hasPrefix("x-forwarded") }
    return remoteAddress.isLoopback && !isPassedOn && !isOfOldVersion
  }
}
