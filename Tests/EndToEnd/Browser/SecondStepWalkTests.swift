import Client
import Core
import Foundation
import WebDriver
import XCTest

/// Each way in and each way lost, through real browsers, in an office as it is shipped: supervisors must have a second factor.
final class SecondStepWalkTests: BrowserTestCase {
  private static let narrow = (width: 320, height: 640)
  private static let desktop = (width: 1280, height: 900)

  func testEachWayWithScriptsInEnglish() throws { try walk(.english, Self.desktop, runsScripts: true) }
  func testEachWayWithoutScriptsInANarrowWindowInIndonesian() throws {
    try walk(.indonesian, Self.narrow, runsScripts: false)
  }

  /// One officer's browser, and what their phone shows.
  private struct Seat {
    let office: OfficeProcess
    let session: BrowserSession
    let words: Words
    let name: String

    var origin: String { "http://127.0.0.1:\(office.port)" }
    var greeting: String { words("officers.home.greeting", ["name": name]) }

    func look(_ page: String, status: Int = 200, line: UInt = #line) throws {
      try PageInspector(session: session, origin: origin, language: words.language, line: line)
        .check(page, status: status)
    }

    func fill(_ field: String, _ text: String) throws { try session.element("#f-\(field)").type(text) }

    /// By the keyboard alone: Enter sends the form in whose field one is.
    func send() throws { try session.press(.enter) }

    func enterPassword(_ password: String) throws {
      try session.open(origin + "/petugas")
      try session.wait(forHeading: words("officers.sign-in.title"))
      try fill("nama", name)
      try fill("sandi", password)
      try send()
    }

    func leave() throws {
      try session.element("form[action=\"/petugas/keluar\"] button").click()
      try session.wait(forText: words("officers.sign-in.signed-out"))
    }

    /// Another period: no code is taken twice.
    func code(_ app: AuthenticatorApp) throws -> String {
      try office.clock.set(office.clock.now + .seconds(60))
      return try app.code(at: office.clock.now)
    }

    /// Sets up what the page shows.
    ///
    /// - Returns: the app, and the codes on paper.
    func setUp(line: UInt = #line) throws -> (app: AuthenticatorApp, paper: [String]) {
      try session.wait(forHeading: words("officers.enrolment.first-title"))
      try look("set-up", line: line)
      // Here the page does not stand at the office's address, so that there are no passkeys.
      XCTAssertFalse(try session.element("form[data-passkey] button").isDisplayed, line: line)
      XCTAssertTrue(try session.element("p[data-passkey-unable]").isDisplayed, line: line)
      XCTAssertTrue(try session.element("svg.qr").isDisplayed, line: line)
      let app = try AuthenticatorApp(showing: session.text(".keep-code"))
      try fill("kode", app.code(at: office.clock.now - .minutes(10)))
      try send()
      try session.wait(for: "the refusal") { try session.has("#f-kode-error") }
      try look("set-up with an error", status: 422, line: line)
      let again = try AuthenticatorApp(showing: session.text(".keep-code"))
      let code = try app.code(at: office.clock.now)
      XCTAssertEqual(try again.code(at: office.clock.now), code, "another secret", line: line)
      try fill("kode", code)
      try send()
      try session.wait(forHeading: words("officers.recovery.title"))
      try look("codes on paper", line: line)
      let paper = try session.elements("main ol code").map { try $0.text }
      XCTAssertEqual(paper.count, 10, line: line)
      try session.control(words("officers.recovery.next")).click()
      try session.wait(forHeading: greeting)
      return (app, paper)
    }
  }

  private func walk(_ language: Language, _ size: (width: Int, height: Int), runsScripts: Bool) throws {
    let office = try makeOffice(demandsFactors: true)
    let passwords = [
      "sari": try office.addOfficer("sari", role: "clerk"), "budi": try office.addOfficer("budi", role: "supervisor"),
      "rina": try office.addOfficer("rina", role: "supervisor"),
    ]
    try office.start()
    let options = BrowserOptions(size: size, language: language.rawValue, runsScripts: runsScripts)
    let words = try Self.words(language)
    func seat(_ name: String) throws -> Seat {
      Seat(office: office, session: try openBrowser(options), words: words, name: name)
    }
    let (clerk, supervisor) = (try seat("sari"), try seat("budi"))
    let password = try XCTUnwrap(passwords["budi"])
    try comeInByPasswordOnly(clerk, XCTUnwrap(passwords["sari"]))
    try supervisor.enterPassword(password)
    let (app, paper) = try supervisor.setUp()
    try supervisor.leave()
    try comeInByCode(supervisor, password, app)
    try supervisor.leave()
    try comeInByPaper(supervisor, password, paper[0])
    try supervisor.leave()
    try loseTheWayAfterFiveWrongCodes(supervisor, password)
    let other = try seat("rina")
    try other.enterPassword(XCTUnwrap(passwords["rina"]))
    let rina = try other.setUp().app
    try loseTheFactor(of: supervisor, password, app, with: other, XCTUnwrap(passwords["rina"]), rina)
  }

  // MARK: Ways in

  private func comeInByPasswordOnly(_ seat: Seat, _ password: String) throws {
    try seat.enterPassword(password)
    try seat.session.wait(forHeading: seat.greeting)
    try seat.session.open(seat.origin + "/petugas/faktor")
    try seat.session.wait(forText: seat.words("officers.factor.none"))
    try seat.look("own factors, none")
  }

