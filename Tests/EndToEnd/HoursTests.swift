import Client
import Core
import Foundation
import XCTest

/// The office when it cannot serve: on a Sunday, at Christmas, before opening, in the evening, with nobody there, and
/// when a supervisor says so. The real program, at a date of the test's own.
final class HoursTests: XCTestCase {
  func testOnASundayNoNumberIsGivenAndMondayIsNamed() throws {
    try expectClosed(at: "2026-11-29 10:00", saying: "Hari ini kantor tutup.", until: "Senin, 30 November 2026")
  }

  func testAtChristmasTheHolidayAndTheNextOpeningAreNamed() throws {
    try expectClosed(
      at: "2026-12-25 10:00", saying: "Hari ini kantor tutup: Kelahiran Yesus Kristus (Natal).",
      until: "Senin, 28 Desember 2026")
  }

  func testAtHalfPastFiveTheHourOfOpeningIsNamed() throws {
    try expectClosed(at: "2026-12-02 05:30", saying: "Kantor belum buka.", until: "Hari ini buka pukul 08.00 WIB.")
  }

  func testAtEightInTheEveningTomorrowIsNamed() throws {
    try expectClosed(at: "2026-12-02 20:00", saying: "Kantor sudah tutup hari ini.", until: "Kamis, 3 Desember 2026")
  }

  /// Every face says it: home, services, a service, numbers, the display, and the kiosk.
  private func expectClosed(at moment: String, saying title: String, until opening: String, line: UInt = #line) throws {
    let (office, browser) = try openOffice(at: moment)
    let application = try HallVisitor(port: office.port).apply(person: 1)
    for path in ["/", "/layanan", "/layanan/paspor-elektronik-10", "/antrean", "/display"] {
      let page = try browser.get(path)
      XCTAssertTrue(page.text.contains(title), "\(path): \(page.heading ?? "")", line: line)
      XCTAssertTrue(page.text.contains(opening), "\(path): no \(opening)", line: line)
      XCTAssertFalse(page.text.contains("berikutnya:"), path, line: line)
    }
    let page = try browser.get("/antrean")
    XCTAssertNil(page.form(to: "/antrean"), "a form for a number that cannot be had", line: line)
    XCTAssertTrue(page.text.contains("href=\"/janji\""), line: line)
    try expectNoNumberIsOffered(for: application, browser, saying: [title, opening], line: line)
    // A form that was opened earlier, or a program, gets none either.
    _ = try browser.visit("/lacak")
    let asked = try browser.post(
      "/antrean", ["nomor": application, "_kirim": PublicCode(from: SystemRandom()).description])
    XCTAssertGreaterThanOrEqual(asked.status, 400, line: line)
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_ticket"), "0", line: line)
    try expectClosedKiosk(office, saying: title, line: line)
  }

  /// The receipt and the progress of an application ask the same decision.
  private func expectNoNumberIsOffered(
    for application: String, _ browser: Browser, saying said: [String], line: UInt
  ) throws {
    // The date of birth opens both.
    for page in [
      try follow(application, browser), try browser.visit("/permohonan/\(application)"),
    ] {
      for words in said { XCTAssertTrue(page.text.contains(words), "\(page.heading ?? ""): no \(words)", line: line) }
      XCTAssertFalse(page.links.contains { $0.hasPrefix("/antrean?") }, page.heading ?? "", line: line)
      XCTAssertTrue(page.links.contains("/janji?nomor=\(application)"), page.heading ?? "", line: line)
    }
  }

  private func follow(_ application: String, _ browser: Browser) throws -> Answer {
    try browser.submit(
      XCTUnwrap(browser.visit("/lacak?nomor=\(application)").form(to: "/lacak")).filled([
        "lahir--hari": "17", "lahir--bulan": "08", "lahir--tahun": "1990",
      ]))
  }

  private func expectClosedKiosk(_ office: OfficeProcess, saying title: String, line: UInt) throws {
    let words = try Self.words()
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    defer { window.close() }
    let kiosk = KioskWalk(window: window)
    try window.wait(for: title)
    try kiosk.choose(words("language.name"))
    try window.wait(for: words("kiosk.menu.question"))
    try kiosk.choose(words("kiosk.menu.number"))
    try window.wait(for: words("kiosk.unavailable.title"))
    let shown = TerminalWindow.squeezed(try window.settledText)
    XCTAssertTrue(shown.contains(TerminalWindow.squeezed(title)), shown, line: line)
    XCTAssertTrue(shown.contains(TerminalWindow.squeezed("Janji temu")), shown, line: line)
    try window.type("0")
    try window.wait(for: words("kiosk.help.nobody"))
    try window.press("Enter")
    try window.wait(for: words("kiosk.unavailable.title"))
    try window.press("Enter")
    try window.wait(for: words("kiosk.menu.question"))
    XCTAssertEqual(try office.query("SELECT count(*) FROM accessibility_help"), "0", line: line)
  }

