import Client
import Contracts
import Core
import HTML
import ModuleHarness
import Synchronization
import Web
import XCTest

@testable import Officers

final class OfficerPagesTests: XCTestCase {
  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        assertSound(try await visitor.visit("/petugas/masuk"))
        assertSound(try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", "")]))
        assertSound(try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", "bukan ini juga")]))
        try await signIn(visitor)
        for path in ["/petugas", "/petugas/akun", "/petugas/sandi"] { assertSound(try await visitor.visit(path)) }
        assertSound(try await visitor.post("/petugas/akun", [("nama", "x")]))
        assertSound(try await visitor.post("/petugas/sandi", [("sandi-lama", "x"), ("sandi-baru", "y")]))
      }
    }
  }

  func testSigningInLeadsToTheWantedPageAndSigningOutEndsIt() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      let first = try await visitor.visit("/petugas/masuk?kembali=%2Fpetugas%2Fakun")
      let form = try XCTUnwrap(first.form(to: "/petugas/masuk"))
      let entered = try await visitor.submit(form.filled(["nama": "siti", "sandi": StaffedOffice.password.exposed]))
      XCTAssertEqual(entered.status, 303)
      XCTAssertEqual(entered.location, "/petugas/akun")
      let cookie = try XCTUnwrap(entered.all("set-cookie").first { $0.contains("petugas=") })
      XCTAssertTrue(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"), cookie)
      let page = try await visitor.visit("/petugas/akun")
      XCTAssertEqual(page.status, 200)
      let left = try await visitor.post("/petugas/keluar", [])
      XCTAssertEqual(left.location, "/petugas/masuk?keluar=ya")
      XCTAssertEqual(left.header("clear-site-data"), "\"storage\"")
      let after = try await visitor.get("/petugas/akun")
      XCTAssertNotEqual(after.status, 200)
    }
  }

  func testReturnPathsThatLeadAwayAreNotFollowed() {
    for bad in [
      "https://jahat.example", "//jahat.example", "/\\jahat.example", "/petugasan", "/lacak", "/petugas/keluar",
      "javascript:alert(1)", "/petugas/masuk", "/petugas\r\nX: y",
    ] {
      XCTAssertEqual(ReturnPath.link(bad), ReturnPath.home, bad)
    }
    XCTAssertEqual(ReturnPath.link("/petugas/pengaduan?x=1").description, "/petugas/pengaduan?x=1")
  }

  func testWrongPasswordAndUnknownNameGetTheSameAnswer() async throws {
    try await serving { office, served in
      try await office.add("siti")
      var texts: [String] = []
      for name in ["siti", "budi"] {
        let visitor = served.visitor()
        _ = try await visitor.visit("/petugas/masuk")
        let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", "bukan kata sandinya")])
        XCTAssertEqual(answer.status, 422)
        let token = await visitor.with { $0.token }
        texts.append(answer.text.replacing(token, with: "").replacing("\"\(name)\"", with: ""))
      }
      XCTAssertEqual(texts[0], texts[1])
      let words = office.base.locales.words(.indonesian)
      XCTAssertTrue(texts[0].contains(words("officers.sign-in.refused")))
      XCTAssertTrue(
        texts[0].contains("<h2>\(words("officers.sign-in.not-yet"))</h2>"), "the heading is about signing in")
    }
  }

  func testWaitIsToldInWordsAndInTheHeader() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      _ = try await visitor.visit("/petugas/masuk")
      for _ in 0..<5 { _ = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", "salah terus ya")]) }
      let answer = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", "salah terus ya")])
      XCTAssertEqual(answer.status, 429)
      XCTAssertEqual(answer.header("retry-after"), "15")
      XCTAssertTrue(answer.text.contains("Tunggu 15 detik"))
      assertSound(answer)
    }
  }

  func testStormFromTheSameAddressDoesNotKeepAKnownBrowserOut() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let officer = served.visitor()
      try await signIn(officer)
      _ = try await officer.post("/petugas/keluar", [])
      let stranger = served.visitor()
      _ = try await stranger.visit("/petugas/masuk")
      var last: Int?
      for number in 0..<40 {
        last = try await stranger.post("/petugas/masuk", [("nama", "nama\(number)"), ("sandi", "salah terus ya")])
          .status
      }
      XCTAssertEqual(last, 429)
      let new = served.visitor()
      _ = try await new.visit("/petugas/masuk")
      let held = try await new.post(
        "/petugas/masuk", [("nama", "siti"), ("sandi", StaffedOffice.password.exposed)])
      XCTAssertEqual(held.status, 429)
      try await signIn(officer)
      let page = try await officer.get("/petugas")
      XCTAssertEqual(page.status, 200)
    }
  }

  func testInitialPasswordIsShownOnceAndMustBeChangedBeforeAnythingElse() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let supervisor = served.visitor()
      try await signIn(supervisor)
      _ = try await supervisor.visit("/petugas/akun")
      let answer = try await supervisor.post("/petugas/akun", [("nama", "budi"), ("peran", "clerk")])
      assertSound(answer)
      XCTAssertEqual(answer.header("cache-control")?.contains("no-store"), true)
      let match = try XCTUnwrap(answer.text.firstMatch(of: /[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/))
      let password = String(match.output)
      let again = try await supervisor.visit("/petugas/akun")
      XCTAssertFalse(again.text.contains(password))

      let officer = served.visitor()
      _ = try await officer.visit("/petugas/masuk")
      let entered = try await officer.post("/petugas/masuk", [("nama", "budi"), ("sandi", password)])
      XCTAssertEqual(entered.location, "/petugas/sandi")
      let closed = try await officer.get("/petugas")
      XCTAssertNotEqual(closed.status, 200)
      let only = try await officer.visit("/petugas/sandi")
      assertSound(only)
      XCTAssertNotNil(only.form(to: "/petugas/keluar"), "who will not change it now can leave")
      let new = "tiga kucing di atap"
      let changed = try await officer.post(
        "/petugas/sandi", [("sandi-lama", password), ("sandi-baru", new), ("sandi-ulang", new)])
      XCTAssertEqual(changed.location, "/petugas")
      let open = try await officer.get("/petugas")
      XCTAssertEqual(open.status, 200)
    }
  }

  func testTooManyWrongOldPasswordsMustWaitAndTheNewTokenIsInTheCookie() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      _ = try await visitor.visit("/petugas/sandi")
      let new = "tiga kucing di atap"
      func change(from old: String) async throws -> Answer {
        try await visitor.post("/petugas/sandi", [("sandi-lama", old), ("sandi-baru", new), ("sandi-ulang", new)])
      }
      for _ in 0..<5 {
        let wrong = try await change(from: "salah terus ya")
        XCTAssertEqual(wrong.status, 422)
      }
      let waiting = try await change(from: StaffedOffice.password.exposed)
      XCTAssertEqual(waiting.status, 429)
      XCTAssertEqual(waiting.header("retry-after"), "15")
      XCTAssertTrue(waiting.text.contains("Tunggu 15 detik"))
      assertSound(waiting)
      office.base.clock.advance(by: .seconds(15))
      let changed = try await change(from: StaffedOffice.password.exposed)
      XCTAssertEqual(changed.location, "/petugas/sandi?berhasil=ya")
      XCTAssertTrue(changed.all("set-cookie").contains { $0.contains("petugas=") })
      let page = try await visitor.get("/petugas/sandi?berhasil=ya")
      XCTAssertEqual(page.status, 200)
    }
  }

  func testAnothersAccountIsChangedOnlyWithAFreshProof() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      let visitor = served.visitor()
      try await signIn(visitor)
      for act in ["sandi", "tutup", "buka", "tutup"] {
        office.base.clock.advance(by: .minutes(6))
        let path = "/petugas/akun/\(other.id)/\(act)"
        _ = try await visitor.visit("/petugas/akun")
        let asked = try await visitor.post(path, [])
        assertSound(asked)
        let form = try XCTUnwrap(asked.form(to: path))
        let empty = try await visitor.submit(form)
        XCTAssertEqual(empty.status, 422)
        let wrong = try await visitor.submit(form.filled(["_bukti-sandi": "bukan ini juga", "_yakin": "ya"]))
        XCTAssertEqual(wrong.status, 422)
        assertSound(wrong)
        XCTAssertFalse(wrong.text.contains("bukan ini juga"))
        let before = try await office.staff.account(other.username)
        XCTAssertEqual(before?.isDisabled, act == "buka", act)
        XCTAssertEqual(before?.mustChangePassword, act != "sandi", act)
        let question = try await visitor.submit(form.filled(["_bukti-sandi": StaffedOffice.password.exposed]))
        assertSound(question)
        let right = try await visitor.submit(XCTUnwrap(question.form(to: path)))
        XCTAssertEqual(right.status, act == "sandi" ? 200 : 303)
      }
      let account = try await office.staff.account(other.username)
      XCTAssertEqual(account?.isDisabled, true)
      XCTAssertEqual(account?.mustChangePassword, true)
    }
  }

  /// Where the officer sits in a test.
  private final class Hall: Sendable {
    private let seats = Mutex([OfficerSeat(counter: 2, number: "A-012")])

    var now: [OfficerSeat] { seats.withLock { $0 } }

    func seat(_ seats: [OfficerSeat]) { self.seats.withLock { $0 = seats } }
  }

  func testWhoClosesAnAccountIsToldWhomTheOfficerServesAndWhatFollows() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      let hall = Hall()
      office.seats.whenAsked { $0 == other.id ? hall.now : [] }
      for (language, said, follows, stays) in [
        (
          "id", "di loket 2 dan sedang menangani nomor A-012", "Nomor A-012 kembali ke antrean",
          "Nomor A-012 tetap di loket itu"
        ),
        (
          "en", "at counter 2 now with number A-012 in hand", "Number A-012 goes back into the queue",
          "Number A-012 stays at that counter"
        ),
      ] {
        let visitor = served.visitor(language)
        try await signIn(visitor)
        _ = try await visitor.visit("/petugas/akun")
        for (act, consequence) in [("tutup", follows), ("sandi", stays)] {
          let asked = try await visitor.post("/petugas/akun/\(other.id)/\(act)", [])
          assertSound(asked)
          for sentence in ["budi", said, consequence] { XCTAssertTrue(asked.text.contains(sentence), sentence) }
        }
        hall.seat([OfficerSeat(counter: 3, number: nil)])
        let free = try await visitor.post("/petugas/akun/\(other.id)/tutup", [])
        XCTAssertFalse(free.text.contains("A-012"))
        XCTAssertTrue(free.text.contains(language == "id" ? "Loket 3 ditutup." : "Counter 3 is closed."))
        hall.seat([])
        let away = try await visitor.post("/petugas/akun/\(other.id)/tutup", [])
        assertSound(away)
        XCTAssertFalse(away.text.contains(language == "id" ? "oket 3" : "ounter 3"))
        hall.seat([OfficerSeat(counter: 2, number: "A-012")])
      }
    }
  }

  func testWhoClosesAnAccountIsAskedAgainWhenTheOfficerHasCalledSomebodyMeanwhile() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      let hall = Hall()
      office.seats.whenAsked { $0 == other.id ? hall.now : [] }
      let visitor = served.visitor()
      try await signIn(visitor)
      _ = try await visitor.visit("/petugas/akun")
      let path = "/petugas/akun/\(other.id)/tutup"
      let asked = try await visitor.post(path, [])
      hall.seat([OfficerSeat(counter: 2, number: "A-013")])
      let again = try await visitor.submit(XCTUnwrap(asked.form(to: path)))
      XCTAssertEqual(again.status, 409)
      assertSound(again)
      XCTAssertTrue(again.text.contains("A-013"))
      XCTAssertTrue(again.text.contains(office.base.locales.words(.indonesian)("officers.seat.changed")))
      let before = try await office.staff.account(other.username)
      XCTAssertEqual(before?.isDisabled, false)
      let right = try await visitor.submit(XCTUnwrap(again.form(to: path)))
      XCTAssertEqual(right.status, 303)
      let after = try await office.staff.account(other.username)
      XCTAssertEqual(after?.isDisabled, true)
    }
  }

  func testTheOwnPasswordHasOneNameEverywhere() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      for (language, name) in [("id", "Kata sandi Anda sekarang"), ("en", "Your current password")] {
        let visitor = served.visitor(language)
        try await signIn(visitor)
        office.base.clock.advance(by: .minutes(6))
        let pages = [
          try await visitor.visit("/petugas/sandi"), try await visitor.visit("/petugas/bukti"),
          try await visitor.post("/petugas/akun/\(other.id)/tutup", []),
          try await visitor.post("/petugas/akun/\(other.id)/sandi", []),
        ]
        for page in pages {
          let labels = Markup(page.body).texts { $0.name == "label" }
          XCTAssertTrue(labels.contains { $0.hasPrefix(name) }, "\(page.heading ?? ""): \(labels)")
        }
      }
    }
  }

  func testAFirstPasswordThatRanOutSaysSoAndWhatToDo() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let username = try XCTUnwrap(Username("budi"))
      let first = try await office.staff.add(username, displayName: nil, role: .clerk, by: .system("test"))
      office.base.clock.advance(by: InitialPassword.lifetime)
      let officer = served.visitor()
      _ = try await officer.visit("/petugas/masuk")
      let late = try await officer.post("/petugas/masuk", [("nama", "budi"), ("sandi", first.exposed)])
      XCTAssertEqual(late.status, 422)
      let words = office.base.locales.words(.indonesian)
      XCTAssertTrue(late.text.contains(words("officers.sign-in.expired")))
      assertSound(late)
      let supervisor = served.visitor()
      try await signIn(supervisor)
      let accounts = try await supervisor.visit("/petugas/akun")
      XCTAssertTrue(accounts.text.contains(words("officers.state.expired")))
    }
  }

  func testClerkMayNotSeeTheAccounts() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      let answer = try await visitor.get("/petugas/akun")
      XCTAssertEqual(answer.status, 403)
    }
  }

  func testProblemsAreToldAndNotFaults() async throws {
    try await serving { office, served in
      let account = try await office.add("siti", role: .supervisor)
      let visitor = served.visitor()
      try await signIn(visitor)
      _ = try await visitor.visit("/petugas/akun")
      let sure = [("_yakin", "ya")]
      let own = try await visitor.post("/petugas/akun/\(account.id)/tutup", sure)
      XCTAssertEqual(own.status, 409)
      assertSound(own)
      for id in ["0", "abc", "99999999999999999999"] {
        let answer = try await visitor.post("/petugas/akun/\(id)/tutup", sure)
        XCTAssertEqual(answer.status, 404, id)
      }
    }
  }

  private func signIn(_ visitor: Visitor) async throws {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post(
      "/petugas/masuk", [("nama", "siti"), ("sandi", StaffedOffice.password.exposed)])
    XCTAssertEqual(answer.status, 303)
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
