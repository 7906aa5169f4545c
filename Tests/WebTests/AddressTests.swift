import Client
import Core
import HTML
import Web
import XCTest

/// Addresses name nobody: what names or opens a case stands in routes' parameters, and never on the line.
final class AddressTests: ServingTestCase {
  private static let number = "123456789092"
  private static let code = "7K3M9QXH2B4TA"

  private var routes: [Route] {
    [
      Route(.get, "/", for: .everyone) { request in
        .page(request, title: "Beranda") {
          h1 { "Beranda" }
          a(.href("/berkas/\(Self.number)/rinci?nomor=12")) { "Rinci" }
          a(.href(("/cari" as Link).adding("nomor", Self.number).adding("layanan", "paspor").going(to: "isi"))) {
            "Cari"
          }
          a(.href("/berkas/baru")) { "Baru" }
          // The same route, spelled in other ways.
          a(.href(Link(localPath: "/berkas//\(Self.number)/rinci") ?? "/")) { "Ganda" }
          a(.href(Link(localPath: "/ber%6Bas/\(Self.number)/rinci") ?? "/")) { "Sandi" }
          div(.data("live", ("/berkas/\(Self.code)/peristiwa" as Link).description)) { "…" }
          form(.method(.post), .action("/berkas/\(Self.number)")) {
            input(.type(.hidden), .name("_csrf"), .value(request.context.csrf))
            input(.type(.hidden), .name("kode"), .value(Self.code))
            button(.button(.submit)) { "Kirim" }
          }
          form(.method(.get), .action("/cari")) {
            HTML.select(.name("petugas")) {
              option(.value("")) { "Semua" }
              option(.value("90017"), .selected()) { "Sari" }
            }
            HTML.select(.name("layanan")) { option(.value("paspor-90017")) { "Paspor" } }
            input(.type(.hidden), .name("nomor"), .value("90018"))
            button(.button(.submit)) { "Cari" }
          }
        }
      },
      Route(.get, "/berkas/:nomor/rinci", for: .everyone) { request in
        .page(request, title: "Rinci") {
          h1 { "nomor \(request.parameter("nomor")) \(request.query("nomor") ?? "-")" }
          p { request.context.address.description }
        }
      },
      Route(.get, "/berkas/:kode/peristiwa", for: .everyone) { .text($0.parameter("kode")) },
      Route(.get, "/berkas/baru", for: .everyone) { .page($0, title: "Baru") { h1 { "Baru" } } },
      Route(.post, "/berkas/:nomor", for: .everyone) { request in
        let link: Link = "/berkas/\(request.parameter("nomor"))/rinci"
        guard request.prefersPage else { return .redirect(link) }
        return .page(request, title: "Rinci") { h1 { "Tercatat" } }.standing(at: link)
      },
      Route(.get, "/cari", for: .everyone) { request in
        .page(request, title: "Cari") {
          h1 { "\(request.query("nomor") ?? "-") \(request.query("layanan") ?? "-")" }
          p { "petugas \(request.query("petugas") ?? "-")" }
        }
      },
    ]
  }

  private func browse(_ work: @escaping @Sendable (Browser) throws -> Void) async throws {
    let port = try serve(routes).port
    try await offPool { try work(Browser(port: port)) }
  }

  func testNoAddressOnAPageHoldsANumberOrACode() async throws {
    try await browse { browser in
      let page = try browser.get("/")
      let sent = String(decoding: try XCTUnwrap(page.sent?.body), as: UTF8.self)
      XCTAssertFalse(sent.contains(Self.number))
      XCTAssertFalse(sent.contains("/\(Self.code)"))
      XCTAssertTrue(sent.contains("layanan=paspor#isi"), "what names nobody stays")
      XCTAssertTrue(sent.contains("href=\"/berkas/baru\""), "a literal is no number")
      XCTAssertTrue(page.links.contains("/berkas/\(Self.number)/rinci?nomor=12"), "the browser alone can read it")
      XCTAssertTrue(page.text.contains("/berkas/\(Self.code)/peristiwa"))
    }
  }

  func testALinkAFormAndARedirectLeadWhereTheyWouldWithNumbers() async throws {
    try await browse { browser in
      let page = try browser.get("/")
      let sent = Markup(try XCTUnwrap(page.sent?.body)).links
      let link = try XCTUnwrap(sent.first { $0.hasPrefix("/berkas/~") })
      let shown = try browser.get(link)
      XCTAssertEqual(shown.heading, "nomor \(Self.number) 12")
      let answer = try browser.submit(try XCTUnwrap(page.form(to: "/berkas/\(Self.number)")))
      XCTAssertEqual(answer.location, "/berkas/\(Self.number)/rinci")
      XCTAssertFalse(try XCTUnwrap(answer.sent?.location).contains(Self.number))
      let search = try XCTUnwrap(sent.first { $0.hasPrefix("/cari") })
      XCTAssertEqual(try browser.get(String(search.prefix { $0 != "#" })).heading, "\(Self.number) paspor")
    }
  }

