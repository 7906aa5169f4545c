internal import FoundationEssentials
public import HTML

/// What goes back: a status, header fields and a body.
public struct Response: Sendable {
  /// What the browser gets.
  enum Body: Sendable {
    case bytes([UInt8])
    case events(EventStream)
    case chunks(ByteStream)
  }

  /// The status of the answer (RFC 9110 section 15).
  public internal(set) var status: Status
  private(set) var headers: [(name: String, value: String)] = []
  private(set) var cookies: [Cookie] = []
  /// Whether nothing more is read from the connection afterwards.
  var endsConnection = false
  /// The cookies as they are sent; made last, by the server.
  var cookieLines: [String] = []
  private(set) var body: Body
  /// Whether it may be packed.
  private(set) var holdsNoSecret = false
  /// Whether an error's status is what was asked for, and no failure of the request.
  private(set) var isReport = false
  /// Whether those who watch the office were already told why it was refused.
  private(set) var isNoted = false
  /// Whether the body comes from a person outside, and where it may be shown.
  private(set) var foreignUse: ForeignUse?
  /// Whether the page shows files of others in itself.
  private(set) var showsForeign = false
  /// The nonce of the rules that stand in the page itself.
  var styleNonce: String?

  /// What a browser may do with a file that a person has sent.
  public enum ForeignUse: Sendable {
    /// Only save it.
    case saved
    /// Show it as a picture.
    case picture
    /// Show it in a page of ours, with what the browser has for it: a PDF. That program is none of the page's, but
    /// browsers start it in no sandboxed document.
    case document
  }

  /// - Parameter mediaType: the whole `Content-Type`, with its charset.
  init(status: Status, mediaType: String, body: Body) {
    self.status = status
    self.body = body
    headers = [("Content-Type", mediaType)]
  }

  private init(status: Status) {
    self.status = status
    body = .bytes([])
  }

  /// Sends the reader on to another page with GET (303).
  public static func redirect(_ link: Link) -> Response {
    var response = Response(status: .seeOther)
    response.setHeader("Location", link.description)
    return response
  }

  /// This page as the one that stands at `link`, for a form whose sender preferred it to a redirect there
  /// (`Request.prefersPage`): the answer names that address (`Content-Location`, RFC 9110 section 8.7).
  public func standing(at link: Link) -> Response {
    setting(header: "Content-Location", link.description)
      .setting(header: "Preference-Applied", "return=representation")
  }

  /// A JSON document.
  ///
  /// - Throws: what the value's own encoding throws.
  public static func json(_ value: some Encodable, status: Status = .ok) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try Array(encoder.encode(value))
    return Response(status: status, mediaType: "application/json; charset=utf-8", body: .bytes(bytes))
  }

  /// Plain text in UTF-8.
  public static func text(_ text: String, status: Status = .ok) -> Response {
    Response(status: status, mediaType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
  }

  /// Bytes of a named media type: a picture, a PDF, a CSV file. Offered as a download when it has a name.
  public static func bytes(_ bytes: [UInt8], mediaType: StaticString, downloadName: String? = nil) -> Response {
    var response = Response(status: .ok, mediaType: mediaType.description, body: .bytes(bytes))
    if let downloadName {
      let plain = downloadName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      response.setHeader("Content-Disposition", "attachment; filename=\"\(plain)\"")
    }
    return response
  }

  /// A file that a person has sent us, streamed while it is read. It is shown or saved as what we know it to be,
  /// and can do nothing on the page's behalf: no script of its runs (CSP `sandbox`), and no browser guesses its type.
  ///
  /// - Parameters:
  ///   - chunks: read as fast as the reader takes them; where they throw the connection is cut, so that no reader takes a
  ///     part for the whole.
  ///   - byteCount: how many bytes there are together.
  ///   - use: whether the browser shows it; else it is saved.
  public static func foreign(
    _ chunks: AsyncThrowingStream<[UInt8], any Error>, byteCount: Int, mediaType: StaticString, name: String,
    use: ForeignUse
  ) -> Response {
    var response = Response(
      status: .ok, mediaType: mediaType.description, body: .chunks(ByteStream(chunks, byteCount: byteCount)))
    let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    response.setHeader("Content-Disposition", "\(use == .saved ? "attachment" : "inline"); filename=\"\(plain)\"")
    response.foreignUse = use
    return response
  }

  /// This page with files of others shown in it: its content security policy allows what it forbids to all others.
  public func showingForeign() -> Response {
    var response = self
    response.showsForeign = true
    return response
  }

  /// Server-sent events (WHATWG HTML section 9.2) until the stream is closed or the reader goes away.
  public static func events(_ stream: EventStream) -> Response {
    var response = Response(status: .ok, mediaType: "text/event-stream", body: .events(stream))
    // nginx keeps what passes until a few kilobytes have come together, unless it is told not to.
    response.setHeader("X-Accel-Buffering", "no")
    return response
  }

  /// This refusal as one of which the handler itself has told those who watch the office, by its own name.
  public func noted() -> Response {
    var response = self
    response.isNoted = true
    return response
  }

  /// This response as one whose status says how something is: it was asked for, and nothing has failed that the log should
  /// tell of each time.
  public func reporting() -> Response {
    var response = self
    response.isReport = true
    return response
  }

  /// This response as one that may be packed on its way: nothing in it is a secret from those who may choose its address.
  /// Slow lines gain most by it.
  public func holdingNoSecret() -> Response {
    var response = self
    response.holdsNoSecret = true
    return response
  }

  /// Packed, where it may be, that saves anything, and its reader can unpack it.
  func packed(for headers: RequestHeaders) -> Response {
    guard holdsNoSecret, case .bytes(let bytes) = body else { return self }
    var response = self
    response.setHeader("Vary", "Accept-Encoding")
    guard headers.acceptsGzip, let packed = Gzip.packed(bytes) else { return response }
    response.body = .bytes(packed)
    response.setHeader("Content-Encoding", "gzip")
    return response
  }

  /// Nothing to show (204).
  public static var noContent: Response { Response(status: .noContent) }

  /// This response with one more cookie; a later one of the same name replaces an earlier one.
  public func setting(_ cookie: Cookie) -> Response {
    var response = self
    response.cookies.removeAll { $0.name == cookie.name }
    response.cookies.append(cookie)
    return response
  }

  /// This response with a header field. Characters that could end the line are left out, so nothing a
  /// person typed can become a header of its own.
  public func setting(header name: StaticString, _ value: String) -> Response {
    var response = self
    response.setHeader(name, value)
    return response
  }

  /// This response as the end of what a browser was let into: what our pages keep in it goes, in every tab. Its cache has
  /// none of them (`no-store`), and to clear it would take seconds. Only over TLS, or on one machine, do browsers do so.
  public func clearingBrowser() -> Response {
    setting(header: "Clear-Site-Data", "\"storage\"")
  }

  mutating func setHeader(_ name: StaticString, _ value: String) {
    let name = name.description
    headers.removeAll { $0.name.lowercased() == name.lowercased() }
    headers.append((name, String(decoding: value.utf8.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)))
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// How long the body is; 0 for an event stream, which has no end.
  var byteCount: Int {
    switch body {
    case .bytes(let bytes): bytes.count
    case .chunks(let stream): stream.byteCount
    case .events: 0
    }
  }

  /// Whether it goes on until its reader leaves.
  var isEndless: Bool { if case .events = body { true } else { false } }

  /// The body's bytes; none of an event stream.
  var bytes: [UInt8] {
    if case .bytes(let bytes) = body { bytes } else { [] }
  }
}
