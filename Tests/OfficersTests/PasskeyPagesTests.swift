import Client
import Core
import ModuleHarness
import PasskeyHarness
import Web
import XCTest

@testable import Officers

final class PasskeyPagesTests: XCTestCase {
  private static let own = StaffedOffice.password.exposed

  func testAPasskeyIsMadeNamedShownAndRemoved() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti", role: .supervisor)
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        try await signIn(visitor)
        var key = try SoftKey()
        let made = try await register(&key, visitor, named: "Kunci \(language)")
        XCTAssertEqual(made.location, "/petugas/kunci?berhasil=ya")
        let list = try await visitor.visit("/petugas/kunci?berhasil=ya")
        assertSound(list)
        XCTAssertTrue(list.text.contains("Kunci \(language)"))

        let counter = served.visitor(language)
        let shown = try await show(&key, counter, from: "/petugas/masuk?kembali=%2Fpetugas%2Fakun")
        XCTAssertEqual(shown.location, "/petugas/akun")
        let cookies = shown.all("set-cookie")
        XCTAssertTrue(cookies.contains { $0.hasPrefix("petugas=") && $0.hasSuffix("; HttpOnly; SameSite=Strict") })
        XCTAssertTrue(cookies.contains { $0.hasPrefix("perangkat=") })
        XCTAssertTrue(cookies.contains { $0.hasPrefix("tantangan=;") && $0.contains("Max-Age=0") }, "\(cookies)")
        let page = try await counter.get("/petugas/akun")
        XCTAssertEqual(page.status, 200)

