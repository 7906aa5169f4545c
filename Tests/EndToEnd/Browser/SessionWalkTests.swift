import Client
import Core
import Foundation
import WebDriver
import XCTest

/// A counter that is locked and opened, a session that ends elsewhere, a proof that is asked for, in a real browser.
final class SessionWalkTests: BrowserTestCase {
  private static let pin = "904127"
  private static let counter = "/petugas/loket/1"
  private static let called = "main .ticket-number"
  private static let inHand =
    "SELECT state || calls FROM queue_ticket WHERE counter = 1 AND state IN ('called', 'serving')"

  // MARK: The lock

  func testACounterLockedByItsKeyOpensWithThePINAndKeepsTheNumberAndWhatWasTyped() throws {
    let (office, session, number) = try atTheCounter(runsScripts: true)
    let first = try session.window
    try session.element("summary[data-key=l]").click()
    try session.element("#f-nomor").type("A-977")
    let second = try session.openWindow()
    try session.open(origin(office) + Self.counter)
    try session.wait(for: "the number in the other tab") { try session.has(Self.called) }
    try session.press("q")
    for tab in [second, first] {
      try session.go(to: tab)
      try session.wait(for: "the lock", within: .seconds(60)) { try session.has("[data-locked]") }
      try expectNothing(of: number, in: session)
      XCTAssertFalse(try session.run("return document.documentElement.innerHTML").string?.contains("A-977") ?? true)
    }
    try expectState("called1", office)
    // Wrong once, then right.
    try session.element("main [name=\"_bukti-pin\"]").type("111112")
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "what is wrong") { try session.has(".error-summary") }
    try session.element("main [name=\"_bukti-pin\"]").type(Self.pin)
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the number") { try session.has(Self.called) }
    XCTAssertTrue(try session.text(Self.called).contains(number))
    XCTAssertEqual(try session.element("#f-nomor").value, "A-977")
    try session.go(to: second)
    try session.wait(for: "the number in the other tab", within: .seconds(60)) { try session.has(Self.called) }
    try expectState("called1", office)
  }

  func testThePasswordOpensALockedCounterToo() throws {
    let (office, session, number) = try atTheCounter(runsScripts: true)
    try session.press("q")
    try session.wait(for: "the lock") { try session.has("[data-locked]") }
    try session.element("main [name=\"_bukti-sandi\"]").type("hujan deras di pasar sari")
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the number") { try session.has(Self.called) }
    XCTAssertTrue(try session.text(Self.called).contains(number))
    try expectState("called1", office)
  }

  func testACounterIsLockedWithoutScriptsAndTheBackButtonShowsNothing() throws {
    let (office, session, number) = try atTheCounter(runsScripts: false)
    try session.element("header form[data-locks] button").click()
    try session.wait(for: "the lock") { try session.has("[data-locked]") }
    try expectNothing(of: number, in: session)
    try session.back()
    try session.wait(for: "the lock behind it") { try session.has("[data-locked]") }
    try expectNothing(of: number, in: session)
    try session.open(origin(office) + Self.counter)
    try expectNothing(of: number, in: session)
    try session.element("main [name=\"_bukti-pin\"]").type(Self.pin)
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the number") { try session.has(Self.called) }
    XCTAssertTrue(try session.address.hasSuffix(Self.counter))
    try expectState("called1", office)
  }

  func testAnIdleCounterLocksItselfAndKeepsItsNumber() throws {
    let (office, session, number) = try atTheCounter(runsScripts: true)
    // It is not touched; the page goes on following the hall.
    try office.clock.set(office.clock.now + .minutes(29))
    _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: 2)
    XCTAssertTrue(try session.has(Self.called))
    try office.clock.set(office.clock.now + .minutes(2))
    try session.wait(for: "the lock", within: .seconds(60)) { try session.has("[data-locked]") }
    try expectNothing(of: number, in: session)
    try session.element("main [name=\"_bukti-pin\"]").type(Self.pin)
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the number") { try session.has(Self.called) }
    XCTAssertTrue(try session.text(Self.called).contains(number))
    try expectState("called1", office)
  }

  // MARK: Ends

  func testASessionThatIsEndedElsewhereLeavesItsBrowserAtOnce() throws {
    let (office, session, number) = try atTheCounter(runsScripts: true)
    let elsewhere = Browser(port: office.port)
    _ = try elsewhere.visit("/petugas/masuk")
    _ = try elsewhere.post("/petugas/masuk", ["nama": "sari", "sandi": "hujan deras di pasar sari"])
    let form = try XCTUnwrap(elsewhere.visit("/petugas/sesi").form(to: "/petugas/sesi/akhiri-lain"))
    XCTAssertEqual(try elsewhere.submit(form).status, 303)
    try session.wait(for: "the sign-in", within: .seconds(60)) {
      try session.has("form[action=\"/petugas/masuk\"]")
    }
    XCTAssertFalse(try session.run("return document.documentElement.innerHTML").string?.contains(number) ?? true)
    try expectState("called1", office)
  }

  // MARK: Proofs

  func testAFreshProofIsAskedForOverThePageAndKeepsWhatWasTyped() throws {
    let (office, session) = try onTheAccounts(runsScripts: true)
    try session.element("main form[action=\"/petugas/akun\"] button[type=submit]").click()
    try session.wait(for: "the question") { try session.has("dialog[open] [name=\"_bukti-sandi\"]") }
    XCTAssertEqual(try session.element("#f-nama").value, "rina", "the page underneath is as it was")
    try session.element("dialog [name=\"_bukti-sandi\"]").type("bukan ini juga")
    try session.element("dialog form button[type=submit]").click()
    try session.wait(for: "what is wrong") { try session.has("dialog .error-summary") }
    XCTAssertEqual(try office.query("SELECT count(*) FROM officers_account"), "1")
    try session.element("dialog [name=\"_bukti-sandi\"]").type("hujan deras di pasar budi")
    try session.element("dialog form button[type=submit]").click()
    try session.wait(for: "the new password") { try session.has("main .keep-code") }
    XCTAssertEqual(
      try office.query("SELECT username || '|' || display_name FROM officers_account WHERE role = 'clerk'"),
      "rina|Rina Contoh")
  }

  func testAFreshProofIsAskedForWithoutScriptsAndKeepsWhatWasTyped() throws {
    let (office, session) = try onTheAccounts(runsScripts: false)
    try session.element("main form[action=\"/petugas/akun\"] button[type=submit]").click()
    try session.wait(for: "the question") { try session.has("main [name=\"_bukti-sandi\"]") }
    try session.element("main [name=\"_bukti-sandi\"]").type("hujan deras di pasar budi")
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the new password") { try session.has("main .keep-code") }
    XCTAssertEqual(
      try office.query("SELECT username || '|' || display_name FROM officers_account WHERE role = 'clerk'"),
      "rina|Rina Contoh")
  }

  // MARK: What is there

  private func origin(_ office: OfficeProcess) -> String { "http://127.0.0.1:\(office.port)" }

  private func expectState(
    _ state: String, _ office: OfficeProcess, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    XCTAssertEqual(try office.query(Self.inHand), state, file: file, line: line)
  }

  /// No part of the page, seen or not, says the number.
  private func expectNothing(
    of number: String, in session: BrowserSession, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    XCTAssertFalse(try session.has(Self.called), file: file, line: line)
    let page = try session.run("return document.documentElement.innerHTML + document.title").string
    XCTAssertFalse(page?.contains(number) ?? true, file: file, line: line)
  }

  private func signIn(_ session: BrowserSession, _ name: String, at office: OfficeProcess) throws {
    try session.open(origin(office) + "/petugas/masuk")
    try session.fill("nama", with: name)
    try session.fill("sandi", with: "hujan deras di pasar \(name)")
    try session.press(until: ".face-console")
  }

  /// A clerk with a PIN, who has called a number.
  private func atTheCounter(
    runsScripts: Bool
  ) throws -> (office: OfficeProcess, session: BrowserSession, number: String) {
    let office = try makeOffice()
    try office.start()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    XCTAssertEqual(ticket.number, "A-001")
    try office.seatOfficer("sari", at: 1)
    let session = try openBrowser(BrowserOptions(size: (1280, 900), language: "id", runsScripts: runsScripts))
    try signIn(session, "sari", at: office)
    try session.open(origin(office) + "/petugas/sesi/pin")
    try session.fill("pin-baru", with: Self.pin)
    try session.fill("pin-ulang", with: Self.pin)
    try session.press(until: "main .notice")
    try session.open(origin(office) + Self.counter)
    try session.element("main form[action$=\"/panggil\"] button").click()
    try session.wait(for: "the call") { try session.has(Self.called) }
    return (office, session, ticket.number)
  }

  /// A supervisor who signed in more than five minutes ago and has filled in an account.
  private func onTheAccounts(runsScripts: Bool) throws -> (office: OfficeProcess, session: BrowserSession) {
    let office = try makeOffice()
    _ = try office.addOfficer("budi", role: "supervisor")
    try office.start()
    let session = try openBrowser(BrowserOptions(size: (1280, 900), language: "id", runsScripts: runsScripts))
    try signIn(session, "budi", at: office)
    try session.open(origin(office) + "/petugas/akun")
    try session.element("#f-nama").type("rina")
    try session.element("#f-nama-lengkap").type("Rina Contoh")
    try session.element("main label[for=\"f-peran-0\"]").click()
    try office.clock.set(office.clock.now + .minutes(6))
    return (office, session)
  }
}
