import Client
import Core
import XCTest

/// What a ticket said in the morning, looked at later: on the real program, whose clock goes on.
final class PromiseAndDayEndTests: XCTestCase {
  private func words() throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
  }

  /// A person who signs in anew: nobody stays signed in for the hours by which these tests set the clock on.
  private func officer(_ office: OfficeProcess, _ password: String) throws -> Browser {
    let officer = Browser(port: office.port)
    let form = try XCTUnwrap(try officer.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    XCTAssertEqual(try officer.submit(form.filled(["nama": "budi", "sandi": password])).status, 303)
    return officer
  }

  private func openCounter(_ office: OfficeProcess, _ password: String) throws {
    let officer = try officer(office, password)
    _ = try officer.visit("/petugas/loket/1")
    _ = try officer.post("/petugas/loket/1/buka", [:])
  }

  /// Asks again until the page says it: the hall looks at the clock once a minute.
  private func wait(for text: String, on path: String, _ browser: Browser) throws {
    for _ in 0..<900 {
      if try browser.visit(path).text.contains(text) { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    XCTFail("\(path) never says: \(text)")
  }

  func testABrokenPromiseStandsInTheBooksAndADayEndsByItself() throws {
    let (office, _) = try openOffice(at: "2026-12-02 10:00")
    let words = try words()
    let password = try office.addOfficer("budi", role: "supervisor")
    try openCounter(office, password)
    let visitor = HallVisitor(port: office.port)
    let ticket = try visitor.applyAndTakeNumber(person: 1)
    let path = "/tiket/\(ticket.code)"
    let promised = try XCTUnwrap(
      try visitor.browser.visit(path).text.firstMatch(of: /paling lambat pukul (\d\d\.\d\d)/)
    ).output.1
    let given = try visitor.browser.visit(path).text
    let note = try XCTUnwrap(given.range(of: words("queue.ticket.estimate-note")))
    let promise = try XCTUnwrap(given.range(of: words("appointment.promise.ticket", ["time": String(promised)])))
    XCTAssertLessThan(note.lowerBound, promise.lowerBound, "the promise seems to be taken back")

    try office.clock.set("2026-12-02 13:30")
    let page = try visitor.browser.visit(path).text
    XCTAssertTrue(page.contains(words("queue.promise.broken", ["time": String(promised)])), page)
    XCTAssertFalse(page.contains(words("appointment.promise.ticket", ["time": String(promised)])))
    try wait(for: "gapura_queue_promises_overdue 1", on: "/metrics", Browser(port: office.hallPort))
    let officer = try officer(office, password)
    XCTAssertTrue(try officer.visit("/petugas/ruang").text.contains(words("queue.hall.broken")))
    let report = try officer.visit("/petugas/laporan?tanggal=2026-12-02").text
    XCTAssertFalse(report.contains("100 %") || report.contains("100%"), "the books know of no broken promise")

    try office.clock.set("2026-12-02 18:01")
    try wait(for: words("queue.ending.day-closed"), on: path, visitor.browser)
    XCTAssertEqual(try office.query("SELECT count(*) FROM store_events WHERE kind = 'hall.day-ended'"), "1")

    // The same number has a new holder in the morning.
    try office.clock.set("2026-12-03 09:30")
    try openCounter(office, password)
    let fresh = try HallVisitor(port: office.port).applyAndTakeNumber(person: 2)
    XCTAssertEqual(fresh.number, ticket.number)
    let old = try visitor.browser.visit(path).text
    XCTAssertTrue(old.contains(words("queue.ending.day-closed")))
    XCTAssertTrue(old.contains("2 Desember 2026"), "it does not say for which day it was")
    XCTAssertFalse(old.contains(words("queue.ticket.next.title")))
  }

  func testDaysWithThePowerOffAreSettledAtTheNextStart() throws {
    let (office, _) = try openOffice(at: "2026-12-03 14:00")
    try openCounter(office, office.addOfficer("budi", role: "supervisor"))
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    office.kill()
    try office.clock.set("2026-12-07 08:30")
    try office.start()
    let page = try Browser(port: office.port).visit("/tiket/\(ticket.code)").text
    XCTAssertTrue(page.contains(try words()("queue.ending.day-closed")), page)
    XCTAssertEqual(
      try office.query("SELECT state, reason FROM queue_ticket WHERE code = '\(ticket.code)'"), "cancelled|day-closed")
  }
}
