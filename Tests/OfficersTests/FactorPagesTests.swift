import Client
import Contracts
import Core
import ModuleHarness
import Web
import XCTest

@testable import Officers

/// The pages of the second step: each way in, and each way lost.
final class FactorPagesTests: XCTestCase {
  private static let own = StaffedOffice.password.exposed

  func testEveryPageIsSoundInBothLanguagesAndFreshErrorsToo() async throws {
    for language in ["id", "en"] {
      try await serving(demanding: .byRole) { office, served in
        try await office.add("siti", role: .supervisor)
        let other = try await office.add("budi")
        let enrolled = try await office.enrol("budi", in: office.enter("budi"))
        let visitor = served.visitor(language)
        try await enter(visitor)
        let first = "/petugas/faktor/pertama"
        assertSound(try await visitor.visit(first))
        assertSound(try await visitor.post(first, [("kode", "")]))
        assertSound(try await visitor.post(first, [("kode", "000000")]))
        let app = try AuthenticatorApp(showing: await visitor.visit(first).text)
        assertSound(try await visitor.post(first, [("kode", app.code(at: office.base.clock.now))]))
        for path in ["/petugas", "/petugas/faktor", "/petugas/faktor/baru", "/petugas/akun"] {
          assertSound(try await visitor.visit(path))
        }
        for path in ["/petugas/faktor/cadangan/baru", "/petugas/akun/\(other.id)/faktor"] {
          let asked = try await visitor.post(path, [])
          assertSound(asked)
          office.base.clock.advance(by: .minutes(6))
          let proof = try await visitor.submit(XCTUnwrap(asked.form(to: path)))
          assertSound(proof)
          XCTAssertNotNil(proof.form(to: path)?["_bukti-kode"])
          let proven = try await visitor.post(
            "/petugas/bukti", [("_bukti-sandi", Self.own), ("_bukti-kode", app.code(at: office.base.clock.now))])
          XCTAssertEqual(proven.status, 303)
        }
        let half = served.visitor(language)
        try await enter(half, "budi")
        for path in ["/petugas/faktor/kode", "/petugas/faktor/cadangan"] {
          assertSound(try await half.visit(path))
          for code in ["", "000000", enrolled.paper[0] + "z"] {
            assertSound(try await half.post(path, [("kode", code)]))
          }
        }
      }
    }
  }

  // MARK: Ways in

  func testAClerkWithoutAFactorComesInWithThePasswordOnly() async throws {
    try await serving(demanding: .byRole) { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      let entered = try await enter(visitor)
      XCTAssertEqual(entered.location, "/petugas")
      XCTAssertTrue(entered.all("set-cookie").contains { $0.contains("perangkat=") })
      let page = try await visitor.visit("/petugas/faktor")
      XCTAssertTrue(page.text.contains(office.base.locales.words(.indonesian)("officers.factor.none")))
    }
  }

  func testASupervisorIsLedThroughTheFirstSignInAndOnToTheWantedPage() async throws {
    try await serving(demanding: .byRole) { office, served in
      let username = try XCTUnwrap(Username("siti"))
      let first = try await office.staff.add(username, displayName: nil, role: .supervisor, by: .system("test"))
      let visitor = served.visitor()
      let entered = try await enter(visitor, password: first.exposed)
      XCTAssertEqual(entered.location, "/petugas/sandi")
      XCTAssertFalse(
        entered.all("set-cookie").contains { $0.contains("perangkat=") }, "no known browser before all is proven")
      _ = try await visitor.visit("/petugas/sandi")
      let new = "tiga kucing di atap"
      let changed = try await visitor.post(
        "/petugas/sandi", [("sandi-lama", first.exposed), ("sandi-baru", new), ("sandi-ulang", new)])
      XCTAssertEqual(changed.status, 303)
      let page = try await visitor.visit("/petugas/akun")
      let form = try XCTUnwrap(page.form(to: "/petugas/faktor/pertama"), page.heading ?? "")
      XCTAssertTrue(page.text.contains("class=\"qr\""))
      XCTAssertNotNil(page.form(to: "/petugas/keluar"), "an officer without a phone at hand can leave")
      let app = try AuthenticatorApp(showing: page.text)
      let done = try await visitor.submit(form.filled(["kode": app.code(at: office.base.clock.now)]))
      XCTAssertEqual(done.status, 200)
      XCTAssertEqual(done.header("cache-control")?.contains("no-store"), true)
      XCTAssertEqual(done.text.matches(of: />[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}</).count, 10)
      XCTAssertTrue(done.all("set-cookie").contains { $0.contains("perangkat=") })
      XCTAssertTrue(Markup(done.body).links.contains("/petugas/akun"), "on to the page that was wanted")
      let open = try await visitor.get("/petugas/akun")
      XCTAssertEqual(open.status, 200)
    }
  }

