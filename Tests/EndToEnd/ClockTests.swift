import Client
import Core
import XCTest

/// The date on which a test's office stands, whatever the machine's is.
final class ClockTests: XCTestCase {
  func testOfficeStartsOnAWorkingMorningWhateverTheMachinesDate() throws {
    let office = try closedOffice()
    XCTAssertEqual(office.clock.today.description, "2026-12-02")
    XCTAssertLessThanOrEqual(office.clock.today.weekday, 5)
    try office.start()
    try expectDatabaseKnows(office)
  }

  func testOfficeIsStartedAtTheMomentThatATestIsAbout() throws {
    for moment in ["2026-12-25 23:58", "2028-02-29 09:30", "2025-11-30 00:02"] {
      let office = try closedOffice(at: moment)
      XCTAssertEqual(office.clock.today.description, String(moment.prefix(10)))
      try office.start()
      try expectDatabaseKnows(office)
      office.remove()
    }
  }

  func testClockOfARunningOfficeIsMovedAndItsTimersGoOn() throws {
    let office = try closedOffice()
    try office.start()
    try office.clock.set("2027-03-01 10:00")
    try expectDatabaseKnows(office)
    // It waits by timers for what is at work, and ends when it is told to.
    XCTAssertEqual(office.stop(), 0)
  }

  func testMomentThatIsNoneIsRefused() {
    for moment in ["2026-02-29 09:30", "2026-12-02", "2026-12-02T09:30", "2026-12-02 24:30"] {
      XCTAssertThrowsError(try OfficeProcess(at: moment), moment)
    }
  }

  /// An officer's sign-in is written down at the office's time.
  private func expectDatabaseKnows(_ office: OfficeProcess, line: UInt = #line) throws {
    let password = try office.addOfficer("budi", role: "clerk")
    let browser = Browser(port: office.port)
    _ = try browser.visit("/petugas/masuk")
    let before = office.clock.now
    XCTAssertEqual(try browser.post("/petugas/masuk", ["nama": "budi", "sandi": password]).status, 303, line: line)
    let written = Instant(milliseconds: try XCTUnwrap(Int64(office.query("SELECT max(at) FROM officers_signin"))))
    XCTAssertTrue((before...office.clock.now).contains(written), "\(OfficeZone.wib.timestamp(written))", line: line)
  }
}