  func testWithNoOfficerANumberHasNoTimeAndTheSupervisorIsAlarmedUntilACounterOpens() throws {
    let (office, browser) = try openOffice()
    let words = try Self.words()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let page = try browser.get("/tiket/\(ticket.code)")
    XCTAssertTrue(page.text.contains(words("availability.unattended.title")))
    XCTAssertFalse(page.text.contains(words("queue.ticket.next.title")))
    XCTAssertFalse(page.text.contains(words("queue.ticket.estimate")), "an estimate of nobody's work")
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_promise"), "0")
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let alarm = try supervisor.visit("/petugas/ruang")
    XCTAssertTrue(alarm.text.contains(words("queue.hall.unattended")))
    XCTAssertTrue(try Browser(port: office.hallPort).get("/metrics").text.contains("gapura_queue_unattended 1"))
    try office.seatOfficer(at: 1)
    XCTAssertTrue(try browser.get("/tiket/\(ticket.code)").text.contains(words("queue.ticket.next.title")))
    XCTAssertFalse(try supervisor.visit("/petugas/ruang").text.contains(words("queue.hall.unattended")))
  }

  func testASupervisorStopsTheOfficeFromTheConsoleAndEveryFaceSaysSoUntilItIsTakenBack() throws {
    let (office, browser) = try openOffice()
    let words = try Self.words()
    try office.seatOfficer(at: 1)
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let numberless = try HallVisitor(port: office.port).apply(person: 2)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let page = try supervisor.visit("/petugas/ruang/henti")
    let form = try XCTUnwrap(page.form(to: "/petugas/ruang/henti"))
    let asked = try supervisor.submit(
      form.filled(["layanan": "seluruh-kantor", "sebab": "power", "keterangan": "Gardu sedang diperbaiki."]))
    let stopped = try supervisor.confirm(asked)
    XCTAssertEqual(stopped.location, "/petugas/ruang/henti")
    let list = try supervisor.visit("/petugas/ruang/henti")
    XCTAssertTrue(list.text.contains(ticket.number), "the number that is hit is not listed")
    for path in ["/", "/layanan", "/layanan/paspor-elektronik-10", "/antrean", "/tiket/\(ticket.code)"] {
      let told = try browser.get(path)
      XCTAssertTrue(told.text.contains("listrik padam (Gardu sedang diperbaiki)"), path)
    }
    try expectNoNumberIsOffered(
      for: numberless, browser, saying: ["listrik padam (Gardu sedang diperbaiki)"], line: #line)
    // What stands at the foot of every page, also of those that lead to no number.
    XCTAssertTrue(try browser.get("/pengaduan").text.contains(words("availability.stopped.office")))
    let events = try browser.events("/display/peristiwa")
    defer { events.close() }
    XCTAssertTrue(try XCTUnwrap(events.next()).data.contains("listrik padam"))
    XCTAssertTrue(
      try office.query("SELECT payload FROM store_events WHERE kind = 'service.stopped'").contains("power"))
    let lift = try XCTUnwrap(list.forms.first { $0.action.hasSuffix("/lanjut") })
    _ = try supervisor.submit(lift)
    XCTAssertTrue(try browser.get("/tiket/\(ticket.code)").text.contains(words("queue.ticket.next.title")))
    XCTAssertNotNil(try browser.get("/antrean").form(to: "/antrean"))
    for page in [
      try browser.visit("/permohonan/\(numberless)"), try follow(numberless, browser),
    ] {
      XCTAssertTrue(page.links.contains("/antrean?nomor=\(numberless)"), page.heading ?? "")
      XCTAssertFalse(page.text.contains("listrik padam"))
    }
  }

  func testAStopThatLiesAheadIsAnnouncedWhereverPeopleLookBeforeTheyCome() throws {
    let (office, browser) = try openOffice(at: "2026-12-01 09:00")
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let page = try supervisor.visit("/petugas/ruang/henti")
    let stopped = try supervisor.submit(
      XCTUnwrap(page.form(to: "/petugas/ruang/henti")).filled([
        "layanan": "paspor-hilang", "hari-pertama": "2026-12-03", "hari-terakhir": "2026-12-04", "sebab": "staff",
      ]))
    XCTAssertEqual(stopped.location, "/petugas/ruang/henti")
    for path in ["/", "/layanan", "/layanan/paspor-hilang", "/antrean"] {
      let told = try browser.get(path).text
      XCTAssertTrue(told.contains("pada Kamis–Jumat, 3–4 Desember 2026. Alasan: petugas tidak mencukupi."), path)
    }
    XCTAssertFalse(try browser.get("/layanan/paspor-elektronik-10").text.contains("petugas tidak mencukupi"))
  }

  private static func words() throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
  }
}
