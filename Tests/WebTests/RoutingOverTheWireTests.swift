import Client
import Core
import HTML
import Web
import XCTest

final class RoutingOverTheWireTests: ServingTestCase {
  private func answer(_ server: WebServer, _ raw: String) async throws -> Answer {
    let port = server.port
    return try await offPool {
      let connection = try Connection(port: port)
      try connection.send(raw)
      return try connection.readAnswer(toHead: raw.hasPrefix("HEAD"))
    }
  }

  private var routes: [Route] {
    [
      Route(.get, "/", for: .everyone) { .page($0, title: "Beranda") { h1 { "Beranda" } } },
      Route(.get, "/tiket/:kode", for: .everyone) { .text("kode \($0.parameter("kode"))") },
      Route(.get, "/tiket/baru", for: .everyone) { _ in .text("baru") },
      Route(.post, "/tiket/baru", for: .everyone) { .text("dibuat \($0.form["nama"])") },
      Route(.get, "/cari", for: .everyone) { .text("\($0.query("q") ?? "-")|\($0.path)|\($0.context.address)") },
      Route(.get, "/sekali", for: .everyone, isOnce: true) { _ in .text("sekali") },
      Route(.get, "/ke", for: .everyone) { .redirect(Link(localPath: $0.query("ke") ?? "") ?? "/") },
      Route(.post, "/api/v1/hitung", for: .everyone, accepts: .json) { try .json($0.decode([Int].self).reduce(0, +)) },
    ]
  }

  func testPageIsAnsweredWithItsHeadingAndLanguage() async throws {
    let server = try serve(routes)
    let port = server.port
    let answer = try await offPool { try Browser(port: port).get("/") }
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(answer.heading, "Beranda")
    XCTAssertEqual(answer.header("content-type"), "text/html; charset=utf-8")
    XCTAssertTrue(answer.text.contains("lang=\"id\""))
  }

