import Client
import Core
import Foundation
import HTML
import Web
import XCTest

final class FormOverTheWireTests: ServingTestCase {
  /// A page with a form, and a handler that says what it got.
  private var routes: [Route] {
    [
      Route(.get, "/ajukan", for: .everyone) { request in
        .page(request, title: "Ajukan") {
          h1 { "Ajukan" }
          form(.method(.post), .action("/ajukan")) { hiddenFields(request.context, submission: "K1") }
        }
      },
      Route(.post, "/ajukan", for: .everyone) { request in
        let fields = request.form.entries.filter { $0.name != FormInput.csrfField }
        let uploads = request.form.uploads.map { "\($0.field)/\($0.fileName)/\($0.mediaType)/\($0.bytes.count)" }
        return .text((fields.map { "\($0.name)=\($0.value)" } + uploads).joined(separator: "|"))
      },
      Route(.post, "/simpan", for: .everyone) { request in
        let told = request.form.errors.map { "\($0.field): \($0.message)" }
        return .text(request.form.isAcceptable ? "kept \(request.form["nama"])" : told.joined(separator: "|"))
      },
      Route(.post, "/alir", for: .everyone, accepts: .upload(byteCountMax: 1_000_000)) { request in
        var names: [String] = []
        for try await file in request.uploads { names.append("\(file.field)/\(file.fileName)") }
        return .text(names.joined(separator: "|"))
      },
      Route(.post, "/unggah", for: .everyone, bodyByteCountMax: 1_000_000) { request in
        .text(String(request.form.uploads.first?.bytes.count ?? -1))
      },
    ]
  }

  private func browse<Value: Sendable>(
    _ change: (inout WebServer.Parts) -> Void = { _ in }, _ work: @escaping @Sendable (Browser) throws -> Value
  ) async throws -> Value {
    let port = try serve(routes, change).port
    return try await offPool {
      let browser = Browser(port: port)
      _ = try browser.get("/ajukan")
      return try work(browser)
    }
  }

  private static func raw(_ browser: Browser, _ body: String, type: String = "application/x-www-form-urlencoded") throws
    -> Answer
  {
    try browser.request("POST", "/ajukan", [("Content-Type", type)], body: Array(body.utf8))
  }

  func testFieldsArriveDecodedInTheirOrder() async throws {
    let answer = try await browse { browser in
      try browser.post("/ajukan", ["nama": "Siti & Ayu", "kota": "Yogyakarta é 山", "kosong": "", "nama": "dua+dua=4"])
    }
    XCTAssertEqual(answer.text, "nama=Siti & Ayu|kota=Yogyakarta é 山|kosong=|nama=dua+dua=4")
  }

  func testOddButValidBodiesAreRead() async throws {
    let texts = try await browse { browser in
      let token = browser.token
      return try [
        "_csrf=\(token)", "a=1&_csrf=\(token)&b", "_csrf=\(token)&a=%41+%2B", "_csrf=\(token)&=x",
        "_csrf=\(token)&a=%zz",
      ]
      .map { try Self.raw(browser, $0) }
    }
    XCTAssertEqual(texts.map(\.status).filter { $0 >= 500 }, [])
    XCTAssertEqual(texts[0].text, "")
    XCTAssertEqual(texts[2].text, "a=A +")
  }

  func testControlCharactersFallAwayAndLineEndsAreOne() async throws {
    let answer = try await browse { browser in
      try Self.raw(browser, "_csrf=\(browser.token)&a=x%00y%1b%5B31m%0d%0az%09&b=%ff%fe")
    }
    XCTAssertEqual(answer.text, "a=xy[31m\nz\t|b=\u{FFFD}\u{FFFD}")
  }

  func testWhatNoFieldTakesIsRefusedBesideItBeforeAHandlerLooks() async throws {
    let answers = try await browse { browser in
      let pile = "a" + String(repeating: "\u{301}", count: 300)
      return try ["Budi\u{0}", "\u{1B}[31mBudi", pile, "Bu\u{202E}di\u{200B}\u{FEFF}"].map {
        try browser.post("/simpan", ["nama": $0])
      }
    }
    XCTAssertTrue(answers[0].text.hasPrefix("nama: ") && answers[0].text.contains("U+0000"), answers[0].text)
    XCTAssertTrue(answers[1].text.contains("U+001B"), answers[1].text)
    XCTAssertTrue(answers[2].text.contains("8"), answers[2].text)
    XCTAssertEqual(answers[3].text, "kept Budi")
  }

