import Client
import Core
import Foundation
import XCTest

/// The kiosk as visitors meet it: the real relay in a real terminal, at the usual size and at the smallest.
final class KioskTests: XCTestCase {
  private var startedOffice: OfficeProcess?
  private var windows: [TerminalWindow] = []

  override func tearDown() {
    for window in windows { window.close() }
    windows = []
    startedOffice?.remove()
  }

  func testVisitorTakesANumberAndFollowsAnApplicationAt80By24() throws { try visit(80, 24, .indonesian) }
  func testVisitorTakesANumberAndFollowsAnApplicationAt40By12() throws { try visit(40, 12, .english) }

  private func visit(_ columns: Int, _ rows: Int, _ language: Language) throws {
    let office = try startOffice()
    let application = try HallVisitor(port: office.port).apply(person: 1)
    try office.seatOfficer(at: 4)
    let words = try Self.words(language)
    let kiosk = try open(office, columns, rows)
    try kiosk.chooseLanguage(language, words)
    try kiosk.takeNumber(words)
    try kiosk.lookUp(application, words)
    try kiosk.callHelp(words)
  }

  func testAnEnterHeldDownAtTheConfirmationTakesOneNumberThatStaysOnTheScreen() throws {
    let office = try startOffice()
    let words = try Self.words(.indonesian)
    let kiosk = try open(office, 80, 24)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.askForNumber(words, holding: 60)
    try kiosk.window.wait(for: "Enter \(words("kiosk.key.finish"))")
    let shown = try kiosk.window.settledText
    XCTAssertTrue(shown.contains(words("kiosk.ticket.title")), shown)
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_ticket"), "1")
    try kiosk.leave(words)
  }

  func testAScannedReceiptPressesNoKeysAndLeadsToItsApplicationFromTheFirstScreen() throws {
    let office = try startOffice()
    let application = try HallVisitor(port: office.port).apply(person: 1)
    try office.seatOfficer(at: 4)
    let words = try Self.words(.indonesian)
    let kiosk = try open(office, 80, 24)
    try kiosk.window.wait(for: words("language.name"))
    try kiosk.window.scan("0120120120")
    try kiosk.window.wait(for: words("kiosk.scan.unknown"))
    try kiosk.window.scan("http://127.0.0.1:8080/lacak?nomor=\(application)")
    try kiosk.window.wait(for: words("kiosk.scan.language"))
    try kiosk.window.wait(for: try Self.words(.english)("kiosk.scan.language"))
    try kiosk.choose(words("language.name"))
    try kiosk.window.wait(for: words("kiosk.scan.application", ["number": TypedNumber.grouped(application)]))
    try kiosk.choose(words("kiosk.menu.number"))
    try kiosk.window.wait(for: words("kiosk.birth.enter"))
    try kiosk.window.enter("17081990")
    try kiosk.window.wait(for: words("kiosk.priority.question"))
    XCTAssertEqual(try office.query("SELECT count(*) FROM accessibility_help"), "0")
  }

  func testKioskForgetsAVisitorWhoWalksAway() throws {
    let office = try startOffice { text in
      text.replacingOccurrences(of: "idleSeconds: 60", with: "idleSeconds: 20")
    }
    let words = try Self.words(.indonesian)
    let kiosk = try open(office, 80, 24)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.choose(words("kiosk.menu.status"))
    try kiosk.window.wait(for: words("kiosk.application.enter"))
    try kiosk.window.type("12345678")
    try kiosk.window.wait(for: "the number that was typed") { $0.contains("1234 5678") }
    try kiosk.window.wait(for: words("kiosk.idle.title"), within: .seconds(40))
    try kiosk.window.wait(for: words("kiosk.forgotten"), within: .seconds(40))
    let shown = try kiosk.window.settledText
    XCTAssertFalse(shown.contains("1234"), shown)
    XCTAssertTrue(shown.contains(words("language.name")), shown)
  }

  private func startOffice(_ change: (String) -> String = { $0 }) throws -> OfficeProcess {
    let office = try OfficeProcess()
    startedOffice = office
    let file = office.configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    try change(text).write(to: file, atomically: true, encoding: .utf8)
    try office.start()
    return office
  }

  private func open(_ office: OfficeProcess, _ columns: Int, _ rows: Int) throws -> KioskWalk {
    let window = try KioskWalk.openWindow(office, columns: columns, rows: rows)
    windows.append(window)
    return KioskWalk(window: window)
  }

  private static func words(_ language: Language) throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path).words(language)
  }
}
