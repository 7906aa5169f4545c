import Client
import Contracts
import Core
import ModuleHarness
import PasskeyHarness
import Web
import XCTest

@testable import Officers

/// A first sign-in that leads through a passkey, and what its officer is asked for afterwards: nothing that needs an app.
final class FirstPasskeyTests: XCTestCase {
  private static let own = StaffedOffice.password.exposed
  private static let first = "/petugas/faktor/pertama"
  private static let action = "/petugas/faktor/pertama/kunci"

  // MARK: Ways in

  func testASupervisorIsLedThroughAPasskeyAndOnToTheWantedPage() async throws {
    for language in ["id", "en"] {
      try await serving { office, served in
        let siti = try await office.add("siti", role: .supervisor)
        let words = office.base.locales.words(Language(rawValue: language))
        let visitor = served.visitor(language)
        let page = try await begin(visitor)
        XCTAssertEqual(page.heading, words("officers.enrolment.first-title"))
        XCTAssertNotNil(page.form(to: Self.first), "the app stands beside it")
        let places = [words("officers.enrolment.passkey-title"), words("officers.enrolment.title")].map {
          page.text.range(of: $0)?.lowerBound
        }
        XCTAssertLessThan(try XCTUnwrap(places[0]), try XCTUnwrap(places[1]), "the passkey comes first")

        var key = try SoftKey()
        let done = try await make(&key, visitor, page)
        assertSound(done)
        XCTAssertEqual(done.status, 200)
        XCTAssertEqual(done.header("cache-control")?.contains("no-store"), true)
        XCTAssertEqual(Self.paper(done).count, RecoveryCode.count)
        XCTAssertTrue(done.all("set-cookie").contains { $0.contains("perangkat=") })
        XCTAssertTrue(Markup(done.body).links.contains("/petugas/akun"), "on to the page that was wanted")
        let open = try await visitor.get("/petugas/akun")
        XCTAssertEqual(open.status, 200)
        let ways = try await office.office.factors.ways(of: siti.id)
        XCTAssertEqual(ways, FactorService.Ways(hasApp: false, hasPaper: true, hasPasskey: true, hasAny: true))
        for path in ["/petugas/kunci", "/petugas/faktor"] { assertSound(try await visitor.visit(path)) }
        let again = try await visitor.get(Self.first)
        XCTAssertEqual(again.status, 303, "it is set up")
      }
    }
  }

  func testAnOfficerWithAPasskeyAloneIsAskedForNoApp() async throws {
    for language in ["id", "en"] {
      try await serving { office, served in
        try await office.add("siti", role: .supervisor)
        let words = office.base.locales.words(Language(rawValue: language))
        var key = try SoftKey()
        let beginner = served.visitor(language)
        let first = try await begin(beginner)
        let made = try await make(&key, beginner, first)
        XCTAssertEqual(made.status, 200)

        // Without a name typed.
        let visitor = served.visitor(language)
        let page = try await visitor.visit("/petugas/masuk?kembali=%2Fpetugas%2Fakun")
        let shown = try await visitor.submit(
          XCTUnwrap(page.form(to: "/petugas/masuk/kunci")).filled(key.show(visitor.get("/petugas/masuk/kunci"))))
        XCTAssertEqual(shown.location, "/petugas/akun")

        // Before an act, and at a locked console.
        office.base.clock.advance(by: .minutes(6))
        let asked = try await visitor.visit("/petugas/faktor/baru")
        assertSound(asked, naming: words("officers.factor.own-paper-hint"), not: words("officers.factor.own-code-hint"))
        let proof = try XCTUnwrap(asked.form(to: "/petugas/bukti"))
        let proven = try await visitor.submit(proof.filled(key.prove(visitor.get("/petugas/bukti/kunci"))))
        XCTAssertEqual(proven.location, "/petugas/faktor/baru")
        _ = try await visitor.visit("/petugas")
        _ = try await visitor.post("/petugas/sesi/kunci", [("kembali", "/petugas/kunci")])
        let locked = try await visitor.visit("/petugas/kunci")
        assertSound(locked, naming: words("officers.lock.lead-passkey"), not: words("officers.factor.own-code-hint"))
        let lock = try XCTUnwrap(locked.form(to: "/petugas/terkunci"))
        let opened = try await visitor.submit(lock.filled(key.prove(visitor.get("/petugas/bukti/kunci"))))
        XCTAssertEqual(opened.location, "/petugas/kunci")

        // After the password.
        let other = served.visitor(language)
        let half = try await enterPassword(other)
        XCTAssertEqual(half.location?.hasPrefix("/petugas/faktor/kode"), true)
        let second = try await other.visit("/petugas/faktor/kode")
        let apps = words("officers.second.time-code.other")
        assertSound(second, naming: words("officers.second.passkey.other"), not: apps)
        XCTAssertNil(second.form(to: "/petugas/faktor/kode"), "there is no code to type")
        let entered = try await other.submit(
          XCTUnwrap(second.form(to: "/petugas/masuk/kunci")).filled(key.show(other.get("/petugas/masuk/kunci"))))
        XCTAssertEqual(entered.status, 303)
        let home = try await other.get("/petugas")
        XCTAssertEqual(home.status, 200)
      }
    }
  }

  // MARK: Ways lost