  func testANameThatANULWouldEndIsRefusedAndNotCut() async throws {
    let (pairs, multipart) = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=batas")
    func part(_ head: String) -> String {
      "--batas\r\nContent-Disposition: form-data; \(head)\r\n\r\n1\r\n--batas--\r\n"
    }
    let heads = [
      "name=\"a\u{0}b\"", "name=\"a\"\u{0}; filename=\"f\"", "name=\"a\"; filename=\"f\u{0}.exe\"",
      "name=\"a\"; filename=\"f\"\r\nContent-Type: image/png\u{0}", "name=\"a\"\r\nX\u{0}: 1",
      "name=\"a\"; name=\"b\"", "name=\"a\"; filename=\"f\" g",
    ]
    let bodies =
      ["a%00b=1", "a\u{0}b=1", "x=1&%00=1", "a%00", "a%0Ab=1"].map { ("/ajukan", pairs, $0) }
      + heads.flatMap { [("/ajukan", multipart, part($0)), ("/alir", multipart, part($0))] }
    let statuses = try await browse { browser in
      try bodies.map { path, type, body in
        let fields: [(name: String, value: String)] = [("Content-Type", type), ("X-CSRF-Token", browser.token)]
        return try browser.request("POST", path, fields, body: Array(body.utf8)).status
      }
    }
    for (body, status) in zip(bodies, statuses) { XCTAssertEqual(status, 400, String(reflecting: body)) }
  }

  func testFormsAsBrowsersAndOthersWriteThemAreRead() async throws {
    let multipart = "multipart/form-data; charset=utf-8; boundary=\"batas\""
    let disposition = "Content-Disposition: form-data; name="
    let answers = try await browse { browser in
      try [
        ("/ajukan", "application/x-www-form-urlencoded", "&&a=%zz%4&b&=c&d=1=2&&"),
        (
          "/ajukan", multipart,
          "pembuka\r\n--batas\r\ncontent-disposition:form-data;name=a\r\nX-Lain: 1\r\n\r\n1\r\n--bata\r\n\r\n--batas\r\n"
            + "\(disposition)\"b\"; filename=\"name=c\"\r\n\r\n\r\n--batas--\r\nekor"
        ),
        ("/alir", multipart, "--batas\r\n\(disposition)\"b\"; filename=\"%22c\"\r\n\r\n\r\n--batas--"),
      ].map { path, type, body in
        let fields: [(name: String, value: String)] = [("Content-Type", type), ("X-CSRF-Token", browser.token)]
        return try browser.request("POST", path, fields, body: Array(body.utf8)).text
      }
    }
    XCTAssertEqual(answers, ["a=%zz%4|b=|=c|d=1=2", "a=1\n--bata\n|b/name=c//0", "b/%22c"])
  }

