/// A person's browser without a screen: one connection that is kept open, cookies, and the form token
/// of the last page. Blocking; use it from one thread at a time, or see `Visitor`.
public final class Browser {
  /// What came in before the token of a page is found again in the next form.
  private static let tokenField = "_csrf"

  private static let identityCookie = "tamu"

  /// Who is told of all that the browsers ask for which are made meanwhile.
  @TaskLocal public static var witness: (any BrowserWitness)?
  /// The language of those that are made without one.
  @TaskLocal public static var usualLanguage = "id"

  public let port: UInt16
  /// Sent with every request.
  public var headers: [(name: String, value: String)]
  public private(set) var cookies: [String: String] = [:]
  /// The form token of the last page that had one.
  public private(set) var token = ""
  private let timeout: Duration
  private let witness: (any BrowserWitness)?
  private var connection: Connection?

  public init(port: UInt16, language: String = Browser.usualLanguage, timeout: Duration = .seconds(10)) {
    self.port = port
    witness = Self.witness
    self.timeout = timeout
    headers = [("Accept-Language", language), ("Accept", "text/html,*/*")]
  }

  /// Asks for a page.
  public func get(_ path: String, _ extra: KeyValuePairs<String, String> = [:]) throws -> Answer {
    try request("GET", path, extra.map { ($0.key, $0.value) })
  }

  /// Asks for a page, and follows redirects to where they end.
  public func visit(_ path: String) throws -> Answer { try follow(get(path)) }

  /// Follows redirects to where they end, ten at most.
  public func follow(_ answer: Answer) throws -> Answer {
    var answer = answer
    for _ in 0..<10 {
      guard answer.status == 303, let location = answer.location else { break }
      answer = try get(location)
    }
    return answer
  }

  /// Sends a form's fields with the token of the last page, unless they hold one themselves.
  public func post(
    _ path: String, _ fields: KeyValuePairs<String, String>, _ extra: KeyValuePairs<String, String> = [:]
  ) throws -> Answer {
    try post(path, fields: fields.map { ($0.key, $0.value) }, extra.map { ($0.key, $0.value) })
  }

  /// Sends a form's fields with the token of the last page, unless they hold one themselves.
  public func post(
    _ path: String, fields: [(name: String, value: String)], _ extra: [(name: String, value: String)] = []
  ) throws -> Answer {
    var fields = fields
    if !fields.contains(where: { $0.name == Self.tokenField }) { fields.append((Self.tokenField, token)) }
    let body = fields.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    return try request(
      "POST", path, [("Content-Type", "application/x-www-form-urlencoded")] + extra, body: Array(body.utf8))
  }

  /// Presses the button of a form.
  public func submit(_ form: PageForm) throws -> Answer { try post(form.action, fields: form.fields) }

  /// What the console's script says with each form: the page to which it leads is to come with the answer (RFC 7240).
  public static let forPage: KeyValuePairs<String, String> = ["Prefer": "return=representation"]

  /// Presses the button of a form as the console's script does. The answer names the address of its page (`Content-Location`).
  public func submitForPage(_ form: PageForm) throws -> Answer {
    try post(form.action, fields: form.fields, Self.forPage.map { ($0.key, $0.value) })
  }

  /// Gives the signed-in officer's password anew, as acts ask for it that come long after signing in.
  ///
  /// - Parameter code: of the app or the paper, of an officer who has any.
  public func prove(_ password: String, code: String? = nil) throws {
    let form = try visit("/petugas/bukti").form(to: "/petugas/bukti")?.filled(["_bukti-sandi": password])
    guard let form, try submit(code.map { form.filled(["_bukti-kode": $0]) } ?? form).status == 303 else {
      throw OfficeProcess.Failure(description: "the password was not taken as a proof")
    }
  }

  /// Presses the button of a page that asks whether something may end; an answer that asks nothing is given as it is.
  public func confirm(_ asked: Answer) throws -> Answer {
    guard let form = asked.forms.first(where: { $0["_yakin"] != nil }) else { return asked }
    return try submit(form)
  }

  /// Sends a JSON document.
  public func postJSON(_ path: String, _ document: String) throws -> Answer {
    try request("POST", path, [("Content-Type", "application/json")], body: Array(document.utf8))
  }

  /// Sends a multipart form.
  public func postMultipart(_ path: String, _ parts: [MultipartPart]) throws -> Answer {
    let boundary = "----gapura-client-boundary"
    let parts = parts.contains { $0.name == Self.tokenField } ? parts : [MultipartPart(Self.tokenField, token)] + parts
    let body = parts.flatMap { $0.bytes(boundary: boundary) } + Array("--\(boundary)--\r\n".utf8)
    return try request("POST", path, [("Content-Type", "multipart/form-data; boundary=\(boundary)")], body: body)
  }