  func testWhereTheKeyIsLostThePaperLetsItsOfficerInOnceForEachCode() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      var key = try SoftKey()
      let beginner = served.visitor()
      let first = try await begin(beginner)
      let made = try await make(&key, beginner, first)
      let code = try XCTUnwrap(Self.paper(made).first)
      for isUsed in [false, true] {
        let visitor = served.visitor()
        try await enterPassword(visitor)
        let second = try await visitor.visit("/petugas/faktor/kode")
        let link = try XCTUnwrap(Markup(second.body).links.first { $0.hasPrefix("/petugas/faktor/cadangan") })
        let page = try await visitor.visit(link)
        assertSound(page)
        let form = try XCTUnwrap(page.form(to: "/petugas/faktor/cadangan"))
        let answer = try await visitor.submit(form.filled(["kode": code]))
        XCTAssertEqual(answer.status, isUsed ? 422 : 303)
      }
    }
  }

  // MARK: What is refused

  func testAnAnswerThatIsLateOfAnotherSessionOrOfAnotherAddressSetsNothingUp() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti", role: .supervisor)
      let (visitor, other) = (served.visitor(), served.visitor())
      let page = try await begin(visitor)
      let form = try XCTUnwrap(page.form(to: Self.action))
      let otherPage = try await begin(other)
      let otherForm = try XCTUnwrap(otherPage.form(to: Self.action))
      var key = try SoftKey()
      let late = try await key.create(in: visitor.get(Self.action))
      let stolen = try await other.submit(otherForm.filled(late))
      XCTAssertEqual(stolen.status, 422, "the challenge is another session's")
      assertSound(stolen)
      XCTAssertNotNil(stolen.form(to: Self.action), "and it can be tried again")
      office.base.clock.advance(by: .minutes(6))
      let tooLate = try await visitor.submit(form.filled(late))
      XCTAssertEqual(tooLate.status, 422)
      assertSound(tooLate)
      var phisher = key
      phisher.origin = "https://jahat.example"
      let phished = try await visitor.submit(form.filled(phisher.create(in: visitor.get(Self.action))))
      XCTAssertEqual(phished.status, 422)
      let none = try await office.service.all(of: siti.id)
      XCTAssertEqual(none, [])
      let closed = try await visitor.get("/petugas")
      XCTAssertNotEqual(closed.status, 200)

      let right = try await key.create(in: visitor.get(Self.action))
      let done = try await visitor.submit(form.filled(right))
      XCTAssertEqual(done.status, 200, "the page was open for longer than a challenge holds")
      let again = try await visitor.submit(form.filled(right))
      XCTAssertEqual(again.status, 303, "pressed twice")
      var second = try SoftKey()
      let beside = try await other.submit(otherForm.filled(second.create(challenge: "AAAA", handle: "AQ")))
      XCTAssertEqual(beside.status, 303, "the password alone adds no key beside one that is there")
      let one = try await office.service.all(of: siti.id)
      XCTAssertEqual(one.count, 1)
    }
  }

  func testWithoutASessionThatHasToSetAFactorUpNothingIsAsked() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let clerk = try await office.add("budi")
      let (stranger, officer) = (served.visitor(), served.visitor())
      try await enterPassword(officer, "budi")
      for visitor in [stranger, officer] {
        _ = try await visitor.visit("/petugas/masuk")
        let asked = try await visitor.get(Self.action)
        XCTAssertEqual(asked.status, 401)
        var key = try SoftKey()
        let sent = try await visitor.post(Self.action, key.create(challenge: "AAAA", handle: "AQ"))
        XCTAssertEqual(sent.status, 303)
      }
      let passkeys = try await office.service.all(of: clerk.id)
      XCTAssertEqual(passkeys, [])
      let untrusted = try await stranger.post(Self.action, [("_csrf", "salah")])
      XCTAssertEqual(untrusted.status, 403)
    }
  }

  func testWhereBrowsersHaveNoPasskeysTheAppStandsAlone() async throws {
    let office = try await StaffedOffice(demanding: .byRole, at: "http://192.0.2.1:8080")
    try await office.add("siti", role: .supervisor)
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing {
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        try await enterPassword(visitor)
        let page = try await visitor.visit(Self.first)
        assertSound(page)
        XCTAssertNil(page.form(to: Self.action))
        XCTAssertNotNil(page.form(to: Self.first))
        let forced = try await visitor.post(Self.action, [])
        XCTAssertEqual(forced.status, 404)
        assertSound(forced)
      }
    }
  }

  // MARK: What officers do

  @discardableResult
  private func enterPassword(_ visitor: Visitor, _ name: String = "siti") async throws -> Answer {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", Self.own)])
    XCTAssertEqual(answer.status, 303)
    return answer
  }

  /// To the page on which a first factor is set up, on the way to the accounts.
  private func begin(_ visitor: Visitor) async throws -> Answer {
    try await enterPassword(visitor)
    let page = try await visitor.visit("/petugas/akun")
    assertSound(page)
    XCTAssertNotNil(page.form(to: Self.action), page.heading ?? "")
    return page
  }

  private func make(_ key: inout SoftKey, _ visitor: Visitor, _ page: Answer) async throws -> Answer {
    let options = try await visitor.get(Self.action)
    XCTAssertEqual(options.status, 200)
    return try await visitor.submit(XCTUnwrap(page.form(to: Self.action)).filled(key.create(in: options)))
  }

  /// The codes on paper that a page shows.
  private static func paper(_ answer: Answer) -> [String] {
    answer.text.matches(of: />([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})</).map { String($0.output.1) }
  }

  private func assertSound(
    _ answer: Answer, naming said: String? = nil, not unsaid: String? = nil, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertLessThan(answer.status, 500, file: file, line: line)
    if let said { XCTAssertTrue(answer.text.contains(said), said, file: file, line: line) }
    if let unsaid { XCTAssertFalse(answer.text.contains(unsaid), unsaid, file: file, line: line) }
  }

  private func serving(_ body: (KeyedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await KeyedOffice(demanding: .byRole)
    let served = try ServedModule(
      office.office.module.routes(), navigation: office.office.module.navigation(),
      gatekeeper: office.office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
