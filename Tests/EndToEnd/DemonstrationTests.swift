import Client
import Core
import Foundation
import XCTest

/// What `make run` gives a person who tries Gapura in the evening, at a weekend or on a holiday.
final class DemonstrationTests: XCTestCase {
  func testDemonstrationIsOpenNowWhateverTheDayAndSaysThatItIsOne() throws {
    // A Sunday night, the minutes after midnight of a holiday, a leap day that no calendar knows.
    for moment in ["2026-11-29 23:50", "2026-12-25 00:02", "2028-02-29 06:00"] {
      let office = try closedOffice(at: moment)
      try office.openAroundTheClock()
      try office.start()
      let page = try Browser(port: office.port).visit("/layanan").text
      let hours = "Hari ini buka pukul 00.00–24.00 WIB: peragaan yang selalu buka"
      XCTAssertTrue(page.contains(hours), "\(moment) \(page)")
      XCTAssertTrue(page.contains("· peragaan, selalu buka"), moment)
      let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
      XCTAssertFalse(ticket.number.isEmpty, moment)
      office.remove()
    }
  }

  func testOfficeAsShippedIsClosedOnASunday() throws {
    let (_, browser) = try openOffice(at: "2026-11-29 10:00")
    XCTAssertTrue(try browser.visit("/layanan").text.contains("Hari ini kantor tutup."))
  }

  func testMakeRunNamesOnlyWhatTheOfficeHas() throws {
    let pages = ["displays": "/display", "officers": "/petugas"]
    for module in pages.keys.sorted() + ["tracking"] {
      let office = try closedOffice(at: nil)
      try office.switchOff(module)
      let state = office.directory.appendingPathComponent("demonstration").path
      let port = try FreePort.next()
      let script = try ChildProcess(
        OfficeProcess.repository.appendingPathComponent("scripts/run").path,
        ["--state", state, "--config", office.configuration.path, "--port", String(port)],
        environment: ["GAPURA": OfficeProcess.builtExecutable.path, "CLOSED": "1"])
      defer { script.end(with: SIGTERM) }
      try script.waitForLine { $0.contains("State is kept in") }
      let said = script.speech.text
      for (owner, page) in pages {
        XCTAssertEqual(said.contains("http://127.0.0.1:\(port)\(page)"), owner != module, said)
        XCTAssertEqual(try Browser(port: port).visit(page).status, owner == module ? 404 : 200, page)
      }
      XCTAssertTrue(said.contains("vault shares --threshold 2 --count 3 --state \(state) "), said)
    }
  }

  func testDemonstrationTakesTheReasonsOfItsDaysOutOfClosuresAndExceptions() throws {
    let office = try closedOffice(at: "2026-11-29 10:00")
    let real = office.directory.appendingPathComponent("real")
    try FileManager.default.copyItem(at: office.configuration, to: real)
    let file = real.appendingPathComponent("calendar.json5")
    let day = #"{ date: "2026-11-29", name: { id: "a", en: "a" }"#
    try String(contentsOf: file, encoding: .utf8)
      .replacing("closures: [],", with: "closures: [\n    \(day) },\n  ],")
      .replacing("exceptions: [],", with: "exceptions: [\n    \(day), open: [] },\n  ],")
      .write(to: file, atomically: true, encoding: .utf8)
    let script = OfficeProcess.repository.appendingPathComponent("scripts/demonstration").path
    try office.run(script, [real.path, office.configuration.path])
    let said = try office.command(["catalogue", "check"])
    XCTAssertTrue(said.contains("nothing wrong"), said)
  }
}
