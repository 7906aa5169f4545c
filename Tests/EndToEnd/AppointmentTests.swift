import Client
import Core
import Foundation
import XCTest

/// From a phone at home to the ticket in the hall: the real executable, a real terminal, one code.
final class AppointmentTests: XCTestCase {
  private var office: OfficeProcess?
  private var window: TerminalWindow?

  override func tearDown() {
    window?.close()
    office?.remove()
  }

  func testATimeTakenFromAPhoneIsTheTicketAtTheKiosk() throws {
    let office = try startOffice()
    let visitor = HallVisitor(port: office.port)
    let code = try visitor.bookForToday(person: 1).code

    let words = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    self.window = window
    let kiosk = KioskWalk(window: window)
    var shown: [String] = []
    for _ in 0..<2 {
      try kiosk.chooseLanguage(.indonesian, words)
      try kiosk.choose(words("appointment.kiosk.menu"))
      try window.wait(for: words("appointment.kiosk.enter"))
      try window.scan("http://127.0.0.1:8080/janji/\(code)")
      try window.wait(for: words("kiosk.ticket.title"))
      let ticket = try visitor.browser.visit("/tiket/\(code)")
      XCTAssertEqual(ticket.status, 200, "the booking's code is not the ticket's")
      shown.append(try XCTUnwrap(ticket.text.firstMatch(of: /[A-Z]-\d{3,}/)).output.description)
      try kiosk.leave(words)
    }
    XCTAssertEqual(shown[0], shown[1], "the second scan gave another number")

    let receipt = try visitor.browser.visit("/janji/\(code)")
    XCTAssertTrue(receipt.text.contains(words("appointment.state.checked-in")))
  }

  func testADayThatBecomesCollectiveLeaveGivesNoPlacesAndSupervisorsSeeWhoHadBooked() throws {
    let office = try startOffice()
    let password = try office.addOfficer("budi", role: "supervisor")
    let visitor = HallVisitor(port: office.port)
    let page = "/janji/waktu?nomor=\(Browser.encoded(try visitor.apply(person: 2)))&jalur=web&hari="
    let day = office.clock.today.adding(days: 5).description
    let times = try visitor.browser.visit(page + day)
    let time = try XCTUnwrap(times.text.firstMatch(of: /name="jam" value="([^"]+)"/), times.text).output.1
    XCTAssertTrue(times.text.contains("name=\"hari\" value=\"\(day)\""))
    let held = try visitor.browser.submit(XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    let path = try XCTUnwrap(held.location)
    _ = try visitor.browser.submit(XCTUnwrap(visitor.browser.visit(path).form(to: "\(path)/pesan")))

    try rewrite("calendar.json5", office) { text in
      // The shipped calendar's first year is the one in which the office stands.
      let leave = "{ date: \"\(day)\", name: { id: \"Cuti bersama\", en: \"Collective leave\" } }"
      return text.replacing("collectiveLeave: [", with: "collectiveLeave: [\(leave),", maxReplacements: 1)
    }
    office.reload()
    let other = HallVisitor(port: office.port)
    let again = "/janji/waktu?nomor=\(Browser.encoded(try other.apply(person: 3)))&jalur=web&hari=\(day)"
    let isClosed = try (0..<100).contains { _ in
      let shown = try other.browser.visit(again).text.contains("name=\"hari\" value=\"\(day)\"")
      if shown { Thread.sleep(forTimeInterval: 0.1) }
      return !shown
    }
    XCTAssertTrue(isClosed, "the day is still offered")
    XCTAssertEqual(try other.browser.visit(path).status, 200, "who had booked has lost the appointment")
    _ = try other.browser.visit("/petugas/masuk")
    _ = try other.browser.post("/petugas/masuk", ["nama": "budi", "sandi": password])
    let desk = try other.browser.visit("/petugas/janji")
    XCTAssertTrue(desk.links.contains("/petugas/janji?hari=\(day)"), "\(desk.status) \(desk.links)")
    XCTAssertTrue(desk.text.contains("notice warning"))
  }

  /// An office that lets people come hours early, so that a place of today can be taken to the kiosk at once.
  private func startOffice() throws -> OfficeProcess {
    let office = try OfficeProcess()
    self.office = office
    try rewrite("appointments.json5", office) {
      $0.replacingOccurrences(of: "earlyMinutes: 30", with: "earlyMinutes: 480")
        .replacingOccurrences(of: "walkIn: 20", with: "walkIn: 70")
    }
    try office.start()
    return office
  }

  private func rewrite(_ name: String, _ office: OfficeProcess, _ change: (String) -> String) throws {
    let file = office.configuration.appendingPathComponent(name)
    try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
  }
}
