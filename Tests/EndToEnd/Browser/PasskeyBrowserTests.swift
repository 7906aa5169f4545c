import Client
import Core
import Foundation
import WebDriver
import XCTest

/// Passkeys in a real browser with an authenticator that it makes up, at `localhost`, where browsers have passkeys without TLS.
final class PasskeyBrowserTests: BrowserTestCase {
  /// One officer's browser at a counter.
  private struct Counter {
    let session: BrowserSession
    let authenticator: VirtualAuthenticator
  }

  /// - Parameter demandsFactors: whether supervisors must have a second factor, as an office is shipped.
  private func startOffice(demandsFactors: Bool = false) throws -> (office: OfficeProcess, origin: String) {
    let office = try makeOffice(demandsFactors: demandsFactors)
    let port = try FreePort.next()
    let origin = "http://localhost:\(port)"
    try office.rewrite("gapura.json5") { text in
      text.replacing(/publicAddress: ".*?"/, with: "publicAddress: \"\(origin)\"")
    }
    try office.start(port: port)
    return (office, origin)
  }

  private func openCounter(_ language: Language = .indonesian) throws -> Counter {
    let session = try openBrowser(BrowserOptions(language: language.rawValue))
    return Counter(session: session, authenticator: try session.plugInAuthenticator())
  }

  // MARK: What officers do

  private func signIn(_ name: String, _ password: String, _ counter: Counter, _ origin: String) throws {
    try counter.session.open(origin + "/petugas/masuk")
    try counter.session.element("#f-nama").fill(name)
    try counter.session.element("#f-sandi").type(password)
    try counter.session.element("form[action=\"/petugas/masuk\"] button[type=submit]").click()
    try counter.session.wait(for: "the console") { try counter.session.has(".face-console") }
  }

  private func signOut(_ counter: Counter) throws {
    try counter.session.element("form[action=\"/petugas/keluar\"] button").click()
    try counter.session.wait(for: "the sign-in page") { try counter.session.has("#f-sandi") }
  }

  /// Asks for a passkey, up to the page on which the key is touched.
  private func ask(for name: String, _ counter: Counter, _ origin: String) throws {
    let session = counter.session
    try session.open(origin + "/petugas/kunci")
    try session.element("#f-nama").fill(name)
    try session.element("form[action=\"/petugas/kunci/baru\"] button[type=submit]").click()
    try session.wait(for: "the page of the key") { try session.element(Self.button).isDisplayed }
  }

  private static let button = "form[data-passkey] button"

  private func register(_ name: String, _ counter: Counter, _ origin: String) throws {
    try ask(for: name, counter, origin)
    try counter.session.element(Self.button).click()
    try counter.session.wait(for: "the list") { try counter.session.text("main").contains(name) }
    XCTAssertTrue(try counter.session.has(".notice.success"))
  }

  /// Presses the button of the sign-in page; nothing is typed.
  private func show(_ counter: Counter, _ origin: String, until expected: String = ".face-console") throws {
    try counter.session.open(origin + "/petugas/masuk")
    try counter.session.wait(for: "the button") { try counter.session.element(Self.button).isDisplayed }
    try counter.session.element(Self.button).click()
    try counter.session.wait(for: expected) { try counter.session.has(expected) }
  }

  /// Who is greeted.
  private func greeted(_ counter: Counter, among names: [String]) throws -> String? {
    let words = try Self.words(.indonesian)
    let heading = try counter.session.heading
    return names.first { words("officers.home.greeting", ["name": $0]) == heading }
  }

  // MARK: Ways in

  func testAKeySignsInWithoutANameTypedAndIsCarriedFromCounterToCounter() throws {
    let (office, origin) = try startOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    let (first, second) = (try openCounter(), try openCounter())
    try signIn("sari", password, first, origin)
    try first.session.open(origin + "/petugas/kunci")
    try look(first, origin, "passkeys")
    try ask(for: "Kunci biru", first, origin)
    try look(first, origin, "touch")
    try first.session.element(Self.button).click()
    try first.session.wait(forText: "Kunci biru", in: "main")
    try look(first, origin, "passkeys with one")
    try signOut(first)
    try look(first, origin, "sign-in")
    try show(first, origin)
    XCTAssertEqual(try greeted(first, among: ["sari"]), "sari")

    // The same key at another counter, and back: it counts on.
    for (from, to) in [(first, second), (second, first)] {
      try signOut(from)
      let carried = try XCTUnwrap(from.authenticator.credentials.first)
      try from.authenticator.clear()
      try to.authenticator.add(carried)
      try show(to, origin)
      XCTAssertEqual(try greeted(to, among: ["sari"]), "sari")
    }
    XCTAssertEqual(try office.query("SELECT sign_count > 2 FROM officers_passkey"), "1")
    XCTAssertEqual(try office.query("SELECT count(*) FROM officers_passkey WHERE copied IS NOT NULL"), "0")
  }