  private func comeInByCode(_ seat: Seat, _ password: String, _ app: AuthenticatorApp) throws {
    try seat.enterPassword(password)
    try seat.session.wait(forHeading: seat.words("officers.second.time-code.title"))
    try seat.look("second step by code")
    try seat.session.open(seat.origin + "/petugas/akun")
    try seat.session.wait(forHeading: seat.words("officers.second.time-code.title"))
    try seat.fill("kode", "000000")
    try seat.send()
    try seat.session.wait(for: "the refusal") { try seat.session.has("#f-kode-error") }
    XCTAssertEqual(try seat.session.element("#f-kode").value, "", "a code never comes back")
    try seat.look("second step with an error", status: 422)
    try seat.fill("kode", seat.code(app))
    try seat.send()
    try seat.session.wait(forHeading: seat.words("officers.staff.title"))
    try seat.session.open(seat.origin + "/petugas/faktor")
    try seat.session.wait(forText: seat.words("officers.factor.last"))
    try seat.look("own factors, one")
  }

  private func comeInByPaper(_ seat: Seat, _ password: String, _ code: String) throws {
    for isUsed in [false, true] {
      try seat.enterPassword(password)
      try seat.session.wait(forHeading: seat.words("officers.second.time-code.title"))
      try seat.session.control(seat.words("officers.second.time-code.other")).click()
      try seat.session.wait(forHeading: seat.words("officers.second.recovery.title"))
      try seat.look("second step by paper")
      try seat.fill("kode", code)
      try seat.send()
      guard isUsed else {
        try seat.session.wait(forHeading: seat.greeting)
        try seat.leave()
        continue
      }
      try seat.session.wait(for: "the refusal") { try seat.session.has("#f-kode-error") }
      try seat.look("second step by paper with an error", status: 422)
    }
  }

  // MARK: Ways lost

  private func loseTheWayAfterFiveWrongCodes(_ seat: Seat, _ password: String) throws {
    try seat.enterPassword(password)
    try seat.session.wait(forHeading: seat.words("officers.second.time-code.title"))
    for number in 1...5 {
      try seat.session.element("#f-kode").fill("00000\(number)")
      try seat.send()
      guard number < 5 else { break }
      try seat.session.wait(for: "refusal \(number)") { try seat.session.has("#f-kode-error") }
      try seat.session.open(seat.origin + "/petugas/faktor/kode")
      try seat.session.wait(for: "the empty page") { try !seat.session.has("#f-kode-error") }
    }
    try seat.session.wait(forText: seat.words("officers.second.ended"))
    // The browser notes each refusal.
    _ = try seat.session.takeConsole()
    try seat.look("too many wrong codes")
  }

  /// The phone is gone, and the paper too: another supervisor resets, and the officer begins anew.
  private func loseTheFactor(
    of seat: Seat, _ password: String, _ app: AuthenticatorApp, with other: Seat, _ own: String,
    _ rina: AuthenticatorApp
  ) throws {
    let id = try seat.office.query("SELECT id FROM officers_account WHERE username = '\(seat.name)'")
    // Long after signing in: who it is that does this is asked first.
    try seat.office.clock.set(seat.office.clock.now + .minutes(6))
    try other.session.open(other.origin + "/petugas/akun")
    try other.session.control(other.words("officers.staff.lost", ["name": seat.name])).click()
    try other.session.wait(for: "the question") { try other.session.has("main input[name=_bukti-kode]") }
    try other.session.fill("_bukti-sandi", with: own)
    try other.session.fill("_bukti-kode", with: other.code(rina))
    try other.send()
    try other.session.wait(forHeading: other.words("officers.lost.title"))
    try other.look("reset, asked")
    try other.fill("alasan", "Ponselnya jatuh ke sungai.")
    try other.session.element("label[for=f-di-depan-saya]").click()
    try other.session.element("[data-confirm] button[type=submit]").click()
    try other.session.wait(forHeading: other.words("officers.initial.title", ["name": seat.name]))
    try other.look("reset, done")
    let initial = try other.session.text(".keep-code code")
    XCTAssertEqual(try seat.office.query("SELECT count(*) FROM officers_factor WHERE account = \(id)"), "0")

    try seat.enterPassword(password)
    try seat.session.wait(for: "the refusal") { try seat.session.has(".error-summary") }
    _ = try seat.session.takeConsole()
    try seat.enterPassword(initial)
    try seat.session.wait(forHeading: seat.words("officers.password.title"))
    for (field, text) in [
      ("sandi-lama", initial), ("sandi-baru", "Kopi-Pagi-Enak-27"), ("sandi-ulang", "Kopi-Pagi-Enak-27"),
    ] { try seat.fill(field, text) }
    try seat.send()
    let fresh = try seat.setUp().app
    try seat.leave()
    try seat.enterPassword("Kopi-Pagi-Enak-27")
    try seat.session.wait(forHeading: seat.words("officers.second.time-code.title"))
    try seat.fill("kode", seat.code(app))
    try seat.send()
    try seat.session.wait(for: "the refusal of the lost phone") { try seat.session.has("#f-kode-error") }
    _ = try seat.session.takeConsole()
    try seat.fill("kode", seat.code(fresh))
    try seat.send()
    try seat.session.wait(forHeading: seat.greeting)
  }
}