        let passkeys = try await office.service.all(of: siti.id)
        let factor = try XCTUnwrap(passkeys.last).factor.id
        let one = try await visitor.visit("/petugas/kunci/\(factor)/nama")
        assertSound(one)
        let path = "/petugas/kunci/\(factor)"
        let empty = try await visitor.submit(XCTUnwrap(one.form(to: "\(path)/nama")).filled(["nama": ""]))
        XCTAssertEqual(empty.status, 422)
        assertSound(empty)
        let renamed = try await visitor.submit(
          XCTUnwrap(one.form(to: "\(path)/nama")).filled(["nama": "<b>Merah</b>"]))
        XCTAssertEqual(renamed.status, 303)
        let escaped = try await visitor.visit("\(path)/nama")
        XCTAssertFalse(escaped.text.contains("<b>Merah"))
        assertSound(escaped)
        try await remove(path, escaped, visitor)
        let after = try await show(&key, served.visitor(language))
        XCTAssertEqual(after.status, 422)
        assertSound(after)
      }
    }
  }

  private func remove(_ path: String, _ page: Answer, _ visitor: Visitor) async throws {
    let asked = try await visitor.submit(XCTUnwrap(page.form(to: "\(path)/hapus")))
    assertSound(asked)
    let removed = try await visitor.submit(XCTUnwrap(asked.form(to: "\(path)/hapus")))
    XCTAssertEqual(removed.location, "/petugas/kunci?berhasil=ya")
  }

  func testAtAConsoleThatWasLeftOpenNoKeyIsMadeWithoutAFreshProof() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor)
      let page = try await visitor.visit("/petugas/kunci")
      let form = try XCTUnwrap(page.form(to: "/petugas/kunci/baru"))
      office.base.clock.advance(by: .minutes(6))
      let asked = try await visitor.submit(form.filled(["nama": "Kunci"]))
      assertSound(asked)
      XCTAssertFalse(asked.text.contains("data-options"))
      let question = try XCTUnwrap(asked.form(to: "/petugas/kunci/baru"))
      XCTAssertEqual(question["nama"], "Kunci")
      for own in ["", "bukan ini juga"] {
        let refused = try await visitor.submit(question.filled(["_bukti-sandi": own]))
        XCTAssertEqual(refused.status, 422)
        XCTAssertFalse(refused.text.contains("data-options"))
        XCTAssertFalse(refused.text.contains("bukan ini juga"))
        assertSound(refused)
      }
      // Without a challenge that was given after it, an answer is worth nothing.
      var key = try SoftKey()
      let fields = try key.create(challenge: "AAAA", handle: "AQ")
      let sent = try await visitor.post("/petugas/kunci", fields)
      XCTAssertEqual(sent.status, 422)
      assertSound(sent)
      let passkeys = try await office.service.all(of: siti.id)
      XCTAssertEqual(passkeys, [])
    }
  }

  func testAnAnswerOfAnotherSessionOfAnotherPageAndOfAnotherAddressIsRefused() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let (visitor, other) = (served.visitor(), served.visitor())
      try await signIn(visitor)
      try await signIn(other)
      let asked = try await begin(visitor, named: "Kunci")
      var key = try SoftKey()
      let fields = try key.create(on: asked)
      _ = try await other.visit("/petugas/kunci")
      let stolen = try await other.post("/petugas/kunci", fields + [(name: "nama", value: "Kunci")])
      XCTAssertEqual(stolen.status, 422)
      key.origin = "https://jahat.example"
      let elsewhere = try key.create(on: asked)
      let form = try XCTUnwrap(asked.form(to: "/petugas/kunci"))
      let phished = try await visitor.submit(form.filled(elsewhere))
      XCTAssertEqual(phished.status, 422)
      assertSound(phished)
      let right = try await visitor.submit(form.filled(fields))
      XCTAssertEqual(right.status, 303, "what was refused has not spent the challenge")
      let again = try await visitor.submit(form.filled(fields))
      XCTAssertEqual(again.status, 422, "pressed twice")
      let withoutToken = try await visitor.post("/petugas/masuk/kunci", [("_csrf", "salah")])
      XCTAssertEqual(withoutToken.status, 403)
    }
  }

  func testACopiedKeyIsToldWhereItIsShownOnTheFirstPageAndInTheList() async throws {
    try await serving { office, served in
      for (language, name) in [("id", "siti"), ("en", "budi")] {
        try await office.add(name, role: .supervisor)
        let words = office.base.locales.words(Language(rawValue: language))
        let visitor = served.visitor(language)
        try await signIn(visitor, name)
        var key = try SoftKey()
        _ = try await register(&key, visitor, named: "Kunci")
        var copy = key
        _ = try await show(&key, served.visitor(language))
        let told = try await show(&copy, served.visitor(language))
        XCTAssertEqual(told.status, 422)
        XCTAssertTrue(told.text.contains(words("officers.passkey.refusal.copied.title")))
        assertSound(told)
        for path in ["/petugas", "/petugas/kunci"] {
          let page = try await visitor.visit(path)
          XCTAssertTrue(page.text.contains(words("officers.passkey.copied.title")), path)
          assertSound(page)
        }
        let accounts = try await visitor.visit("/petugas/akun")
        XCTAssertTrue(accounts.text.contains(words("officers.outcome.copied")), "supervisors see it")
      }
    }
  }

  func testWhereBrowsersHaveNoPasskeysNoneAreOffered() async throws {
    let office = try await StaffedOffice(at: "http://192.0.2.1:8080")
    try await serving(office) { served in
      try await office.add("siti")
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        let page = try await visitor.visit("/petugas/masuk")
        XCTAssertNil(page.form(to: "/petugas/masuk/kunci"))
        assertSound(page)
        let options = try await visitor.get("/petugas/masuk/kunci")
        XCTAssertEqual(options.status, 404)
        try await signIn(visitor)
        let list = try await visitor.visit("/petugas/kunci")
        assertSound(list)
        XCTAssertNil(list.form(to: "/petugas/kunci/baru"))
        let words = office.base.locales.words(Language(rawValue: language))
        XCTAssertTrue(list.text.contains(words("officers.passkey.unavailable")))
        let forced = try await visitor.post("/petugas/kunci/baru", [("nama", "")])
        XCTAssertEqual(forced.status, 404)
        assertSound(forced)
      }
    }
  }

  func testKeysOfOthersAndNumbersThatAreNoneAreNotFound() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let budi = try await office.add("budi")
      var key = try SoftKey()
      _ = try await office.register(&key, of: budi)
      let passkeys = try await office.service.all(of: budi.id)
      let factor = try XCTUnwrap(passkeys.first).factor.id
      let visitor = served.visitor()
      try await signIn(visitor)
      for id in [String(factor), "0", "abc", "99999999999999999999"] {
        let page = try await visitor.get("/petugas/kunci/\(id)/nama")
        XCTAssertEqual(page.status, 404, id)
        assertSound(page)
        for act in ["nama", "hapus"] {
          let answer = try await visitor.post("/petugas/kunci/\(id)/\(act)", [("nama", "x"), ("_yakin", "ya")])
          XCTAssertEqual(answer.status, 404, "\(id)/\(act)")
        }
      }
      let stranger = served.visitor()
      let closed = try await stranger.get("/petugas/kunci")
      XCTAssertEqual(closed.status, 303)
    }
  }

  func testWhatOthersFailAtKeepsNoPasskeyOut() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti")
      var key = try SoftKey()
      _ = try await office.register(&key, of: siti)
      let stranger = served.visitor()
      _ = try await stranger.visit("/petugas/masuk")
      var last: Int?
      for number in 0..<40 {
        last = try await stranger.post("/petugas/masuk", [("nama", "nama\(number)"), ("sandi", "salah terus ya")])
          .status
      }
      XCTAssertEqual(last, 429)
      let shown = try await show(&key, served.visitor())
      XCTAssertEqual(shown.status, 303)
    }
  }

  // MARK: After the password, and in the place of it

  func testAfterThePasswordThePasskeyIsAskedForAndLeadsToTheWantedPage() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti", role: .supervisor)
      var key = try SoftKey()
      _ = try await office.register(&key, of: siti)
      for language in ["id", "en"] {
        let words = office.base.locales.words(Language(rawValue: language))
        let visitor = served.visitor(language)
        let first = try await visitor.visit("/petugas/akun")
        let halfway = try await visitor.submit(
          XCTUnwrap(first.form(to: "/petugas/masuk")).filled(["nama": "siti", "sandi": Self.own]))
        XCTAssertEqual(halfway.location, "/petugas/faktor/kode?kembali=%2Fpetugas%2Fakun")
        let page = try await visitor.visit("/petugas/faktor/kode?kembali=%2Fpetugas%2Fakun")
        assertSound(page)
        XCTAssertEqual(page.heading, words("officers.second.passkey.title"))
        XCTAssertNil(page.form(to: "/petugas/faktor/kode"), "there is no code to type")
        XCTAssertTrue(page.text.contains(words("officers.passkey.touch.unable")), "without scripts it says why")
        let opened = try await show(&key, visitor, from: "/petugas/faktor/kode?kembali=%2Fpetugas%2Fakun")
        XCTAssertEqual(opened.location, "/petugas/akun")
      }
    }
  }

  func testAPasskeyIsTheProofBeforeAnActAndOpensALockedConsole() async throws {
    try await serving { office, served in
      let siti = try await office.add("siti")
      var key = try SoftKey()
      _ = try await office.register(&key, of: siti)
      for language in ["id", "en"] {
        let words = office.base.locales.words(Language(rawValue: language))
        let visitor = served.visitor(language)
        _ = try await show(&key, visitor)
        office.base.clock.advance(by: .minutes(6))
        let asked = try await visitor.visit("/petugas/sesi/pin")
        assertSound(asked)
        let question = try XCTUnwrap(asked.form(to: "/petugas/bukti"))
        XCTAssertNil(question["_bukti-sandi"], "the password proves nothing by itself")
        let shown = try await visitor.submit(question.filled(key.prove(visitor.get("/petugas/bukti/kunci"))))
        XCTAssertEqual(shown.location, "/petugas/sesi/pin")
        _ = try await visitor.visit("/petugas")
        _ = try await visitor.post("/petugas/sesi/kunci", [("kembali", "/petugas/kunci")])
        let locked = try await visitor.visit("/petugas/kunci")
        assertSound(locked)
        let form = try XCTUnwrap(locked.form(to: "/petugas/terkunci"))
        XCTAssertTrue(locked.text.contains(words("officers.lock.lead-passkey")))
        let options = try await visitor.get("/petugas/bukti/kunci")
        var stranger = try SoftKey()
        let wrong = try await visitor.submit(form.filled(stranger.prove(options)))
        XCTAssertEqual(wrong.status, 422)
        assertSound(wrong)
        XCTAssertTrue(wrong.text.contains(words("officers.passkey.refusal.unknown.title")))
        let opened = try await visitor.submit(form.filled(key.prove(options)))
        XCTAssertEqual(opened.location, "/petugas/kunci")
      }
    }
  }

  // MARK: What officers do

  private func signIn(_ visitor: Visitor, _ name: String = "siti") async throws {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", Self.own)])
    XCTAssertEqual(answer.status, 303)
  }

  /// To the page on which the key is touched.
  private func begin(_ visitor: Visitor, named name: String) async throws -> Answer {
    let page = try await visitor.visit("/petugas/kunci")
    let form = try XCTUnwrap(page.form(to: "/petugas/kunci/baru"))
    let asked = try await visitor.submit(form.filled(["nama": name]))
    XCTAssertEqual(asked.status, 200)
    assertSound(asked)
    return asked
  }

  private func register(_ key: inout SoftKey, _ visitor: Visitor, named name: String) async throws -> Answer {
    let asked = try await begin(visitor, named: name)
    let form = try XCTUnwrap(asked.form(to: "/petugas/kunci"))
    return try await visitor.submit(form.filled(key.create(on: asked)))
  }

  private func show(
    _ key: inout SoftKey, _ visitor: Visitor, from path: String = "/petugas/masuk"
  ) async throws -> Answer {
    let page = try await visitor.visit(path)
    assertSound(page)
    let form = try XCTUnwrap(page.form(to: "/petugas/masuk/kunci"))
    let options = try await visitor.get("/petugas/masuk/kunci")
    return try await visitor.submit(form.filled(key.show(options)))
  }

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertLessThan(answer.status, 500, file: file, line: line)
  }

  private func serving(_ body: (KeyedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await KeyedOffice()
    try await serving(office.office) { served in try await body(office, served) }
  }

  private func serving(_ office: StaffedOffice, _ body: (ServedModule) async throws -> Void) async throws {
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(served) }
  }
}