  func testAPageThatComesWithAFormsAnswerStandsAtACoveredAddress() async throws {
    try await browse { browser in
      let form = try XCTUnwrap(browser.get("/").form(to: "/berkas/\(Self.number)"))
      let answer = try browser.submitForPage(form)
      XCTAssertEqual(answer.status, 200)
      XCTAssertEqual(answer.heading, "Tercatat")
      XCTAssertEqual(answer.header("preference-applied"), "return=representation")
      let address = try XCTUnwrap(answer.header("content-location"))
      XCTAssertTrue(address.hasPrefix("/berkas/~"), address)
      XCTAssertEqual(try browser.get(address).heading, "nomor \(Self.number) -")
      for (preference, status) in [
        ("respond-async, Return=Representation; x=1", 200), ("return=minimal", 303), ("returns=representation", 303),
      ] {
        let said = try browser.post(form.action, fields: form.fields, [("Prefer", preference)])
        XCTAssertEqual(said.status, status, preference)
      }
    }
  }

  /// What a list or a hidden field of such a form holds is written into the address by the browser itself.
  func testAFormThatAsksForAPageWritesNobodyIntoItsAddress() async throws {
    try await browse { browser in
      let page = try browser.get("/")
      let sent = String(decoding: try XCTUnwrap(page.sent?.body), as: UTF8.self)
      XCTAssertFalse(sent.contains("\"90017\"") || sent.contains("\"90018\""), sent)
      XCTAssertTrue(sent.contains("value=\"paspor-90017\""), "what names nobody stays")
      XCTAssertTrue(sent.contains("value=\"\""), "nobody in particular")
      XCTAssertTrue(sent.contains("name=\"kode\" value=\"\(Self.code)\""), "no address holds what a form sends apart")
      let form = try XCTUnwrap(page.form(to: "/cari"))
      XCTAssertEqual(form["petugas"], "90017", "the browser alone can read it")
      let values = Markup(Array(sent.utf8)).tags.compactMap { $0.attributes["value"] }.filter { $0.hasPrefix("~") }
      XCTAssertEqual(values.count, 2)
      let shown = try browser.get("/cari?petugas=\(values[0])&layanan=paspor&nomor=\(values[1])")
      XCTAssertEqual(shown.heading, "90018 paspor")
      XCTAssertTrue(shown.text.contains("petugas 90017"))
    }
  }

  func testTheSameValueHasTheSameAddressInABrowserAndAnotherInTheNext() async throws {
    let port = try serve(routes).port
    try await offPool {
      let (one, other) = (Browser(port: port), Browser(port: port))
      let first = try XCTUnwrap(one.get("/").sent?.body)
      let again = try XCTUnwrap(one.get("/").sent?.body)
      let elsewhere = try XCTUnwrap(other.get("/").sent?.body)
      let links = [first, again, elsewhere].map { Markup($0).links.first { $0.hasPrefix("/berkas/~") } }
      XCTAssertEqual(links[0], links[1], "bookmarks and the back button")
      XCTAssertNotEqual(links[0], links[2])
      let foreign = try other.get(try XCTUnwrap(links[0]))
      XCTAssertEqual(foreign.status, 404)
      XCTAssertTrue(foreign.text.contains("data-code=\"address-closed\""))
      let search = try XCTUnwrap(Markup(first).links.first { $0.hasPrefix("/cari") })
      let lost = try other.get(String(search.prefix { $0 != "#" }))
      XCTAssertEqual(lost.heading, "- paspor", "a query of another browser is as if it were not there")
    }
  }

  func testANumberThatWasWrittenIntoTheAddressIsTakenOutOfItAtOnce() async throws {
    let port = try serve(routes).port
    try await offPool {
      let browser = Browser(port: port)
      let shown = try browser.get("/berkas/\(Self.number)/rinci?bahasa=en&nomor=7")
      XCTAssertEqual(shown.status, 200)
      XCTAssertEqual(shown.heading, "nomor \(Self.number) 7")
      // As `Browser` follows it: the first answer is a redirect, and sets the cookie that opens what it leads to.
      let connection = try Connection(port: port)
      try connection.send("GET /berkas/\(Self.number)/rinci HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
      let answer = try connection.readAnswer(toHead: false)
      XCTAssertEqual(answer.status, 303)
      XCTAssertTrue(answer.location?.hasPrefix("/berkas/~") ?? false, answer.location ?? "")
      let cookies = answer.all("set-cookie").map { String($0.prefix { $0 != ";" }) }
      XCTAssertTrue(cookies.contains { $0.hasPrefix("tamu=") })
      // What it leads to is still the first page that this browser sees, and is answered as such, once.
      XCTAssertTrue(cookies.contains("menuju=ya"), "\(cookies)")
      let way = "GET \(answer.location ?? "") HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n"
      try connection.send(way + "Cookie: \(cookies.joined(separator: "; "))\r\n\r\n")
      let first = try connection.readAnswer(toHead: false)
      XCTAssertEqual(first.status, 200)
      XCTAssertTrue(first.all("set-cookie").contains { $0.hasPrefix("menuju=;") && $0.contains("Max-Age=0") })
      XCTAssertEqual(answer.header("cache-control"), "no-store")
      XCTAssertEqual(answer.header("referrer-policy"), "same-origin")
    }
  }

  func testWhatNoBrowserWasGivenOpensNothing() async throws {
    try await browse { browser in
      _ = try browser.get("/")
      for made in [
        "~", "~0", "~" + String(repeating: "0", count: 45), "~ILOU", "~" + String(repeating: "Z", count: 900),
      ] {
        let answer = try browser.get("/berkas/\(made)/rinci")
        XCTAssertEqual(answer.status, 404, made)
        XCTAssertEqual(try browser.get("/cari?nomor=\(made)").status, 200, made)
      }
    }
  }
}