  func testLiteralSegmentGoesBeforeAParameter() async throws {
    let server = try serve(routes)
    let literal = try await answer(server, "GET /tiket/baru HTTP/1.1\r\nHost: a\r\n\r\n")
    let parameter = try await answer(server, "GET /tiket/7K3M HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(literal.text, "baru")
    XCTAssertEqual(parameter.text, "kode 7K3M")
  }

  func testPercentEncodedSegmentsAreDecodedOnceAndKeepTheirSlashes() async throws {
    let server = try serve(routes)
    let slash = try await answer(server, "GET /tiket/a%2Fb%2520c HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(slash.text, "kode a/b%20c")
  }

  func testEmptySegmentsFallAway() async throws {
    let server = try serve(routes)
    let answer = try await answer(server, "GET //tiket//7K3M/ HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(answer.text, "kode 7K3M")
  }

  func testQueryIsDecodedAndTheReturnAddressLosesTheLanguage() async throws {
    let server = try serve(routes)
    let answer = try await answer(server, "GET /cari?q=a+b%26c&bahasa=en&x=1 HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(answer.text, "a b&c|/cari|/cari?q=a+b%26c&x=1")
  }

  func testHeadIsAnsweredLikeGetWithoutABody() async throws {
    let server = try serve(routes)
    let answer = try await answer(server, "HEAD /tiket/7K3M HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(answer.header("content-length"), "9")
    XCTAssertEqual(answer.body, [])
  }

  func testHeadUsesNothingUpThatIsGivenOnce() async throws {
    let server = try serve(routes)
    let refused = try await answer(server, "HEAD /sekali HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(refused.status, 405)
    XCTAssertEqual(refused.header("allow"), "GET")
    let given = try await answer(server, "GET /sekali HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(given.text, "sekali")
  }

  func testUnknownPathIsAProblemPage() async throws {
    let server = try serve(routes)
    for path in ["/tidak-ada", "/tiket", "/tiket/a/b", "/tiket/%C3%A9/x"] {
      let answer = try await answer(server, "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
      XCTAssertEqual(answer.status, 404, path)
      XCTAssertEqual(answer.heading, "Halaman tidak ditemukan.")
    }
  }

  func testKnownPathWithAnotherMethodSaysWhichAreAllowed() async throws {
    let server = try serve(routes)
    for method in ["DELETE", "PUT", "OPTIONS", "TRACE", "BREW"] {
      let answer = try await answer(server, "\(method) /tiket/baru HTTP/1.1\r\nHost: a\r\n\r\n")
      XCTAssertEqual(answer.status, 405, method)
      XCTAssertEqual(answer.header("allow"), "GET, HEAD, POST", method)
    }
  }

  func testMalformedTargetsAreBadRequests() async throws {
    let server = try serve(routes)
    for target in [
      "/%", "/%2", "/%zz", "/%00", "/a%0d%0ab", "/%ff", "/..", "/a/%2e%2e/b", "/.", "*", "http://x/", "/?%",
      "/cari?q%00x=1", "/cari?q=a%00b", "/cari?q=1&%00",
    ] {
      let answer = try await answer(server, "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
      XCTAssertEqual(answer.status, 400, target)
    }
  }

  func testRequestsThatAreNoHTTPAreRefusedOrCut() async throws {
    let server = try serve(routes) { $0.configuration.limits.idleSecondsMax = 1 }
    for raw in ["\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "HALO\r\n\r\n"] {
      let port = server.port
      let bytes = try await offPool {
        let connection = try Connection(port: port)
        try connection.send(raw)
        connection.finishSending()
        return try connection.readToEnd()
      }
      let text = String(decoding: bytes, as: UTF8.self)
      XCTAssertTrue(text.isEmpty || text.hasPrefix("HTTP/1.1 4") || text.hasPrefix("HTTP/1.0 4"), text)
    }
  }

  func testAmbiguousLengthsAreRefused() async throws {
    let server = try serve(routes)
    for heads in [
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 4\r\nContent-Length: 5\r\n",
      "Content-Length: x\r\n", "Content-Length: -1\r\n", "Content-Length: +4\r\n", "Content-Length: 4, 4\r\n",
      "Host: b\r\n",
      "Content-Length : 4\r\n", "Transfer-Encoding : chunked\r\n", "Content\u{1}Length: 4\r\n", "X: a\u{1}b\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "X(Y): 4\r\n",
    ] {
      let answer = try await answer(
        server,
        "POST /tiket/baru HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n\(heads)\r\n0\r\n\r\n"
      )
      XCTAssertEqual(answer.status, 400, heads)
    }
  }

  func testWhatFollowsARequestWhoseEndIsInDoubtIsNoRequest() async throws {
    let server = try serve(routes)
    let port = server.port
    let hidden = "GET /tiket/SMUGGLED HTTP/1.1\r\nHost: a\r\n\r\n"
    for (heads, status) in [
      ("Content-Length : \(hidden.utf8.count)", 400),
      ("Content-Length: 0\r\nContent-Length: \(hidden.utf8.count)", 400),
      ("Content-Length: \(hidden.utf8.count)x", 400), ("Content-Length: 00000000000000000\(hidden.utf8.count)", 413),
      ("X: a\u{0}\r\nContent-Length: \(hidden.utf8.count)", 400),
      ("Content-Length: 4\r\nTransfer-Encoding: chunked", 400), ("Host: b", 400), ("Transfer-Encoding: gzip", 501),
      ("Transfer-Encoding: gzip, chunked", 501), ("Transfer-Encoding: identity", 501),
      ("Transfer-Encoding: chunked, chunked", 501),
    ] {
      for (method, path) in [("GET", "/"), ("GET", "/.hidup"), ("POST", "/tiket/baru")] {
        let bytes = try await offPool {
          let connection = try Connection(port: port)
          try connection.send("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(heads)\r\n\r\n\(hidden)")
          connection.finishSending()
          return try connection.readToEnd()
        }
        let text = String(decoding: bytes, as: UTF8.self)
        XCTAssertTrue(text.hasPrefix("HTTP/1.1 \(status) "), "\(method) \(heads): \(text.prefix(40))")
        XCTAssertEqual(text.components(separatedBy: "HTTP/1.1 ").count, 2, "\(method) \(heads): \(text)")
        XCTAssertFalse(text.contains("SMUGGLED"), "\(method) \(heads)")
        XCTAssertTrue(text.lowercased().contains("connection: close"), "\(method) \(heads)")
      }
    }
  }

  func testTenKilobytesOfCookiesAreRefusedWithAnAnswer() async throws {
    let server = try serve(routes)
    for cookie in ["a=b; ", "a=\(String(repeating: "b", count: 98)); ", "a=\(String(repeating: "b", count: 4000)); "] {
      for (byteCount, status) in [(7_000, 200), (10_000, 431)] {
        let cookies = String(repeating: cookie, count: byteCount / 4).prefix(byteCount)
        let answer = try await answer(server, "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(cookies)\r\n\r\n")
        XCTAssertEqual(answer.status, status, "\(byteCount) bytes of \(cookie.prefix(9))")
      }
    }
  }

  func testTooLongTargetsAndHeadersAreRefused() async throws {
    let server = try serve(routes)
    let long = String(repeating: "a", count: 3000)
    let target = try await answer(server, "GET /tiket/\(long) HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(target.status, 414)
    let field = String(repeating: "b", count: 13_000)
    let headers = try await answer(server, "GET / HTTP/1.1\r\nHost: a\r\nX: \(field)\r\n\r\n")
    XCTAssertEqual(headers.status, 431)
    let huge = String(repeating: "c", count: 200_000)
    let beyond = try await answer(server, "GET / HTTP/1.1\r\nHost: a\r\nX: \(huge)\r\n\r\n")
    XCTAssertEqual(beyond.status, 431)
  }

  func testPipelinedRequestsAreAnsweredInOrder() async throws {
    let server = try serve(routes)
    let port = server.port
    let texts = try await offPool {
      let connection = try Connection(port: port)
      let codes = (0..<50).map { "K\($0)" }
      try connection.send(codes.map { "GET /tiket/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      return try codes.map { _ in try connection.readAnswer().text }
    }
    XCTAssertEqual(texts, (0..<50).map { "kode K\($0)" })
  }

  func testOldClientsWithoutKeepAliveAreAnswered() async throws {
    let server = try serve(routes)
    let answer = try await answer(server, "GET /tiket/7K3M HTTP/1.0\r\n\r\n")
    XCTAssertEqual(answer.text, "kode 7K3M")
  }

  func testJSONIsReadAndAnotherShapeIsTheCallersProblem() async throws {
    let server = try serve(routes)
    let port = server.port
    let (sum, wrong, form) = try await offPool {
      let browser = Browser(port: port)
      return (
        try browser.postJSON("/api/v1/hitung", "[1,2,3]"), try browser.postJSON("/api/v1/hitung", "{\"a\":1}"),
        try browser.post("/api/v1/hitung", ["a": "1"])
      )
    }
    XCTAssertEqual(sum.text, "6")
    XCTAssertEqual(wrong.status, 422)
    XCTAssertEqual(wrong.header("content-type"), "application/problem+json")
    XCTAssertTrue(wrong.text.contains("\"code\":\"bad-json\""), wrong.text)
    XCTAssertEqual(form.status, 415)
  }

  func testNothingTypedBecomesAHeaderOfItsOwn() async throws {
    let server = try serve(
      routes + [
        Route(.get, "/kop", for: .everyone) { request in
          Response.text("x").setting(header: "X-Echo", request.header("x-in") ?? "")
            .setting(header: "X-Raw", "a\r\nSet-Cookie: jahat=1\r\n\r\n<b>")
            .setting(Cookie("nama", "a; Path=/x\r\nX-Jahat: 1"))
        }
      ])
    let redirect = try await answer(server, "GET /ke?ke=/a%20b HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(redirect.location, "/")
    let abroad = try await answer(server, "GET /ke?ke=//jahat.example/ HTTP/1.1\r\nHost: a\r\n\r\n")
    XCTAssertEqual(abroad.location, "/")
    let echoed = try await answer(server, "GET /kop HTTP/1.1\r\nHost: a\r\nX-In: b\r\n\r\n")
    XCTAssertEqual(echoed.header("x-raw"), "aSet-Cookie: jahat=1<b>")
    XCTAssertNil(echoed.header("x-jahat"))
    XCTAssertEqual(echoed.all("set-cookie"), ["nama=aPathxX-Jahat1; Path=/; HttpOnly; SameSite=Lax"])
  }
}
