import Client
import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

/// The sessions' pages, their locks and the proofs, as a browser without scripts sees them.
final class SessionPagesTests: XCTestCase {
  private static let pin = "904127"
  private static let password = StaffedOffice.password.exposed

  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        try await signIn(visitor)
        for path in ["/petugas/sesi", "/petugas/sesi/petugas", "/petugas/sesi/pin", "/petugas/bukti"] {
          assertSound(try await visitor.visit(path))
        }
        for (new, again) in [("1", "1"), ("123456", "123456"), (Self.pin, "904128"), ("x", "")] {
          let refused = try await visitor.post("/petugas/sesi/pin", [("pin-baru", new), ("pin-ulang", again)])
          XCTAssertEqual(refused.status, 422)
          assertSound(refused)
        }
        assertSound(try await visitor.post("/petugas/bukti", [("_bukti-sandi", "")]))
        assertSound(try await lock(visitor))
        assertSound(try await visitor.post("/petugas/terkunci", [("_bukti-sandi", "bukan ini juga")]))
        try await unlock(visitor, "_bukti-sandi", Self.password)
        try await setPIN(visitor)
        assertSound(try await lock(visitor))
        assertSound(try await visitor.post("/petugas/terkunci", [("_bukti-pin", ""), ("_bukti-sandi", "")]))
        let wrong = try await visitor.post("/petugas/terkunci", [("_bukti-pin", "111112")])
        XCTAssertTrue(wrong.text.contains("4"))
        assertSound(wrong)
        try await unlock(visitor, "_bukti-pin", Self.pin)
        assertSound(try await visitor.visit("/petugas/sesi?berhasil=ya"))
      }
    }
  }

  func testALockedConsoleShowsNoPageAndGoesOnWhereItWas() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      try await signIn(visitor)
      try await setPIN(visitor)
      let before = await visitor.with { $0.cookies["petugas"] }
      let accounts = try await visitor.visit("/petugas/akun")
      let form = try XCTUnwrap(accounts.form(to: "/petugas/sesi/kunci"))
      let locked = try await visitor.with { try $0.follow($0.submit(form)) }
      XCTAssertEqual(locked.header("cache-control"), "no-store")
      let after = await visitor.with { $0.cookies["petugas"] }
      XCTAssertNotEqual(before, after)
      for path in ["/petugas", "/petugas/akun", "/petugas/sesi", "/petugas/bukti", "/petugas/sesi/keadaan"] {
        let answer = try await visitor.get(path)
        XCTAssertEqual(answer.status, 303, path)
        XCTAssertEqual(answer.location?.hasPrefix("/petugas/terkunci?kembali="), true, path)
      }
      let opened = try await visitor.submit(
        XCTUnwrap(locked.form(to: "/petugas/terkunci")).filled(["_bukti-pin": Self.pin]))
      XCTAssertEqual(opened.location, "/petugas/akun")
      let page = try await visitor.get("/petugas/akun")
      XCTAssertEqual(page.status, 200)
    }
  }

  func testWhatIsSentToAConsoleThatLockedItselfGoesOnWithThePIN() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      try await signIn(visitor)
      try await setPIN(visitor)
      _ = try await visitor.visit("/petugas/akun")
      office.base.clock.advance(by: .minutes(15))
      let written = [("nama", "budi"), ("nama-lengkap", "Budi Contoh"), ("peran", "clerk")]
      let locked = try await visitor.post("/petugas/akun", written)
      assertSound(locked)
      let form = try XCTUnwrap(locked.form(to: "/petugas/akun"))
      for (name, value) in written { XCTAssertEqual(form[name], value) }
      let wrong = try await visitor.submit(form.filled(["_bukti-pin": "111112"]))
      let kept = try XCTUnwrap(wrong.form(to: "/petugas/akun"))
      for (name, value) in written { XCTAssertEqual(kept[name], value) }
      // Fifteen minutes are more than five: the act itself asks for more than the PIN.
      let asked = try await visitor.submit(kept.filled(["_bukti-pin": Self.pin]))
      let proof = try XCTUnwrap(asked.form(to: "/petugas/akun"))
      XCTAssertNil(proof["_bukti-pin"])
      for (name, value) in written { XCTAssertEqual(proof[name], value) }
      let made = try await visitor.submit(proof.filled(["_bukti-sandi": Self.password]))
      XCTAssertEqual(made.status, 200)
      let account = try await office.staff.account(XCTUnwrap(Username("budi")))
      XCTAssertEqual(account?.displayName, "Budi Contoh")
    }
  }

  func testAStrangersPageCannotTryPINs() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      try await setPIN(visitor)
      _ = try await lock(visitor)
      for _ in 0..<8 {
        let answer = try await visitor.post("/petugas/terkunci", [("_bukti-pin", "111112"), ("_csrf", "salah")])
        XCTAssertEqual(answer.status, 403)
      }
      let forged = try await visitor.post("/petugas/sesi/akhiri-lain", [("_bukti-pin", "111112"), ("_csrf", "salah")])
      XCTAssertEqual(forged.status, 403)
      try await unlock(visitor, "_bukti-pin", Self.pin)
    }
  }

  func testFiveWrongPINsLeadToTheSignInAndSayWhy() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      try await setPIN(visitor)
      _ = try await lock(visitor)
      for _ in 1..<SessionLock.tryCountMax {
        let wrong = try await visitor.post("/petugas/terkunci", [("_bukti-pin", "111112")])
        XCTAssertEqual(wrong.status, 422)
      }
      let ended = try await visitor.post("/petugas/terkunci", [("_bukti-pin", "111112")])
      XCTAssertEqual(ended.status, 401)
      assertSound(ended)
      XCTAssertTrue(ended.links.contains("/petugas/masuk"))
      let page = try await visitor.get("/petugas")
      XCTAssertEqual(page.location?.hasPrefix("/petugas/masuk"), true)
    }
  }

  func testAFreshProofIsAskedForAfterFiveMinutesAndKeepsWhatWasWritten() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      try await signIn(visitor)
      _ = try await visitor.visit("/petugas/akun")
      office.base.clock.advance(by: .minutes(6))
      let written = [("nama", "budi"), ("nama-lengkap", "Budi Contoh"), ("peran", "clerk")]
      let asked = try await visitor.post("/petugas/akun", written)
      assertSound(asked)
      let form = try XCTUnwrap(asked.form(to: "/petugas/akun"))
      for (name, value) in written { XCTAssertEqual(form[name], value) }
      let wrong = try await visitor.submit(form.filled(["_bukti-sandi": "bukan ini juga"]))
      XCTAssertEqual(wrong.status, 422)
      let none = try await office.staff.account(XCTUnwrap(Username("budi")))
      XCTAssertNil(none, "an account is not made at a console that was left open")
      let before = await visitor.with { $0.cookies["petugas"] }
      let kept = try XCTUnwrap(wrong.form(to: "/petugas/akun"))
      let made = try await visitor.submit(kept.filled(["_bukti-sandi": Self.password]))
      XCTAssertEqual(made.status, 200)
      let after = await visitor.with { $0.cookies["petugas"] }
      XCTAssertNotEqual(before, after, "a proof gives the session another token")
      let account = try await office.staff.account(XCTUnwrap(Username("budi")))
      XCTAssertEqual(account?.displayName, "Budi Contoh")
      // For five minutes more nothing is asked.
      let again = try await visitor.post("/petugas/akun", [("nama", "rina"), ("peran", "clerk")])
      XCTAssertEqual(again.status, 200)
    }
  }

  func testAnActThatFailsAfterItsProofKeepsTheSession() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      try await signIn(visitor)
      _ = try await visitor.visit("/petugas/akun")
      office.base.clock.advance(by: .minutes(6))
      let path = "/petugas/akun/99/tutup"
      let asked = try await visitor.post(path, [("_yakin", "ya")])
      let failed = try await visitor.submit(
        XCTUnwrap(asked.form(to: path)).filled(["_bukti-sandi": Self.password]))
      XCTAssertEqual(failed.status, 404)
      let page = try await visitor.get("/petugas/akun")
      XCTAssertEqual(page.status, 200, "the new token came with the problem's page")
    }
  }

  func testAPageThatNeedsAFreshProofIsShownAfterIt() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      office.base.clock.advance(by: .minutes(6))
      let asked = try await visitor.get("/petugas/sesi/pin")
      XCTAssertEqual(asked.location, "/petugas/bukti?kembali=%2Fpetugas%2Fsesi%2Fpin")
      let page = try await visitor.visit("/petugas/sesi/pin")
      let shown = try await visitor.submit(
        XCTUnwrap(page.form(to: "/petugas/bukti")).filled(["_bukti-sandi": Self.password]))
      XCTAssertEqual(shown.location, "/petugas/sesi/pin")
      let form = try await visitor.get("/petugas/sesi/pin")
      XCTAssertEqual(form.status, 200)
    }
  }

  func testASessionThatIsEndedElsewhereIsOutAtOnce() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let (here, there, third) = (served.visitor(), served.visitor(), served.visitor())
      for visitor in [here, there, third] { try await signIn(visitor) }
      let page = try await here.visit("/petugas/sesi")
      let forms = page.forms.filter { $0.action == "/petugas/sesi/akhiri" }
      XCTAssertEqual(forms.count, 2, "the others are listed, and this one without a button")
      let one = try await here.submit(forms[0])
      XCTAssertEqual(one.location, "/petugas/sesi?ditutup=1")
      let twice = try await here.submit(forms[0])
      XCTAssertEqual(twice.location, "/petugas/sesi?ditutup=0")
      let after = try await here.visit("/petugas/sesi")
      let rest = try await here.submit(XCTUnwrap(after.form(to: "/petugas/sesi/akhiri-lain")))
      XCTAssertEqual(rest.location, "/petugas/sesi?ditutup=1")
      for visitor in [there, third] {
        let answer = try await visitor.get("/petugas")
        XCTAssertEqual(answer.location?.hasPrefix("/petugas/masuk"), true)
      }
      let still = try await here.get("/petugas")
      XCTAssertEqual(still.status, 200)
    }
  }

  func testASupervisorSeesWhereOfficersSitAndEndsTheirSessionsAndAClerkDoesNot() async throws {
    try await serving { office, served in
      let clerk = try await office.add("budi")
      try await office.add("siti", role: .supervisor)
      office.seats.whenAsked { $0 == clerk.id ? [OfficerSeat(counter: 3, number: "A-012")] : [] }
      let (officer, supervisor) = (served.visitor(), served.visitor())
      try await signIn(officer, "budi")
      try await signIn(supervisor)
      for path in ["/petugas/sesi/petugas/akhiri", "/petugas/sesi/petugas/akhiri-semua"] {
        let refused = try await officer.post(path, [("akun", "2"), ("sesi", "2")])
        XCTAssertEqual(refused.status, 403)
      }
      let page = try await supervisor.visit("/petugas/sesi/petugas")
      assertSound(page)
      XCTAssertTrue(page.text.contains("Loket 3"))
      XCTAssertFalse(page.text.contains("A-012"), "nothing of the person there")
      let form = try XCTUnwrap(page.forms.first { $0.action == "/petugas/sesi/petugas/akhiri-semua" })
      XCTAssertEqual(form["akun"], clerk.id.description)
      let ended = try await supervisor.submit(form)
      XCTAssertEqual(ended.location, "/petugas/sesi/petugas?ditutup=1")
      let out = try await officer.get("/petugas")
      XCTAssertEqual(out.location?.hasPrefix("/petugas/masuk"), true)
      let events = try await office.base.store.journal.events(after: 0, limit: 20)
      XCTAssertEqual(events.last?.kind, "officer.sessions-ended")
      XCTAssertEqual(events.last?.entity, "officer:\(clerk.id)")
    }
  }

  func testNobodyEndsAnothersSessionByItsNumber() async throws {
    try await serving { office, served in
      try await office.add("siti")
      try await office.add("budi")
      let (mine, other) = (served.visitor(), served.visitor())
      try await signIn(other, "budi")
      try await signIn(mine)
      _ = try await mine.visit("/petugas/sesi")
      for id in 1...4 { _ = try await mine.post("/petugas/sesi/akhiri", [("sesi", "\(id)")]) }
      let still = try await other.get("/petugas")
      XCTAssertEqual(still.status, 200)
    }
  }

  // MARK: What officers do

  private func signIn(_ visitor: Visitor, _ name: String = "siti") async throws {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", Self.password)])
    XCTAssertEqual(answer.status, 303)
  }

  private func setPIN(_ visitor: Visitor) async throws {
    _ = try await visitor.visit("/petugas/sesi/pin")
    let answer = try await visitor.post("/petugas/sesi/pin", [("pin-baru", Self.pin), ("pin-ulang", Self.pin)])
    XCTAssertEqual(answer.location, "/petugas/sesi?berhasil=ya")
  }

  /// - Returns: the page that a locked console shows.
  private func lock(_ visitor: Visitor) async throws -> Answer {
    _ = try await visitor.visit("/petugas")
    let answer = try await visitor.post("/petugas/sesi/kunci", [("kembali", "/petugas")])
    XCTAssertEqual(answer.location, "/petugas/terkunci?kembali=%2Fpetugas")
    return try await visitor.visit("/petugas")
  }

  private func unlock(_ visitor: Visitor, _ field: String, _ value: String) async throws {
    let answer = try await visitor.post("/petugas/terkunci", [(field, value)])
    XCTAssertEqual(answer.location, "/petugas")
  }

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertLessThan(answer.status, 500, file: file, line: line)
  }

  private func serving(_ body: (StaffedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await StaffedOffice()
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
