import Client
import Core
import HTML
import Web
import XCTest

final class SessionTests: ServingTestCase {
  private var routes: [Route] {
    [
      Route(.get, "/formulir", for: .everyone) { request in
        .page(request, title: "Formulir") {
          h1 { request.words("form.optional") }
          form(.method(.post), .action("/formulir")) { hiddenFields(request.context, submission: nil) }
        }
      },
      Route(.post, "/formulir", for: .everyone) { .text("terkirim \($0.form["nama"])") },
      Route(.post, "/petugas/masuk", for: .everyone) { _ in .text("masuk") },
      Route(.get, "/petugas/antrean", for: .officers(with: .serve)) { .text("halo \($0.officer?.name ?? "-")") },
      Route(.post, "/petugas/panggil", for: .officers(with: .serve)) { .text("\($0.principal)") },
      Route(.get, "/petugas/laporan", for: .officers(with: .hall)) { _ in .text("laporan") },
      Route(.get, "/petugas/rusak", for: .officers(with: .serve)) { _ in throw Broken(nik: "3171234567890001") },
      Route(.get, "/siapa", for: .everyone) { .text("\($0.principal)") },
      Route(.get, "/beri", for: .everyone) { _ in Response.text("x").setting(.officer(token: "T0KENCLERK")) },
    ]
  }

  private struct Broken: Error { let nik: String }

  private func browse<Value: Sendable>(
    _ change: (inout WebServer.Parts) -> Void = { _ in }, _ work: @escaping @Sendable (Browser) throws -> Value
  ) async throws -> Value {
    let port = try serve(routes, change).port
    return try await offPool { try work(Browser(port: port)) }
  }

  // MARK: Form tokens

  func testFormOfAPageIsAccepted() async throws {
    let answer = try await browse { browser in
      let page = try browser.get("/formulir")
      return try browser.submit(
        page.forms.first { $0.action == "/formulir" }?.filled(["nama": "Siti"]) ?? PageForm.none)
    }
    XCTAssertEqual(answer.text, "terkirim Siti")
  }

  func testFormWithoutATokenIsRefusedAndCanBeSentAgainWithNothingLost() async throws {
    let (refused, again) = try await browse { browser in
      let refused = try browser.post("/formulir", ["nama": "Siti \"A\" <b>", "_csrf": "salah"])
      let form = refused.form(to: "/formulir")
      return (refused, try browser.submit(form ?? PageForm.none))
    }
    XCTAssertEqual(refused.status, 403)
    XCTAssertEqual(refused.heading, try Self.locales().words(.indonesian)("problem.csrf.title"))
    XCTAssertEqual(again.text, "terkirim Siti \"A\" <b>")
  }

  func testTokenLooksDifferentOnEveryPageAndEachIsAccepted() async throws {
    let port = try serve(routes).port
    let (tokens, statuses) = try await offPool {
      let browser = Browser(port: port)
      let tokens = try (0..<5).map { _ in
        _ = try browser.get("/formulir")
        return browser.token
      }
      return (tokens, try tokens.map { try browser.post("/formulir", ["nama": "Siti", "_csrf": $0]).status })
    }
    XCTAssertEqual(Set(tokens).count, 5, "the same one would show through the size of packed pages")
    XCTAssertEqual(statuses, [200, 200, 200, 200, 200])
  }

  func testTokenWithAnyDigitChangedIsRefused() async throws {
    let port = try serve(routes).port
    let statuses = try await offPool {
      let browser = Browser(port: port)
      _ = try browser.get("/formulir")
      let token = Array(browser.token)
      return try token.indices.map { place in
        var wrong = token
        wrong[place] = wrong[place] == "0" ? "1" : "0"
        return try browser.post("/formulir", ["_csrf": String(wrong)]).status
      } + [try browser.post("/formulir", ["_csrf": String(token.dropLast(2))]).status]
    }
    XCTAssertEqual(Set(statuses), [403])
  }

