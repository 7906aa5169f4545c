import Client
import Core
import Foundation
import XCTest

/// A real kiosk while nothing can be had: on a Sunday, before opening, in the evening, with nobody there, and after a
/// supervisor has stopped the office; at the usual size and at the smallest. What it says is whole, and every screen leads
/// on. With `GAPURA_SHOW_SCREENS=1` it prints what it sees.
final class ClosedKioskTests: XCTestCase {
  private static let sizes = [(columns: 80, rows: 24), (columns: 40, rows: 12)]

  func testASundayIsSaidFromTheFirstScreenToTheLast() throws {
    try walkClosed(at: "2026-11-29 10:00", saying: ["Hari ini kantor tutup.", "Buka lagi Senin, 30 November 2026"])
  }

  func testTheMorningBeforeOpeningIsSaidFromTheFirstScreenToTheLast() throws {
    try walkClosed(at: "2026-12-02 05:30", saying: ["Kantor belum buka.", "Hari ini buka pukul 08.00 WIB."])
  }

  func testTheEveningIsSaidFromTheFirstScreenToTheLast() throws {
    try walkClosed(
      at: "2026-12-02 20:00", saying: ["Kantor sudah tutup hari ini.", "Buka lagi Kamis, 3 Desember 2026"])
  }

  func testAStopIsSaidWithItsReasonFromTheFirstScreenToTheLast() throws {
    let (office, _) = try openOffice()
    try office.seatOfficer(at: 1)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let form = try XCTUnwrap(supervisor.visit("/petugas/ruang/henti").form(to: "/petugas/ruang/henti"))
    let asked = try supervisor.submit(
      form.filled(["layanan": "seluruh-kantor", "sebab": "power", "keterangan": "Gardu sedang diperbaiki."]))
    _ = try supervisor.confirm(asked)
    try walk(
      office, saying: ["Pelayanan di kantor ini sedang dihentikan.", "listrik padam (Gardu sedang diperbaiki)"],
      isHeard: true)
  }

  func testWithoutAnOfficerTheKioskSaysSoAndStillGivesANumberWithoutATime() throws {
    let (office, _) = try openOffice()
    let words = try Self.words(.indonesian)
    for size in Self.sizes {
      let window = try KioskWalk.openWindow(office, columns: size.columns, rows: size.rows)
      defer { window.close() }
      let kiosk = KioskWalk(window: window)
      try window.wait(for: words("language.name"))
      try window.wait(for: words("availability.unattended.office"))
      try expect(kiosk, [words("availability.unattended.text")], "the first screen")
      try kiosk.chooseLanguage(.indonesian, words)
      try expect(kiosk, [words("availability.unattended.office"), words("kiosk.menu.number")], "the menu")
      try kiosk.askForNumber(words)
      let shown = try expect(
        kiosk, [words("availability.unattended.title"), words("availability.unattended.waiting")], "the ticket")
      XCTAssertFalse(shown.contains(words("kiosk.ticket.next")), shown)
      XCTAssertFalse(shown.contains("Kira-kira"), shown)
      try kiosk.leave(words)
    }
  }

  private func walkClosed(at moment: String, saying said: [String]) throws {
    let (office, _) = try openOffice(at: moment)
    try walk(office, saying: said)
  }

