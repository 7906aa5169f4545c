internal import Client
internal import Core
internal import HTML
internal import Synchronization
internal import Web

/// The real web face with a few routes, on any free port; what its handlers were given is kept for the entries to look at.
final class FuzzOffice: Sendable {
  /// A form as a handler was given it.
  struct Form: Equatable {
    var entries: [FormInput.Entry] = []
    var files: [FormInput.Upload] = []
  }

  /// One server for all entries: each would start the same.
  static let shared = Result { try FuzzOffice() }

  let server: WebServer
  private let seen: Seen
  private let ticket = Mutex<(cookie: String, token: String)?>(nil)

  var port: UInt16 { server.port }

  private init() throws {
    seen = Seen()
    var configuration = WebConfiguration()
    configuration.port = 0
    configuration.rates = [:]
    configuration.limits.lateRefusal = .zero
    server = try WebServer(
      WebServer.Parts(
        configuration: configuration,
        office: WebOffice(
          name: LocalizedText([.indonesian: "Kantor Imigrasi Uji", .english: "Test Immigration Office"]), zone: .wib),
        locales: try Locales.load(directory: "\(Repository.root)/share/locales"), routes: Self.routes(seen),
        signer: FuzzSigner()))
    try server.start()
  }

  private static func routes(_ seen: Seen) -> [Route] {
    [
      Route(.get, "/", for: .everyone) { request in
        .page(request, title: "Uji") {
          h1 { "Uji" }
          form(.method(.post), .action("/formulir")) { hiddenFields(request.context, submission: "K1") }
        }
      },
      Route(.get, "/gema/:kata", for: .everyone) { request in .text(request.parameter("kata")) },
      Route(.get, "/cari", for: .everyone) { request in .text(request.query("q") ?? "-") },
      Route(.get, "/petugas/uji", for: .officers(with: .serve)) { _ in .text("petugas") },
      Route(.post, "/json", for: .everyone, accepts: .json) { request in .text(String(request.body.count)) },
      Route(.post, "/formulir", for: .everyone) { request in
        seen.note(Form(entries: request.form.entries, files: request.form.uploads))
        return .text("diterima")
      },
      Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: 1 << 20)) { request in
        var form = Form(entries: request.form.entries)
        for try await file in request.uploads {
          var bytes: [UInt8] = []
          for try await chunk in file.chunks { bytes += chunk }
          form.files.append(
            FormInput.Upload(field: file.field, fileName: file.fileName, mediaType: file.mediaType, bytes: bytes))
        }
        seen.note(form)
        return .text("diterima")
      },
    ]
  }

  // MARK: Forms

  /// Whether a body is announced with its length, or comes in chunks of that size.
  enum Framing {
    case whole
    case chunks(byteCount: Int)
  }

  /// Sends a body and gives what a handler was given of it; nil where it was refused.
  func post(
    _ body: [UInt8], as mediaType: String, to path: String, _ framing: Framing, over connection: FuzzConnection
  ) throws -> (answer: Answer, form: Form?) {
    let (cookie, token) = try proof()
    var request = Array(
      """
      POST \(path) HTTP/1.1\r
      Host: uji\r
      Cookie: \(cookie)\r
      X-CSRF-Token: \(token)\r
      Content-Type: \(mediaType)\r

      """.utf8)
    switch framing {
    case .whole: request += Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    case .chunks(let byteCount):
      request += Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
      for start in stride(from: 0, to: body.count, by: byteCount) {
        let chunk = body[start..<min(start + byteCount, body.count)]
        request += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
      }
      request += Array("0\r\n\r\n".utf8)
    }
    seen.take()
    let answer = try connection.ask(request, on: port)
    return (answer, answer.status == 200 ? seen.take() : nil)
  }

  /// The cookie and the token of a page that was asked for once.
  private func proof() throws -> (cookie: String, token: String) {
    if let known = ticket.withLock({ $0 }) { return known }
    let browser = Browser(port: port)
    _ = try browser.get("/")
    let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    ticket.withLock { $0 = (cookie, browser.token) }
    return (cookie, browser.token)
  }
}

/// What the last handler was given.
private final class Seen: Sendable {
  private let form = Mutex<FuzzOffice.Form?>(nil)

  func note(_ form: FuzzOffice.Form) { self.form.withLock { $0 = form } }

  @discardableResult
  func take() -> FuzzOffice.Form? {
    form.withLock { form in
      defer { form = nil }
      return form
    }
  }
}

/// Signs with a key that everybody knows.
struct FuzzSigner: RequestSigner {
  func sign(_ bytes: [UInt8]) -> [UInt8] { SHA256.digest(Array("uji".utf8) + bytes) }
}

/// A connection that is kept open from one input to the next and opened again when it was closed.
final class FuzzConnection: Sendable {
  private static let patience = Duration.seconds(4)
  private let kept = Mutex<Connection?>(nil)

  static func open(on port: UInt16) throws -> Connection { try Connection(port: port, timeout: patience) }

  func ask(_ request: [UInt8], on port: UInt16) throws -> Answer {
    try kept.withLock { kept in
      if let connection = kept {
        do { return try Self.exchange(request, over: connection, &kept) } catch { kept = nil }
      }
      return try Self.exchange(request, over: Self.open(on: port), &kept)
    }
  }

  private static func exchange(
    _ request: [UInt8], over connection: Connection, _ kept: inout Connection?
  ) throws -> Answer {
    try connection.send(request)
    let answer = try connection.readAnswer()
    kept = answer.header("connection")?.lowercased() == "close" ? nil : connection
    return answer
  }
}
