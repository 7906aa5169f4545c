import Client
import Foundation

/// A person who asks over TLS and HTTP/2, from an address of their own below 127.0.0.0/8, with cookies.
final class Curl {
  /// An answer, and the version of HTTP in which it came: `2`, `1.1`.
  struct Reply {
    let version: String
    let answer: Answer
  }

  private let proxy: ReverseProxy
  private let port: UInt16
  private let origin: String
  private let address: String
  private let jar: URL

  /// - Parameter isSecure: over TLS, as people do; else where they are sent there.
  init(_ proxy: ReverseProxy, from address: String = "127.0.0.2", isSecure: Bool = true) {
    self.proxy = proxy
    self.address = address
    port = isSecure ? proxy.port : proxy.plainPort
    origin = "\(isSecure ? "https" : "http")://\(ReverseProxy.name):\(port)"
    jar = proxy.certificate.deletingLastPathComponent().appendingPathComponent("cookies-\(UUID().uuidString)")
  }

  func get(_ path: String, _ headers: [String] = []) throws -> Reply {
    try ask(path, headers.flatMap { ["-H", $0] })
  }

  func post(_ form: PageForm) throws -> Reply {
    let fields = form.fields.map { "\($0.name)=\(Browser.encoded($0.value))" }
    return try ask(form.action, ["--data-raw", fields.joined(separator: "&")])
  }

  /// Sends a file with a form.
  ///
  /// - Parameter isRefusedEarly: the answer may come before all is sent, of which curl 7.88 loses the body in HTTP/2.
  func upload(
    _ form: PageForm, _ content: [UInt8], as field: String, isRefusedEarly: Bool = false
  ) throws -> Reply {
    let file = jar.appendingPathExtension("file")
    try Data(content).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let fields = form.fields.flatMap { ["-F", "\($0.name)=\($0.value)"] }
    let version = isRefusedEarly ? ["--http1.1"] : []
    return try ask(form.action, version + fields + ["-F", "\(field)=@\(file.path);type=application/pdf"])
  }

  /// Sends bytes as a form that announces its length. The answer may come before all is sent.
  func post(_ path: String, _ body: [UInt8]) throws -> Reply {
    let file = jar.appendingPathExtension("body")
    try Data(body).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ask(path, ["--http1.1", "--data-binary", "@\(file.path)"])
  }

  /// Whether it is answered over TLS 1.2 with that cipher suite alone.
  func isServed(with cipher: String) throws -> Bool {
    do {
      return try ask("/", ["--tls-max", "1.2", "--ciphers", cipher]).answer.status == 200
    } catch let failure as ChildProcess.Failure where failure.description.contains("handshake failure") {
      return false
    }
  }

  /// Follows an event stream; its lines are what the program writes.
  func events(_ path: String) throws -> ChildProcess {
    // As a browser's `EventSource` asks: no page is wanted.
    let asking = options.map { $0.hasPrefix("Accept:") ? "Accept: text/event-stream" : $0 }
    return try ChildProcess("/usr/bin/curl", asking + ["--no-buffer", "--fail", origin + path])
  }

  /// Signs an officer in.
  func signIn(_ name: String, _ password: String) throws {
    let page = try get("/petugas/masuk").answer
    guard let form = page.form(to: "/petugas/masuk"),
      try post(form.filled(["nama": name, "sandi": password])).answer.status == 303
    else { throw HallVisitor.Unexpected(description: "\(name) is not signed in") }
  }

  /// Applies for a first passport.
  ///
  /// - Returns: the path of the receipt.
  func apply(person: Int) throws -> String {
    let path = "/ajukan/paspor-elektronik-10"
    guard let form = try get(path).answer.form(to: path),
      let receipt = try post(form.filled(HallVisitor.answers(person: person))).answer.location
    else { throw HallVisitor.Unexpected(description: "no receipt") }
    return receipt
  }

  private var options: [String] {
    [
      "--silent", "--show-error", "--http2", "--path-as-is", "--cacert", proxy.certificate.path,
      "--resolve", "\(ReverseProxy.name):\(port):127.0.0.1", "--interface", address, "--max-time", "60", "--cookie",
      jar.path, "--cookie-jar", jar.path, "--header", "Expect:", "--header", "Accept: text/html,*/*",
    ]
  }

  private func ask(_ path: String, _ more: [String]) throws -> Reply {
    let said = try ChildProcess.run("/usr/bin/curl", options + ["--include"] + more + [origin + path]).output
    let blank = Array("\r\n\r\n".utf8)
    guard let end = said.firstRange(of: blank) else {
      throw HallVisitor.Unexpected(description: "no answer from \(path)")
    }
    let lines = String(decoding: said[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let first = lines[0].split(separator: " ")
    var answer = Answer(status: Int(first[1]) ?? 0)
    answer.headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      return (line[..<colon].lowercased(), String(value))
    }
    answer.body = Array(said[end.upperBound...])
    return Reply(version: String(first[0].dropFirst("HTTP/".count)), answer: answer)
  }
}