  func testTheSecondStepLeadsToTheWantedPageByCodeAndByPaper() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let enrolled = try await office.enrol("siti", in: office.enter("siti"))
      for (path, code) in [
        ("/petugas/faktor/kode", try enrolled.app.code(at: office.base.clock.now)),
        ("/petugas/faktor/cadangan", enrolled.paper[0]),
      ] {
        let visitor = served.visitor()
        let first = try await visitor.visit("/petugas/akun")
        let form = try XCTUnwrap(first.form(to: "/petugas/masuk"))
        let halfway = try await visitor.submit(form.filled(["nama": "siti", "sandi": Self.own]))
        XCTAssertEqual(halfway.location, "/petugas/faktor/kode?kembali=%2Fpetugas%2Fakun")
        let closed = try await visitor.get("/petugas/akun")
        XCTAssertEqual(closed.status, 303, "the password alone opens a page")
        let page = try await visitor.visit(path + "?kembali=%2Fpetugas%2Fakun")
        let opened = try await visitor.submit(XCTUnwrap(page.form(to: path)).filled(["kode": code]))
        XCTAssertEqual(opened.location, "/petugas/akun", path)
        let open = try await visitor.get("/petugas/akun")
        XCTAssertEqual(open.status, 200)
        let again = try await visitor.get(path)
        XCTAssertEqual(again.location, "/petugas", "the second step is done")
      }
    }
  }

  func testASessionThatWaitsForItsCodeOpensNothingElse() async throws {
    try await serving { office, served in
      let account = try await office.add("siti", role: .supervisor)
      _ = try await office.enrol("siti", in: office.enter("siti"))
      let visitor = served.visitor()
      try await enter(visitor)
      for path in ["/petugas", "/petugas/akun", "/petugas/faktor", "/petugas/bukti", "/petugas/sesi/keadaan"] {
        let answer = try await visitor.get(path)
        XCTAssertEqual(answer.location?.hasPrefix("/petugas/masuk"), true, path)
      }
      let events = try await visitor.with { try $0.get("/petugas/akun", ["Accept": "text/event-stream"]) }
      XCTAssertEqual(events.status, 401)
      let options = try await visitor.get("/petugas/bukti/kunci")
      XCTAssertEqual(options.status, 401)
      for path in ["/petugas/sandi", "/petugas/faktor/baru", "/petugas/faktor/pertama", "/petugas/terkunci"] {
        let answer = try await visitor.visit(path)
        XCTAssertNotNil(answer.form(to: "/petugas/faktor/kode"), path)
      }
      for (path, fields) in [
        ("/petugas/sandi", [("sandi-lama", Self.own), ("sandi-baru", "tiga kucing di atap")]),
        ("/petugas/faktor/baru", [("kode", "000000")]), ("/petugas/faktor/pertama", [("kode", "000000")]),
        ("/petugas/faktor/hapus", [("faktor", "1"), ("_yakin", "ya"), ("_bukti-sandi", Self.own)]),
        ("/petugas/bukti", [("_bukti-sandi", Self.own)]), ("/petugas/terkunci", [("_bukti-sandi", Self.own)]),
        ("/petugas/sesi/kunci", [("kembali", "/petugas")]),
        ("/petugas/akun/\(account.id)/faktor", [("_yakin", "ya")]),
      ] {
        let answer = try await visitor.post(path, fields)
        XCTAssertTrue([303, 401].contains(answer.status), "\(path): \(answer.status)")
      }
      let own = try await office.factors.overview(of: account.id)
      XCTAssertEqual(own.proofs.count, 1)
      let left = try await visitor.post("/petugas/keluar", [])
      XCTAssertEqual(left.location, "/petugas/masuk?keluar=ya")
    }
  }

  func testTheFifthWrongCodeLeadsBackToThePasswordAndSaysWhy() async throws {
    try await serving { office, served in
      try await office.add("siti")
      _ = try await office.enrol("siti", in: office.enter("siti"))
      let visitor = served.visitor()
      try await enter(visitor)
      _ = try await visitor.visit("/petugas/faktor/cadangan")
      for _ in 1..<SecondStep.failureCountMax {
        let wrong = try await visitor.post("/petugas/faktor/cadangan", [("kode", "abcd-efgh-jkmn")])
        XCTAssertEqual(wrong.status, 422)
      }
      let last = try await visitor.post("/petugas/faktor/cadangan", [("kode", "abcd-efgh-jkmn")])
      XCTAssertEqual(last.location, "/petugas/masuk?tutup=kode")
      let page = try await visitor.visit("/petugas/masuk?tutup=kode")
      XCTAssertTrue(page.text.contains(office.base.locales.words(.indonesian)("officers.second.ended")))
      assertSound(page)
    }
  }

  // MARK: Own factors

  func testAFactorIsAddedRemovedAndRenewedOnlyWithTheOwnProof() async throws {
    try await serving { office, served in
      let account = try await office.add("siti")
      let visitor = served.visitor()
      try await enter(visitor)
      let page = try await visitor.visit("/petugas/faktor/baru")
      let app = try AuthenticatorApp(showing: page.text)
      // Setting an app up takes a while.
      office.base.clock.advance(by: .minutes(6))
      let form = try XCTUnwrap(page.form(to: "/petugas/faktor/baru")).filled([
        "kode": app.code(at: office.base.clock.now), "nama-aplikasi": "ponsel kantor",
      ])
      let asked = try await visitor.submit(form)
      let added = try await prove(visitor, asked, on: "/petugas/faktor/baru", code: nil)
      XCTAssertEqual(added.status, 200)
      let paper = added.text.matches(of: /[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/).map { String($0.output) }
      XCTAssertEqual(paper.count, 10)
      let list = try await visitor.visit("/petugas/faktor")
      XCTAssertTrue(list.text.contains("ponsel kantor"))
      XCTAssertFalse(list.text.contains(paper[0]), "codes are shown once")
      for path in ["/petugas/faktor/cadangan/baru", "/petugas/faktor/hapus"] {
        office.base.clock.advance(by: .minutes(6))
        let own = try await visitor.visit("/petugas/faktor")
        let question = try await visitor.submit(XCTUnwrap(own.form(to: path), path))
        let sure = try await prove(visitor, question, on: path, code: app.code(at: office.base.clock.now))
        assertSound(sure)
        let done = try await visitor.submit(XCTUnwrap(sure.form(to: path), path))
        XCTAssertLessThan(done.status, 400, done.text)
        assertSound(try await visitor.visit("/petugas/faktor"))
      }
      let own = try await office.factors.overview(of: account.id)
      XCTAssertEqual(own.proofs, [])
      let open = try await visitor.get("/petugas")
      XCTAssertEqual(open.status, 200, "the officer is still signed in")
    }
  }

  /// Answers the question for a fresh proof wrongly and then rightly.
  ///
  /// - Parameter code: of the app; nil for an officer who has none.
  private func prove(_ visitor: Visitor, _ asked: Answer, on path: String, code: String?) async throws -> Answer {
    assertSound(asked)
    let form = try XCTUnwrap(asked.form(to: path), path)
    XCTAssertEqual(form["_bukti-kode"] != nil, code != nil, "a code is asked for where there is one")
    func answered(_ own: String, _ code: String?) -> PageForm {
      let form = form.filled(["_bukti-sandi": own])
      return code.map { form.filled(["_bukti-kode": $0]) } ?? form
    }
    var wrong = [answered("", code), answered("bukan ini juga", code)]
    if code != nil { wrong.append(answered(Self.own, "")) }
    for form in wrong {
      let refused = try await visitor.submit(form)
      XCTAssertEqual(refused.status, 422)
      assertSound(refused)
      if let code { XCTAssertFalse(refused.text.contains("value=\"\(code)\""), "a code stands on a page") }
    }
    return try await visitor.submit(answered(Self.own, code))
  }

  func testTheLastOneOfASupervisorHasNoButtonAndItsFormIsRefused() async throws {
    try await serving(demanding: .byRole) { office, served in
      let account = try await office.add("siti", role: .supervisor)
      guard case .halfway(let pending, _) = try await office.attempt("siti") else { return XCTFail("no step") }
      let token = try await office.enrol("siti", in: pending).token
      let visitor = await served.visitor("id", as: token.exposed)
      let page = try await visitor.visit("/petugas/faktor")
      XCTAssertNil(page.form(to: "/petugas/faktor/hapus"))
      XCTAssertTrue(page.text.contains(office.base.locales.words(.indonesian)("officers.factor.last")))
      let own = try await office.factors.overview(of: account.id)
      let id = try XCTUnwrap(own.proofs.first).id
      let refused = try await visitor.post("/petugas/faktor/hapus", [("faktor", String(id))])
      XCTAssertEqual(refused.status, 409)
      for strange in ["0", "abc", ""] {
        let answer = try await visitor.post("/petugas/faktor/hapus", [("faktor", strange)])
        XCTAssertEqual(answer.status, 404, strange)
      }
    }
  }

  // MARK: Lost

  func testASupervisorResetsAColleagueWithReasonAndProofAndEveryoneSeesIt() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      let visitor = served.visitor()
      try await enter(visitor)
      let before = try await visitor.visit("/petugas/akun")
      let path = "/petugas/akun/\(other.id)/faktor"
      XCTAssertNil(before.form(to: path), "nothing is lost")
      let held = try await office.enrol("budi", in: office.enter("budi")).token
      let page = try await visitor.visit("/petugas/akun")
      let asked = try await visitor.submit(XCTUnwrap(page.form(to: path)))
      assertSound(asked)
      let form = try XCTUnwrap(asked.form(to: path))
      let full = form.filled(["alasan": "Ponselnya dicuri kemarin.", "di-depan-saya": "ya"])
      for (field, value) in [("alasan", ""), ("alasan", "hilang")] {
        let refused = try await visitor.submit(full.without(field).adding(field, value))
        XCTAssertEqual(refused.status, 422, field)
        assertSound(refused)
      }
      let absent = try await visitor.submit(full.without("di-depan-saya"))
      XCTAssertEqual(absent.status, 422)
      office.base.clock.advance(by: .minutes(6))
      let still = try await office.officer(held)
      XCTAssertNotNil(still)
      let proof = try await visitor.submit(full)
      let done = try await prove(visitor, proof, on: path, code: nil)
      XCTAssertEqual(done.status, 200)
      assertSound(done)
      let password = try XCTUnwrap(done.text.firstMatch(of: /[0-9a-z]{4}(-[0-9a-z]{4}){3}/)).output.0
      // The tests' own cache beside the module's may remember it for a while.
      let gone = try await office.otherSessions().officer(holding: held.exposed)
      XCTAssertNil(gone)
      let after = try await visitor.visit("/petugas/akun")
      assertSound(after)
      XCTAssertTrue(after.text.contains("Ponselnya dicuri kemarin."))
      XCTAssertNil(after.form(to: path))
      let officer = served.visitor()
      let entered = try await enter(officer, "budi", password: String(password))
      XCTAssertEqual(entered.location, "/petugas/sandi", "the lost factor is not asked for")
    }
  }

  func testAClerkMayResetNobody() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let other = try await office.add("budi")
      let visitor = served.visitor()
      try await enter(visitor)
      _ = try await visitor.visit("/petugas")
      let answer = try await visitor.post("/petugas/akun/\(other.id)/faktor", [])
      XCTAssertEqual(answer.status, 403)
    }
  }

  // MARK: Helpers of these tests

  @discardableResult
  private func enter(
    _ visitor: Visitor, _ name: String = "siti", password: String = StaffedOffice.password.exposed
  ) async throws -> Answer {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", password)])
    XCTAssertEqual(answer.status, 303)
    return answer
  }

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertLessThan(answer.status, 500, file: file, line: line)
  }

  private func serving(
    demanding demand: SecondFactorDemand = .optional,
    _ body: (StaffedOffice, ServedModule) async throws -> Void
  ) async throws {
    let office = try await StaffedOffice(demanding: demand)
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