  /// Any request. A kept connection that the server has closed meanwhile is opened again, once.
  public func request(
    _ method: String, _ path: String, _ extra: [(name: String, value: String)] = [], body: [UInt8] = []
  ) throws -> Answer {
    witness?.willAsk(method, at: port)
    let answer = try ask(method, path, extra, body)
    witness?.saw(BrowserExchange(method: method, path: path, answer: answer))
    return answer
  }

  private func ask(
    _ method: String, _ path: String, _ extra: [(name: String, value: String)], _ body: [UInt8]
  ) throws -> Answer {
    let bytes = message(method, path, extra, body)
    let answer: Answer
    if let kept = connection, let again = try? exchange(bytes, over: kept, method) {
      answer = again
    } else {
      let fresh = try Connection(port: port, timeout: timeout)
      connection = fresh
      answer = try exchange(bytes, over: fresh, method)
    }
    remember(answer)
    guard let identity = cookies[Self.identityCookie] ?? cookies["__Host-\(Self.identityCookie)"] else { return answer }
    let read = answer.read(by: AddressReader(identity: identity))
    // An address that was written out is taken out of the line at once; it is the same page.
    if read.status == 303, method == "GET" || method == "HEAD", let sent = read.sent?.location, path != sent,
      AddressReader.isSame(path, read.location ?? "")
    {
      return try ask(method, sent, extra, [])
    }
    return read
  }

  /// Opens an event stream on a connection of its own.
  public func events(_ path: String, after lastEventID: String? = nil) throws -> EventReader {
    witness?.willAsk("GET", at: port)
    let connection = try Connection(port: port, timeout: timeout)
    let last = lastEventID.map { [("Last-Event-ID", $0)] } ?? []
    try connection.send(message("GET", path, [("Accept", "text/event-stream")] + last, []))
    let reader = try EventReader(connection)
    witness?.saw(BrowserExchange(method: "GET", path: path, answer: reader.head))
    return reader
  }

  /// Forgets all cookies, as a new person would have none.
  public func forgetCookies() { cookies = [:] }

  /// Takes a cookie from elsewhere.
  public func setCookie(_ name: String, _ value: String) { cookies[name] = value }

  /// Closes the kept connection.
  public func close() {
    connection?.close()
    connection = nil
  }

  private func exchange(_ bytes: [UInt8], over connection: Connection, _ method: String) throws -> Answer {
    try connection.send(bytes)
    let answer = try connection.readAnswer(toHead: method == "HEAD")
    if answer.header("connection")?.lowercased() == "close" { close() }
    return answer
  }

  private func message(
    _ method: String, _ path: String, _ extra: [(name: String, value: String)], _ body: [UInt8]
  ) -> [UInt8] {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
    let replaced = Set(extra.map { $0.name.lowercased() })
    for (name, value) in headers where !replaced.contains(name.lowercased()) { text += "\(name): \(value)\r\n" }
    for (name, value) in extra { text += "\(name): \(value)\r\n" }
    if !cookies.isEmpty {
      text += "Cookie: \(cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; "))\r\n"
    }
    if method != "GET" && method != "HEAD" { text += "Content-Length: \(body.count)\r\n" }
    return Array((text + "\r\n").utf8) + body
  }

  private func remember(_ answer: Answer) {
    for line in answer.all("set-cookie") {
      let parts = line.split(separator: ";")
      let sides = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else { continue }
      let isRemoved = parts.contains { $0.lowercased().filter { $0 != " " } == "max-age=0" }
      cookies[String(sides[0])] = isRemoved ? nil : String(sides[1])
    }
    guard answer.header("content-type")?.hasPrefix("text/html") == true else { return }
    if let found = answer.firstValue(of: Self.tokenField) { token = found }
  }

  /// Percent-encodes all but unreserved characters, so it fits a query as well as a form.
  public static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte)
      bytes += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One part of a multipart form (RFC 7578).
public struct MultipartPart: Sendable {
  let name: String
  private let fileName: String?
  private let mediaType: String
  private let content: [UInt8]

  /// A field.
  public init(_ name: String, _ value: String) {
    self.name = name
    fileName = nil
    mediaType = ""
    content = Array(value.utf8)
  }

  /// A file.
  public init(_ name: String, fileName: String, mediaType: String, _ content: [UInt8]) {
    self.name = name
    self.fileName = fileName
    self.mediaType = mediaType
    self.content = content
  }

  /// As it goes over the wire.
  public func bytes(boundary: String) -> [UInt8] {
    var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\""
    if let fileName { head += "; filename=\"\(fileName)\"\r\nContent-Type: \(mediaType)" }
    return Array("\(head)\r\n\r\n".utf8) + content + Array("\r\n".utf8)
  }
}