  func testOnlyPagesThatHoldNoSecretArePacked() async throws {
    let words = String(repeating: "kata-kata ", count: 200)
    @Sendable func page(_ request: Request) -> Response { .page(request, title: "x") { p { words } } }
    let port = try serve([
      Route(.get, "/rahasia", for: .everyone) { page($0) },
      Route(.get, "/terbuka", for: .everyone) { page($0).holdingNoSecret() },
    ]).port
    let answers = try await offPool {
      let browser = Browser(port: port)
      return try [("/rahasia", "gzip"), ("/terbuka", "gzip, br"), ("/terbuka?a=b", "gzip"), ("/terbuka", "gzip;q=0")]
        .map { try browser.get($0.0, ["Accept-Encoding": $0.1]) }
    }
    XCTAssertEqual(answers.map { $0.header("content-encoding") }, [nil, "gzip", nil, nil])
    XCTAssertEqual(answers[1].header("vary"), "Accept-Encoding")
    XCTAssertEqual(answers[1].body.prefix(2), [0x1F, 0x8B])
    XCTAssertLessThan(answers[1].body.count * 2, answers[3].body.count)
  }

  func testTokenOfAnotherVisitorIsRefused() async throws {
    let port = try serve(routes).port
    let status = try await offPool {
      let mine = Browser(port: port)
      let other = Browser(port: port)
      _ = try other.get("/formulir")
      _ = try mine.get("/formulir")
      return try mine.post("/formulir", ["_csrf": other.token]).status
    }
    XCTAssertEqual(status, 403)
  }

  func testFormTypedBeforeARestartIsAcceptedAfterIt() async throws {
    let first = try serve(routes)
    let port = first.port
    let (cookies, token) = try await offPool {
      let browser = Browser(port: port)
      _ = try browser.get("/formulir")
      return (browser.cookies, browser.token)
    }
    await first.stop()
    let second = try serve(routes).port
    let answer = try await offPool {
      let browser = Browser(port: second)
      for (name, value) in cookies { browser.setCookie(name, value) }
      return try browser.post("/formulir", ["nama": "Siti", "_csrf": token])
    }
    XCTAssertEqual(answer.text, "terkirim Siti")
  }

  func testRequestFromAnotherSiteIsRefusedWithoutAWayToSendItAgain() async throws {
    let answer = try await browse { browser in
      _ = try browser.get("/formulir")
      return try browser.post("/formulir", ["nama": "x"], ["Sec-Fetch-Site": "cross-site"])
    }
    XCTAssertEqual(answer.status, 403)
    XCTAssertNil(answer.form(to: "/formulir"))
  }

  func testPasswordsAreNeverPutIntoAPage() async throws {
    let (signIn, secret) = try await browse { browser in
      (
        try browser.post("/petugas/masuk", ["nama": "sari", "kunci": "rahasia-sekali", "_csrf": ""]),
        try browser.post("/formulir", ["sandi": "rahasia-sekali", "_csrf": ""])
      )
    }
    for answer in [signIn, secret] {
      XCTAssertEqual(answer.status, 403)
      XCTAssertFalse(answer.text.contains("rahasia-sekali"))
    }
  }

  // MARK: Officers

  func testOfficersPageSendsStrangersToSignInAndBack() async throws {
    let answer = try await browse { try $0.get("/petugas/antrean?loket=3") }
    XCTAssertEqual(answer.status, 303)
    XCTAssertEqual(answer.location, "/petugas/masuk?kembali=%2Fpetugas%2Fantrean%3Floket%3D3")
  }

  func testOfficersActionOfAStrangerIsUnauthorized() async throws {
    let (form, script, unknown) = try await browse { browser in
      let form = try browser.post("/petugas/panggil", [:])
      let script = try browser.get("/petugas/antrean", ["Accept": "application/json"])
      browser.setCookie("petugas", "TIDAKDIKENAL")
      return (form, script, try browser.get("/petugas/antrean"))
    }
    XCTAssertEqual(form.status, 401)
    XCTAssertEqual(form.heading, "Anda perlu masuk dahulu.")
    XCTAssertEqual(script.status, 401)
    XCTAssertEqual(script.header("content-type"), "application/problem+json")
    XCTAssertEqual(unknown.status, 303)
  }