  /// Through every screen of a person who wants a number, and back.
  private func walk(_ office: OfficeProcess, saying said: [String], isHeard: Bool = false) throws {
    let words = try Self.words(.indonesian)
    for size in Self.sizes {
      let window = try KioskWalk.openWindow(office, columns: size.columns, rows: size.rows)
      defer { window.close() }
      let kiosk = KioskWalk(window: window)
      try window.wait(for: "both languages on the first page") { shown in
        ["Bahasa Indonesia", "English"].allSatisfy { shown.contains($0) }
      }
      // The state of the hall comes a moment after the first screen, and is said there whatever its size.
      try window.wait(for: said[0])
      try expect(kiosk, said, "the first screen")
      try kiosk.chooseLanguage(.indonesian, words)
      let menu = try expect(kiosk, said, "the menu")
      XCTAssertTrue(menu.contains(TerminalWindow.squeezed(words("kiosk.menu.status"))), menu)
      try kiosk.choose(words("kiosk.menu.number"))
      try window.wait(for: words("kiosk.unavailable.title"))
      try expect(kiosk, said + [words("availability.appointment-kiosk")], "the refusal")
      try window.press("Enter")
      try window.wait(for: words("kiosk.menu.title"))
      try kiosk.choose(words("kiosk.menu.number"))
      try window.wait(for: words("kiosk.unavailable.title"))
      try kiosk.choose(words("kiosk.menu.status"))
      try window.wait(for: words("kiosk.application.title"))
      try askForHelp(kiosk, words, heard: isHeard)
      try enlarge(kiosk, words, isReadable: size.columns == 40)
    }
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_ticket"), "0")
  }

  /// A number that is not found offers an officer only where one is signed in, and help says what else there is.
  private func askForHelp(_ kiosk: KioskWalk, _ words: Words, heard isHeard: Bool) throws {
    try kiosk.window.enter("123456789092")
    try kiosk.window.wait(for: words("kiosk.birth.title"))
    try kiosk.window.enter("17081990")
    try kiosk.window.wait(for: words("kiosk.problem.title"))
    let problem = try expect(kiosk, [words(isHeard ? "kiosk.help.press" : "kiosk.help.where")], "the wrong number")
    if !isHeard { XCTAssertFalse(problem.contains(TerminalWindow.squeezed(words("kiosk.help.press"))), problem) }
    try kiosk.window.type("0")
    if isHeard { return try kiosk.window.wait(for: words("kiosk.help.coming")) }
    try kiosk.window.wait(for: words("kiosk.help.nobody"))
    let help = try expect(
      kiosk, [words("availability.help.telephone", ["telephone": "(021) 555-0100"])], "help")
    XCTAssertFalse(help.contains(TerminalWindow.squeezed(words("availability.help.desk"))), help)
  }

  /// In large print the first screen and the menu say it too; at the smallest size, in letters that can be read here.
  private func enlarge(_ kiosk: KioskWalk, _ words: Words, isReadable: Bool) throws {
    for _ in 0..<8 where !(try kiosk.window.text).contains("English") {
      try kiosk.window.press("Escape")
      // The same key sooner is the one that was pressed.
      Thread.sleep(forTimeInterval: 0.8)
    }
    try kiosk.window.type("9")
    try kiosk.window.wait(for: "the key for normal letters") { shown in
      [words("kiosk.key.normal"), words("kiosk.key.normal-short")].contains {
        TerminalWindow.squeezed(shown).contains(TerminalWindow.squeezed("9 \($0)"))
      }
    }
    try expect(kiosk, isReadable ? ["!"] : [], "the first screen in large print")
    try kiosk.window.type("1")
    try kiosk.window.wait(for: words("kiosk.menu.title"))
    try expect(kiosk, isReadable ? ["!"] : [], "the menu in large print")
  }

  @discardableResult
  private func expect(_ kiosk: KioskWalk, _ said: [String], _ screen: String) throws -> String {
    let pages = try kiosk.readPages()
    if ProcessInfo.processInfo.environment["GAPURA_SHOW_SCREENS"] != nil {
      print("=== \(screen)\n" + pages.joined(separator: "\n--- next page\n"))
    }
    let shown = TerminalWindow.squeezed(pages.joined(separator: "\n"))
    for text in said {
      XCTAssertTrue(shown.contains(TerminalWindow.squeezed(text)), "\(screen): no “\(text)”\n\(shown)")
    }
    return shown
  }

  private static func words(_ language: Language) throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path).words(language)
  }
}