  /// Sends a body in chunks of that size, which reach the reader of forms as they were sent.
  private static func inPieces(_ body: String, of byteCount: Int, type: String, _ browser: Browser) throws -> String {
    let bytes = Array(body.utf8)
    let connection = try Connection(port: browser.port)
    let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    try connection.send(
      "POST /ajukan HTTP/1.1\r\nHost: a\r\nCookie: \(cookies)\r\nX-CSRF-Token: \(browser.token)\r\n"
        + "Content-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n")
    for start in stride(from: 0, to: bytes.count, by: byteCount) {
      let piece = Array(bytes[start..<min(start + byteCount, bytes.count)])
      try connection.send(Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8))
    }
    try connection.send("0\r\n\r\n")
    return try connection.readAnswer().text
  }

  func testAFormIsTheSameInPiecesOfAnySize() async throws {
    let part = "--batas\r\nContent-Disposition: form-data; name="
    let forms = [
      ("nama=%C3%A9a&x=&x=1&kota=%41b", "application/x-www-form-urlencoded", "nama=éa|x=|x=1|kota=Ab"),
      (
        "\(part)\"nama\"\r\n\r\nSiti\r\n\(part)\"x\"\r\n\r\n\r\n\(part)\"x\"\r\n\r\n1\r\n--batas--\r\n",
        "multipart/form-data; boundary=batas", "nama=Siti|x=|x=1"
      ),
    ]
    for (body, type, wanted) in forms {
      let texts = try await browse { browser in
        try (1...40).map { try Self.inPieces(body, of: $0, type: type, browser) }
      }
      XCTAssertEqual(Set(texts), [wanted])
    }
  }

  func testMultipartFieldsAndFilesArrive() async throws {
    let answer = try await browse { browser in
      try browser.postMultipart(
        "/ajukan",
        [
          MultipartPart("nama", "Siti\r\nAyu"), MultipartPart("kosong", ""),
          MultipartPart("foto", fileName: "f.jpg", mediaType: "image/jpeg", [0, 1, 2, 255, 13, 10, 45, 45]),
          MultipartPart("tanpa", fileName: "", mediaType: "application/octet-stream", []),
        ])
    }
    XCTAssertEqual(answer.text, "nama=Siti\nAyu|kosong=|foto/f.jpg/image/jpeg/8")
  }

  func testLargeUploadReachesARouteThatTakesItAndNoOther() async throws {
    let file = [UInt8](repeating: 0x2D, count: 700_000)
    let (taken, refused) = try await browse { browser in
      let part = MultipartPart("berkas", fileName: "b.pdf", mediaType: "application/pdf", file)
      return (try browser.postMultipart("/unggah", [part]), try browser.postMultipart("/ajukan", [part]))
    }
    XCTAssertEqual(taken.text, "700000")
    XCTAssertEqual(refused.status, 413)
  }

  func testTooLargeBodiesAreRefusedWithTheLimitInWords() async throws {
    let answer = try await browse({ $0.configuration.limits.bodyByteCountMax = 10 * 1024 }) { browser in
      try browser.post("/ajukan", ["a": String(repeating: "x", count: 20_000)])
    }
    XCTAssertEqual(answer.status, 413)
    XCTAssertEqual(answer.heading, "Data yang Anda kirim terlalu besar.")
    XCTAssertTrue(answer.text.contains("Paling banyak 10 kB"), answer.text)
  }

  func testTooLargeChunkedBodiesAreRefusedToo() async throws {
    let port = try serve(routes) { $0.configuration.limits.bodyByteCountMax = 10 * 1024 }.port
    let answer = try await offPool {
      let connection = try Connection(port: port)
      try connection.send(
        "POST /ajukan HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
      )
      let piece = "a=" + String(repeating: "x", count: 998)
      for _ in 0..<100 { try connection.send("3e8\r\n\(piece)\r\n") }
      try connection.send("0\r\n\r\n")
      return try connection.readAnswer()
    }
    XCTAssertEqual(answer.status, 413)
  }

  func testEndlessBodyIsCut() async throws {
    let port = try serve(routes) {
      $0.configuration.limits.bodyByteCountMax = 1024
      $0.configuration.limits.discardedByteCountMax = 100_000
    }.port
    let wasCut = try await offPool {
      let connection = try Connection(port: port)
      try connection.send(
        "POST /ajukan HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
      )
      let chunk = "2710\r\n" + String(repeating: "x", count: 10_000) + "\r\n"
      for _ in 0..<20_000 { do { try connection.send(chunk) } catch { return true } }
      return false
    }
    XCTAssertTrue(wasCut)
  }

  func testAnnouncedGiantIsRefusedBeforeItIsSent() async throws {
    let port = try serve(routes).port
    let answer = try await offPool {
      let connection = try Connection(port: port)
      try connection.send(
        "POST /ajukan HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n"
      )
      return try connection.readAnswer()
    }
    XCTAssertEqual(answer.status, 413)
  }

  func testBodyShorterThanAnnouncedReachesNoHandler() async throws {
    let turnstile = Turnstile()
    let server = try serve([
      Route(.post, "/a", for: .everyone) { _ in
        await turnstile.pass()
        return .text("a")
      }
    ]) { $0.configuration.limits.idleSecondsMax = 1 }
    let port = server.port
    try await offPool {
      let connection = try Connection(port: port)
      try connection.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=1"
      )
      connection.close()
    }
    try await eventually("the connection is gone") { server.statistics.connectionCount == 0 }
    XCTAssertEqual(server.statistics.answerCount, 0)
  }

  func testTooManyFieldsAreRefused() async throws {
    let answer = try await browse { browser in
      try browser.post("/ajukan", fields: (0..<400).map { ("f\($0)", "1") })
    }
    XCTAssertEqual(answer.status, 413)
    XCTAssertTrue(answer.text.contains("300"), answer.text)
  }

  func testOtherMediaTypesAreNotTaken() async throws {
    for type in ["text/plain", "application/json", "application/xml", "", "multipart/mixed; boundary=x"] {
      let answer = try await browse { try Self.raw($0, "a=1", type: type) }
      XCTAssertEqual(answer.status, 415, type)
    }
  }

  func testBrokenMultipartIsTheSendersProblem() async throws {
    for (type, body) in [
      ("multipart/form-data", "a=1"), ("multipart/form-data; boundary=", "a=1"),
      ("multipart/form-data; boundary=\"batas", "--batas\r\n\r\na\r\n--batas--"),
      ("multipart/form-data; boundary=batas", "kacau"),
      ("multipart/form-data; boundary=batas", "--batas\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"),
      ("multipart/form-data; boundary=\(String(repeating: "b", count: 2000))", "--b\r\n"),
    ] {
      let answer = try await browse { try Self.raw($0, body, type: type) }
      XCTAssertTrue([400, 403].contains(answer.status), "\(type): \(answer.status)")
    }
  }

  func testRandomBodiesNeverBreakTheServer() async throws {
    let seed =
      ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...9999)
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    let alphabet = Array("ab=&%+;\r\n-\"x\u{0}\u{1}:".utf8) + [0xFF]
    let statuses = try await browse { browser in
      try (0..<300).map { _ in
        let body = (0..<random.below(200)).map { _ in alphabet[random.below(alphabet.count)] }
        let type = random.below(2) == 0 ? "application/x-www-form-urlencoded" : "multipart/form-data; boundary=batas"
        let prefix = random.below(2) == 0 ? Array("--batas\r\nContent-Disposition: form-data; name=\"".utf8) : []
        return try browser.request("POST", "/ajukan", [("Content-Type", type)], body: prefix + body).status
      }
    }
    XCTAssertEqual(statuses.filter { ![200, 400, 403, 413].contains($0) }, [])
  }
}
