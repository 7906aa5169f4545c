/// An answer as it came over the wire.
public struct Answer: Sendable {
  public let status: Int
  /// Header fields in their order, names in lower case.
  public var headers: [(name: String, value: String)] = []
  public var body: [UInt8] = []
  /// Where a redirect leads and what the body was as they came over the wire, where numbers and codes in addresses have
  /// been read since (`AddressReader`); nil where there were none.
  public private(set) var sent: Sent?

  /// What came over the wire.
  public struct Sent: Sendable {
    public let location: String?
    public let body: [UInt8]
  }

  public init(status: Int) { self.status = status }

  /// This answer with its addresses as the browser's cookie tells them.
  func read(by reader: AddressReader) -> Answer {
    let isPlain = header("content-encoding") == nil && header("content-type")?.hasPrefix("text/html") == true
    let (location, text) = (location.map(reader.read), isPlain ? reader.read(body) : body)
    guard location != self.location || text != body else { return self }
    var answer = self
    answer.sent = Sent(location: self.location, body: body)
    answer.body = text
    answer.headers = headers.map { $0.name == "location" ? ($0.name, location ?? $0.value) : $0 }
    return answer
  }

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The first header field of that name (in lower case).
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// Every header field of that name (in lower case).
  public func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// Where a redirect leads.
  public var location: String? { header("location") }

  /// The text of the page's `h1`.
  public var heading: String? { Markup(body).firstText("h1") }

  /// The forms of the page, in order.
  public var forms: [PageForm] { Markup(body).forms }

  /// The first form that leads to the path.
  public func form(to action: String) -> PageForm? { forms.first { $0.action == action } }

  /// What the page's first hidden field of that name holds: an identifier or a token, nothing that needs escaping.
  /// Found without taking the page apart, for those who open tens of thousands.
  public func firstValue(of field: String) -> String? {
    let start = Array("name=\"\(field)\" value=\"".utf8)
    guard let place = body.firstRange(of: start) else { return nil }
    return String(decoding: body[place.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
  }

  /// Where the page's links lead, in order.
  public var links: [String] { Markup(body).links }
}