  /// The first sign-in of an officer who must have a second factor: a key and no app, in both languages.
  func testAFirstSignInLeadsThroughAKeyAndNeedsNoApp() throws {
    let (office, origin) = try startOffice(demandsFactors: true)
    for (language, name) in [(Language.indonesian, "budi"), (.english, "rina")] {
      let password = try office.addOfficer(name, role: "supervisor")
      let counter = try openCounter(language)
      let (session, words) = (counter.session, try Self.words(language))
      let inspector = PageInspector(session: session, origin: origin, language: language, line: #line)
      try session.open(origin + "/petugas/masuk")
      try session.element("#f-nama").fill(name)
      try session.element("#f-sandi").type(password)
      try session.element("form[action=\"/petugas/masuk\"] button[type=submit]").click()
      try session.wait(forHeading: words("officers.enrolment.first-title"))
      try session.wait(for: "the button") { try session.element(Self.button).isDisplayed }
      XCTAssertFalse(try session.element("p[data-passkey-unable]").isDisplayed)
      XCTAssertTrue(try session.element("#f-kode").isDisplayed, "an app can be set up instead")
      try inspector.check("first sign-in, key or app")
      try session.element(Self.button).click()
      try session.wait(forHeading: words("officers.recovery.title"))
      try inspector.check("codes on paper beside a key")
      let paper = try session.elements("main ol code").map { try $0.text }
      XCTAssertEqual(paper.count, 10)
      try session.control(words("officers.recovery.next")).click()
      try session.wait(forHeading: words("officers.home.greeting", ["name": name]))
      XCTAssertEqual(try office.query("SELECT count(*) FROM officers_time_code"), "0")

      try signOut(counter)
      try show(counter, origin)
      XCTAssertEqual(try session.heading, words("officers.home.greeting", ["name": name]))

      // The key is lost, and the paper is there.
      try signOut(counter)
      try counter.authenticator.clear()
      try session.element("#f-nama").fill(name)
      try session.element("#f-sandi").type(password)
      try session.element("form[action=\"/petugas/masuk\"] button[type=submit]").click()
      try session.wait(forHeading: words("officers.second.passkey.title"))
      try session.control(words("officers.second.passkey.other")).click()
      try session.wait(forHeading: words("officers.second.recovery.title"))
      try session.element("#f-kode").type(paper[0])
      try session.press(.enter)
      try session.wait(forHeading: words("officers.home.greeting", ["name": name]))
    }
  }

  func testACopiedKeyIsRefusedByItsCountAndTold() throws {
    let (office, origin) = try startOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    let (counter, thief) = (try openCounter(), try openCounter())
    let words = try Self.words(.indonesian)
    try signIn("sari", password, counter, origin)
    try register("Kunci biru", counter, origin)
    try thief.authenticator.add(XCTUnwrap(counter.authenticator.credentials.first))
    for _ in 1...2 {
      try signOut(counter)
      try show(counter, origin)
    }
    try show(thief, origin, until: ".notice.error")
    XCTAssertTrue(try thief.session.text("main").contains(words("officers.passkey.refusal.copied.title")))
    XCTAssertFalse(try thief.session.has(".face-console"))
    try office.waitForLog("security.event=passkey-copied")
    XCTAssertEqual(try office.query("SELECT count(*) FROM officers_signin WHERE outcome = 'copied'"), "1")

    // The officer learns of it on the first page, and the key opens nothing any more.
    try counter.session.open(origin + "/petugas")
    XCTAssertTrue(try counter.session.text("main").contains(words("officers.passkey.copied.title")))
    try look(counter, origin, "console home with the warning")
    try signOut(counter)
    try show(counter, origin, until: ".notice.error")
  }

  func testTwoAccountsOnOneAuthenticatorAreEachTheirOwn() throws {
    let (office, origin) = try startOffice()
    let names = ["sari", "rina"]
    let counter = try openCounter()
    for name in names {
      try signIn(name, office.addOfficer(name, role: "clerk"), counter, origin)
      try register("Kunci \(name)", counter, origin)
      try signOut(counter)
    }
    XCTAssertEqual(try counter.authenticator.credentials.count, 2)
    // An automated browser takes one of them; which one, the authenticator's count says.
    try show(counter, origin)
    let first = try XCTUnwrap(greeted(counter, among: names))
    let used = try XCTUnwrap(counter.authenticator.credentials.max { $0.signCount < $1.signCount })
    try counter.authenticator.remove(used)
    try signOut(counter)
    try show(counter, origin)
    XCTAssertEqual(try greeted(counter, among: names), names.first { $0 != first })
  }

  /// A counter that its officer locks, and an act long after signing in: the key does both, and the page stays as it was.
  func testAKeyOpensALockedCounterAndIsAFreshProofAndComesAfterThePassword() throws {
    let (office, origin) = try startOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    let counter = try openCounter()
    let (session, words) = (counter.session, try Self.words(.indonesian))
    try signIn("sari", password, counter, origin)
    try register("Kunci biru", counter, origin)
    try session.open(origin + "/petugas/kunci")
    try session.element("#f-nama").type("Kunci merah")
    try session.element("header form[data-locks] button").click()
    try session.wait(forHeading: words("officers.lock.title"))
    try look(counter, origin, "locked, with a key")
    try session.wait(for: "the button") { try session.element(Self.button).isDisplayed }
    try session.element(Self.button).click()
    try session.wait(for: "the page") { try !session.has("[data-locked]") && session.has("#f-nama") }
    XCTAssertEqual(try session.element("#f-nama").value, "Kunci merah", "what was typed is still there")

    try office.clock.set(office.clock.now + .minutes(6))
    try session.open(origin + "/petugas/sesi/pin")
    try session.wait(forHeading: words("officers.proof.title"))
    try look(counter, origin, "proof, by a key alone")
    try session.wait(for: "the button") { try session.element(Self.button).isDisplayed }
    try session.element(Self.button).click()
    try session.wait(forHeading: words("officers.pin.title"))

    try signOut(counter)
    try session.element("#f-nama").fill("sari")
    try session.element("#f-sandi").type(password)
    try session.element("form[action=\"/petugas/masuk\"] button[type=submit]").click()
    try session.wait(forHeading: words("officers.second.passkey.title"))
    try look(counter, origin, "second step by a key")
    try session.wait(for: "the button") { try session.element(Self.button).isDisplayed }
    try session.element(Self.button).click()
    try session.wait(for: "the console") { try session.has(".face-console") }
  }

  // MARK: Ways lost

  func testARemovedKeyAKeyThatIsKnownAndAnotherAddressAreToldInWords() throws {
    let (office, origin) = try startOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    let counter = try openCounter()
    let words = try Self.words(.indonesian)
    try signIn("sari", password, counter, origin)
    try register("Kunci biru", counter, origin)
    try ask(for: "Kunci merah", counter, origin)
    try counter.session.element(Self.button).click()
    try counter.session.wait(forText: words("officers.passkey.say.known"), in: "[data-passkey-part] [role=status]")

    let id = try office.query("SELECT factor FROM officers_passkey")
    try counter.session.open(origin + "/petugas/kunci/\(id)/nama")
    try counter.session.element("form[action$=\"/hapus\"] button").click()
    try counter.session.wait(for: "the question") { try counter.session.has("[data-confirm]") }
    try counter.session.element("[data-confirm] button[type=submit]").click()
    try counter.session.wait(forText: words("officers.passkey.none"), in: "main")
    try signOut(counter)
    try show(counter, origin, until: ".notice.error")
    XCTAssertTrue(try counter.session.text("main").contains(words("officers.passkey.refusal.unknown.title")))

    // At an address that is not the office's, and where no scripts run, there is no such button.
    try counter.session.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    XCTAssertFalse(try counter.session.element(Self.button).isDisplayed)
    let plain = try openBrowser(BrowserOptions(runsScripts: false))
    try plain.open(origin + "/petugas/masuk")
    XCTAssertFalse(try plain.element(Self.button).isDisplayed)
    XCTAssertTrue(try plain.element("#f-sandi").isDisplayed)
  }

  func testAnAuthenticatorThatIsNotThereIsToldAndTheButtonWorksAgain() throws {
    let (office, origin) = try startOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    let counter = try openCounter()
    let words = try Self.words(.indonesian)
    try signIn("sari", password, counter, origin)
    try register("Kunci biru", counter, origin)
    let key = try XCTUnwrap(counter.authenticator.credentials.first)
    try signOut(counter)
    try counter.authenticator.clear()
    try counter.session.open(origin + "/petugas/masuk")
    try counter.session.wait(for: "the button") { try counter.session.element(Self.button).isDisplayed }
    try counter.session.element(Self.button).click()
    try counter.session.wait(forText: words("officers.passkey.say.cancelled"), in: "[data-passkey-part] [role=status]")
    try counter.authenticator.add(key)
    try counter.session.element(Self.button).click()
    try counter.session.wait(for: "the console") { try counter.session.has(".face-console") }
  }

  private func look(_ counter: Counter, _ origin: String, _ page: String, line: UInt = #line) throws {
    try PageInspector(session: counter.session, origin: origin, language: .indonesian, line: line).check(page)
  }
}