  func testOfficerIsKnownByTheSessionCookieAndARoleTooLowIsForbidden() async throws {
    let (page, report, action, who) = try await browse { browser in
      _ = try browser.get("/beri")
      let page = try browser.get("/petugas/antrean")
      let report = try browser.get("/petugas/laporan")
      return (page, report, try browser.post("/petugas/panggil", [:]), try browser.get("/siapa"))
    }
    XCTAssertEqual(page.text, "halo Sari")
    XCTAssertEqual(report.status, 403)
    XCTAssertEqual(report.heading, "Akun Anda tidak berwenang untuk ini.")
    XCTAssertEqual(action.text, "officer:7:clerk")
    XCTAssertEqual(who.text, "officer:7:clerk")
  }

  func testNobodyIsSignedInWhereNobodyKeepsAccounts() async throws {
    let answer = try await browse({ $0.gatekeeper = nil }) { browser in
      browser.setCookie("petugas", "T0KENCLERK")
      return try browser.get("/petugas/antrean")
    }
    XCTAssertEqual(answer.status, 303)
  }

  // MARK: Cookies and headers

  func testBehindTLSCookiesAreSecureAndBrowsersStayWithTLS() async throws {
    let answer = try await browse({ $0.configuration.publicBaseURL = "https://antrean.example.go.id" }) { browser in
      try browser.get("/formulir")
    }
    let cookie = answer.all("set-cookie").first { $0.hasPrefix("__Host-tamu=") }
    XCTAssertEqual(cookie?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"), true, "\(answer.all("set-cookie"))")
    XCTAssertNotNil(answer.header("strict-transport-security"))
  }

  func testUnderTLSOnlyCookiesWithThePrefixAreTaken() async throws {
    let texts = try await browse({
      $0.configuration.publicBaseURL = "https://antrean.example.go.id"
      $0.routes.append(Route(.get, "/kue", for: .everyone) { .text($0.cookie("berkas") ?? "tidak ada") })
    }) { browser in
      browser.setCookie("berkas", "asing")
      let planted = try browser.get("/kue").text
      browser.setCookie("__Host-berkas", "kami")
      return [planted, try browser.get("/kue").text]
    }
    XCTAssertEqual(texts, ["tidak ada", "kami"])
  }

  func testEveryAnswerCarriesTheSecurityHeaders() async throws {
    let answers = try await browse { browser in
      [
        try browser.get("/formulir"), try browser.get("/tidak-ada"), try browser.get("/petugas/antrean"),
        try browser.get("/siapa"), try browser.post("/formulir", ["_csrf": "x"]), try browser.get("/.hidup"),
      ]
    }
    for answer in answers {
      let policy = answer.header("content-security-policy") ?? ""
      XCTAssertTrue(policy.hasPrefix("default-src 'none'; script-src 'self';"), policy)
      XCTAssertFalse(policy.contains("unsafe"))
      XCTAssertEqual(answer.header("x-content-type-options"), "nosniff")
      XCTAssertEqual(answer.header("referrer-policy"), "same-origin")
      XCTAssertEqual(answer.header("cache-control"), "no-store")
      XCTAssertEqual(answer.header("cross-origin-opener-policy"), "same-origin")
      XCTAssertNotNil(answer.header("permissions-policy"))
      XCTAssertNil(answer.header("strict-transport-security"))
    }
  }

  func testLanguageIsChosenByQueryThenCookieThenBrowser() async throws {
    let headings = try await browse { browser in
      browser.headers = [("Accept-Language", "fr, en;q=0.8, id;q=0.7")]
      let browsers = try browser.get("/formulir").heading
      let chosen = try browser.get("/formulir?bahasa=id").heading
      let kept = try browser.get("/formulir").heading
      let unknown = try browser.get("/formulir?bahasa=xx").heading
      return [browsers, chosen, kept, unknown]
    }
    XCTAssertEqual(headings, ["(optional)", "(tidak wajib)", "(tidak wajib)", "(tidak wajib)"])
  }

  func testDisplaySettingsAreKeptAndLeadBackToThePage() async throws {
    let (changed, page, away) = try await browse { browser in
      let before = try browser.get("/formulir")
      let form = before.form(to: "/tampilan")?.filled(["_tampilan.besar": "ya"]) ?? PageForm.none
      let changed = try browser.submit(form)
      let page = try browser.follow(changed)
      return (changed, page, try browser.post("/tampilan", ["_halaman": "//jahat.example/"]))
    }
    XCTAssertEqual(changed.location, "/formulir")
    XCTAssertTrue(page.text.contains("class=\"large\""), String(page.text.prefix(200)))
    XCTAssertEqual(away.location, "/")
  }

  // MARK: Faults and rates

  func testFaultIsLoggedByKindAndReferenceAndNeverByItsWords() async throws {
    let log = KeptLog()
    let answer = try await browse({ $0.log = log }) { browser in
      browser.setCookie("petugas", "T0KENCLERK")
      return try browser.get("/petugas/rusak")
    }
    XCTAssertEqual(answer.status, 500)
    XCTAssertFalse(answer.text.contains("3171234567890001"))
    XCTAssertEqual(log.lines.count, 1)
    let line = log.lines.first ?? ""
    XCTAssertFalse(line.contains("3171234567890001"), line)
    XCTAssertTrue(line.contains("web.route=GET /petugas/rusak"), line)
    let reference = line.split(separator: "=").last.map(String.init) ?? "?"
    XCTAssertTrue(answer.text.contains(reference), "\(reference) is not on the page")
  }

  func testTooManyRequestsAreToldWhenToComeBack() async throws {
    let clock = ManualClock(Instant(milliseconds: 1_000_000))
    let port = try serve([
      Route(.get, "/lacak", for: .everyone) { request in
        try request.allow(.lookUp)
        return .text("ada")
      }
    ]) {
      $0.clock = clock
      $0.configuration.rates = [.lookUp: Rate(burst: 3, perMinute: 6)]
    }.port
    let statuses = try await offPool {
      let browser = Browser(port: port)
      var answers = try (0..<4).map { _ in try browser.get("/lacak") }
      clock.advance(by: .seconds(10))
      answers.append(try browser.get("/lacak"))
      return answers.map { "\($0.status) \($0.header("retry-after") ?? "-")" }
    }
    XCTAssertEqual(statuses, ["200 -", "200 -", "200 -", "429 10", "200 -"])
  }

  func testForwardedAddressesAreBelievedFromTrustedProxiesOnly() async throws {
    func statuses(trusted: [RemoteAddress], _ forwarded: [String]) async throws -> [Int] {
      let port = try serve([
        Route(.get, "/lacak", for: .everyone) { request in
          try request.allow(.lookUp)
          return .text("ada")
        }
      ]) {
        $0.configuration.trustedProxies = trusted
        $0.configuration.rates = [.lookUp: Rate(burst: 1, perMinute: 1)]
      }.port
      return try await offPool {
        let browser = Browser(port: port)
        return try forwarded.map { try browser.get("/lacak", ["X-Forwarded-For": $0]).status }
      }
    }
    let proxy = try XCTUnwrap(RemoteAddress("127.0.0.1"))
    let unbelieved = try await statuses(trusted: [], ["198.51.100.1", "198.51.100.2"])
    XCTAssertEqual(unbelieved, [200, 429])
    let believed = try await statuses(trusted: [proxy], ["198.51.100.1", "198.51.100.2", "198.51.100.1"])
    XCTAssertEqual(believed, [200, 200, 429])
    let forged = try await statuses(trusted: [proxy], ["10.0.0.1, 198.51.100.1", "10.0.0.2, 198.51.100.1, 127.0.0.1"])
    XCTAssertEqual(forged, [200, 429])
  }
}

extension PageForm {
  /// Stands for a form that a page should have had; submitting it fails the test.
  static let none = PageForm(to: "/tidak-ada-formulir")
}
