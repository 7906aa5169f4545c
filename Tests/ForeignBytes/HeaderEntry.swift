internal import Core
internal import Crypto
internal import HTML
@testable internal import Web

/// What stands in a request's head: addresses come out as they went in, cookies and languages are read without a guess,
/// nobody forwards an address who is not believed, and only what this browser was given is uncovered.
struct HeaderEntry: FuzzEntry {
  static let name = "headers"

  static let seeds = [
    "/lacak/1234?q=a+b&bahasa=en", "/a//b/%2e/../c%2Fd", "/?besar=ya&kontras=ya&x=%C3%A9",
    "cookie: tamu=AB; petugas=x=y;a; =b",
    "accept-language: en-GB;q=0.5, in;q=0.9, id;q=abc, *", "accept-encoding: gzip;q=0, br;q=1.0",
    "content-type: Multipart/Form-Data ; boundary=x", "prefer: respond-async, Return = representation ; x=\"1\"",
    "x-forwarded-for: 192.0.2.1, 127.0.0.1:80, \"[2001:db8::1%eth0]:443\"",
    "forwarded: for=192.0.2.43;by=\"x,y\", for=\"[::1]:_port\"; proto=http,for=unknown", "~04GH", "bk", "-",
  ].map { Array($0.utf8) }

  static let words = [
    "cookie: ", "forwarded: ", "x-forwarded-for: ", "accept-language: ", "accept-encoding: ", "for=", "\"", "[::1]",
    "127.0.0.1", "::ffff:127.0.0.1", "%2F", "%00", "&bahasa=en", "?", "/", "q=", "gzip", "\n", "\\\"", ":65536", ";",
    ",",
  ]

  private static let proxy = RemoteAddress("127.0.0.1")

  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    var headers = RequestHeaders()
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers.append(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
    try checkHeaders(headers)
    try checkForwarded(headers)
    try checkTarget(text)
    try checkCover(text)
    let preferences = Preferences(cookieValue: text)
    try hold(Preferences(cookieValue: preferences.cookieValue) == preferences, "preferences of \(text)")
    if let length = text.isContentLength ? UInt64(text) : nil {
      try hold(length.description.utf8.count <= text.utf8.count, "a length of \(text)")
    }
  }

  private func checkHeaders(_ headers: RequestHeaders) throws {
    for (name, value) in headers.cookies {
      try hold(!name.contains("=") && !name.contains(";") && !value.contains(";"), "the cookie \(name)=\(value)")
      let cookie = Cookie("tamu", value)
      let line = cookie.line(secure: true)
      try hold(
        line.utf8.allSatisfy { (0x20...0x7E).contains($0) } && line.split(separator: ";").count == 5,
        "a cookie's line: \(line)")
    }
    let languages: [Language] = [.indonesian, .english]
    let visitor = Visitor(headers, nil, languages: languages, isSecure: false, random: SeededRandom(seed: 1))
    try hold(languages.contains(visitor.language), "the language \(visitor.language)")
    try hold(visitor.identity.utf8.count == 26, "the identity \(visitor.identity)")
    _ = (headers.acceptsGzip, headers.mediaType, headers.wantsRepresentation)
  }

  private func checkForwarded(_ headers: RequestHeaders) throws {
    guard let proxy = Self.proxy, let stranger = RemoteAddress("198.51.100.7") else { return }
    for field in WebConfiguration.ForwardedField.allCases {
      let believed = ForwardedFor(field: field, proxies: [proxy])
      try hold(believed.sender(headers, from: stranger) == stranger, "a stranger is believed")
      let nobody = ForwardedFor(field: field, proxies: [])
      try hold(nobody.sender(headers, from: proxy) == proxy, "somebody is believed who is no proxy")
      _ = believed.sender(headers, from: proxy)
    }
    for (_, value) in headers.fields {
      let element = ForwardedFor.forParameters(value)
      try hold(element.count <= value.count + 1, "\(element.count) elements")
    }
  }

  private func checkTarget(_ text: String) throws {
    guard let target = RequestTarget(text) else { return }
    guard let again = RequestTarget(target.path) else { throw Finding("\(target.path) of \(text) is no target") }
    try hold(again.segments == target.segments && again.path == target.path, "\(target.path) has \(again.segments)")
    try hold(RequestTarget(target.address.description) != nil, "one cannot come back to \(target.address)")
    let isLocal = target.path.hasPrefix("/") && !target.path.hasPrefix("//")
    try hold(isLocal && target.path.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "the path \(target.path)")
    try hold(!target.segments.contains { $0 == "." || $0 == ".." || $0.isEmpty }, "the segments \(target.segments)")
    for pair in target.query {
      try hold(!(pair.name + pair.value).utf8.contains { $0 < 0x20 || $0 == 0x7F }, "a control in the query")
    }
  }

  private func checkCover(_ text: String) throws {
    let library = try CryptoLibrary()
    let ours = AddressCover(identity: "AAAAAAAAAAAAAAAAAAAAAAAAAA", library: library)
    let theirs = AddressCover(identity: "BBBBBBBBBBBBBBBBBBBBBBBBBB", library: library)
    try hold(ours.value(of: text) == nil, "\(text) is uncovered")
    guard let covered = ours.covered(text) else { return }
    try hold(
      ours.value(of: covered) == text, "\(covered) is uncovered as \(String(describing: ours.value(of: covered)))")
    try hold(theirs.value(of: covered) == nil, "another browser uncovers \(covered)")
    try hold(ours.covered(text) == covered, "\(text) is covered in two ways")
  }
}
