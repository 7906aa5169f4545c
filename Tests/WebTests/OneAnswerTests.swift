import Client
import Core
import Foundation
import Web
import XCTest

/// What is refused before a route is looked for: one answer, in our words and with our header fields, and the connection's
/// end; whether we find the fault or libmicrohttpd.
final class OneAnswerTests: ServingTestCase {
  private static let routes = [
    Route(.get, "/", for: .everyone) { _ in .text("beranda") },
    Route(.post, "/kirim", for: .everyone) { _ in .text("dikirim") },
  ]

  private static let form = "Content-Type: application/x-www-form-urlencoded\r\n"
  private static let chunked = "POST /kirim HTTP/1.1\r\nHost: a\r\n\(form)Transfer-Encoding: chunked\r\n\r\n"

  private static func head(_ fields: String) -> String { "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" }

  private static let lines: [(bytes: String, status: Int)] = [
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505), ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), ("GET / http/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
    ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\nHost: a\n\n", 400), ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET\u{0}X / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /\u{0}a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\u{0}\r\nHost: a\r\n\r\n", 400),
    ("GET /\(String(repeating: "a", count: 3_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    ("GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    ("GET /?\(String(repeating: "a&", count: 3_000)) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
  ]

  private static let fields: [(bytes: String, status: Int)] = [
    ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n", 400), (head("Host: a\r\n"), 400), (head("abc\r\n"), 400),
    (head(": a\r\n"), 400), (head("X : a\r\n"), 400), (head("X: a\r\n b\r\n"), 400), (head("X: a\rb\r\n"), 400),
    (head("X: a\u{0}b\r\n"), 400), (head("X: a\u{0}\r\n"), 400), (head("X\u{0}: a\r\n"), 400),
    (head("Cookie: a=b\u{0}c\r\n"), 400), (head("X: \(String(repeating: "a", count: 13_000))\r\n"), 431),
    (head("X: \(String(repeating: "a", count: 200_000))\r\n"), 431),
    (head(String(repeating: "X: y\r\n", count: 2_000)), 431), (head(String(repeating: "X: y\r\n", count: 8_000)), 431),
    (head("Cookie: \(String(repeating: "a;", count: 20_000))\r\n"), 431), (head("Expect: 200-maybe\r\n"), 417),
  ]

  private static let framings: [(bytes: String, status: Int)] = [
    (head("Content-Length: 12a\r\n"), 400), (head("Content-Length: -1\r\n"), 400),
    (head("Content-Length: +4\r\n"), 400), (head("Content-Length:\r\n"), 400),
    (head("Content-Length: 4, 4\r\n"), 400), (head("Content-Length: 0x4\r\n"), 400),
    (head("Content-Length: 4\r\nContent-Length: 4\r\n"), 400),
    (head("Content-Length: 99999999999999999999999\r\n"), 413), (head("Content-Length: 9223372036854775808\r\n"), 413),
    ("POST /kirim HTTP/1.1\r\nHost: a\r\n\(form)Content-Length: 99999999999\r\n\r\n", 413),
    (head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400), (head("Transfer-Encoding: gzip\r\n"), 501),
    (head("Transfer-Encoding: identity\r\n"), 501), (head("Transfer-Encoding: gzip, chunked\r\n"), 501),
    ("POST /kirim HTTP/1.0\r\n\(form)Transfer-Encoding: chunked\r\n\r\n", 400), ("\(chunked)zz\r\nab\r\n", 400),
    ("\(chunked)2\r\nabXX", 400), ("\(chunked)-2\r\nab\r\n", 400), ("\(chunked)2\r\nab\r\n0\r\nabc\r\n\r\n", 400),
    ("\(chunked)fffffffffffffffffff\r\n", 413),
  ]

  /// Everything that comes until the connection ends.
  private func everything(to bytes: String, on port: UInt16) async throws -> String {
    try await offPool {
      let connection = try Connection(port: port)
      // The server may have ended it before all of it is sent.
      _ = try? connection.send(bytes)
      let answer = try connection.readToEnd(orReset: true)
      return String(decoding: answer, as: UTF8.self)
    }
  }

  func testWhateverIsRefusedBeforeRoutingGetsOneAnswerAndTheConnectionEnds() async throws {
    let port = try serve(Self.routes).port
    for (bytes, status) in Self.lines + Self.fields + Self.framings {
      let what = String(reflecting: String(bytes.prefix(90)))
      let text = try await everything(to: bytes, on: port)
      XCTAssertTrue(text.hasPrefix("HTTP/1.1 \(status) "), "\(what): \(text.prefix(60))")
      XCTAssertEqual(text.components(separatedBy: "HTTP/1.1 ").count, 2, "\(what): \(text)")
      let parts = text.components(separatedBy: "\r\n\r\n")
      let head = (parts.first ?? "").lowercased()
      for field in [
        "connection: close", "content-security-policy: default-src 'none'", "x-content-type-options: nosniff",
        "cache-control: no-store", "content-type: text/html",
      ] { XCTAssertTrue(head.contains("\r\n\(field)"), "\(what): no \(field) in \(head)") }
      let body = parts.dropFirst().joined(separator: "\r\n\r\n")
      XCTAssertTrue("\(head)\r\n".contains("\r\ncontent-length: \(body.utf8.count)\r\n"), "\(what): \(head)")
      XCTAssertTrue(body.contains("<html lang=\"id\""), what)
    }
  }

  func testTheRefusalIsInTheReadersLanguageAndForm() async throws {
    let port = try serve(Self.routes).port
    let english = try await everything(to: Self.head("Accept-Language: en\r\nContent-Length: 12a\r\n"), on: port)
    XCTAssertTrue(english.contains("<html lang=\"en\""), english)
    let cut = try await everything(to: Self.head("Accept-Language: en\r\nabc\r\n"), on: port)
    XCTAssertTrue(cut.contains("<html lang=\"en\""), cut)
    let document = try await everything(to: Self.head("Accept: application/json\r\nX\r\n"), on: port)
    XCTAssertTrue(document.contains("\"code\":\"bad-request\""), document)
  }

  func testWhatIsSoundIsNotRefused() async throws {
    let port = try serve(Self.routes).port
    for bytes in [
      Self.head("Connection: close\r\n"), Self.head("X:\r\nY: \r\nZ:\t a \t\r\nConnection: close\r\n"),
      Self.head("Content-Length: 0 \r\nConnection: close\r\n"), "\r\n\r\n\(Self.head("Connection: close\r\n"))",
      "GET / HTTP/1.0\r\n\r\n", "GET /?\(String(repeating: "&", count: 1_000)) HTTP/1.0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
      Self.head("Cookie: \(String(repeating: "a;", count: 3_500))\r\nConnection: close\r\n"),
    ] {
      let text = try await everything(to: bytes, on: port)
      XCTAssertTrue(text.hasPrefix("HTTP/1.1 200 "), "\(String(reflecting: bytes.prefix(90))): \(text.prefix(60))")
      XCTAssertTrue(text.hasSuffix("\r\n\r\nberanda"), text)
    }
    // It ends where it says, and only then is found to lack the token of a form.
    let body = "\(Self.form)Transfer-Encoding: Chunked \r\nConnection: close\r\n\r\n3\r\na=1\r\n0\r\n\r\n"
    let text = try await everything(to: "POST /kirim HTTP/1.1\r\nHost: a\r\n\(body)", on: port)
    XCTAssertTrue(text.hasPrefix("HTTP/1.1 403 "), text)
  }

  func testWhoSendsNothingElseGetsNoPages() async throws {
    let server = try serve(Self.routes) { $0.configuration.rates[.request] = Rate(burst: 1, perMinute: 1) }
    let first = try await everything(to: Self.head("Content-Length: x\r\n"), on: server.port)
    let second = try await everything(to: Self.head("Content-Length: x\r\n"), on: server.port)
    let third = try await everything(to: "GET / HTTP/2.0\r\n\r\n", on: server.port)
    XCTAssertTrue(first.hasPrefix("HTTP/1.1 400 "), first)
    for text in [second, third] {
      XCTAssertTrue(text.hasPrefix("HTTP/1.1 503 "), text)
      XCTAssertFalse(text.contains("<html"), text)
      XCTAssertEqual(text.components(separatedBy: "HTTP/1.1 ").count, 2, text)
    }
  }
}
