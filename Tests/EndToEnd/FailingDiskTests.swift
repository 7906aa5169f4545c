import Client
import Foundation
import XCTest

/// A disk that fills up, fails or is slow takes nothing that was acknowledged, and the hall is the last to feel it.
final class FailingDiskTests: XCTestCase {
  private static let megabyte: Int64 = 1 << 20

  /// An office whose state lies on a disk of its own.
  private func openHall() throws -> (office: OfficeProcess, disk: OfficeDisk) {
    let office = try closedOffice()
    try office.liftRates()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    try String(contentsOf: file, encoding: .utf8)
      .replacing(
        "uploadsMegabytes: 512, applicationsMegabytes: 128, reserveMegabytes: 64",
        with: "uploadsMegabytes: 60, applicationsMegabytes: 40, reserveMegabytes: 16"
      ).write(to: file, atomically: true, encoding: .utf8)
    let disk = try OfficeDisk(of: office)
    disk.room = 200 * Self.megabyte
    try office.start(environment: disk.environment(office.clock))
    try office.seatOfficer()
    return (office, disk)
  }

  private func health(_ office: OfficeProcess) throws -> Answer { try Browser(port: office.hallPort).get("/kesehatan") }

  private func count(_ table: String, _ office: OfficeProcess) throws -> Int {
    Int(try office.query("SELECT count(*) FROM \(table)")) ?? -1
  }

  func testFilesGiveWayFirstThenApplicationsAndNumbersNever() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let other = try visitor.apply(person: 2)

    disk.room = 100 * Self.megabyte
    XCTAssertTrue(try health(office).text.contains("space: degraded"), "said early")
    XCTAssertEqual(try health(office).status, 200)

    disk.room = 50 * Self.megabyte
    _ = try visitor.apply(person: 3)
    XCTAssertTrue(try health(office).text.contains("no files are taken"))

    disk.room = 30 * Self.megabyte
    let browser = Browser(port: office.port)
    let page = try browser.get("/ajukan/paspor-elektronik-10")
    let form = try XCTUnwrap(page.form(to: "/ajukan/paspor-elektronik-10"))
    let refused = try browser.submit(form.filled(HallVisitor.answers(person: 4, name: "Contoh Penuh")))
    XCTAssertEqual(refused.status, 503)
    XCTAssertTrue(refused.text.contains("Contoh Penuh"), "what was typed is lost")
    XCTAssertEqual(try count("registration_application", office), 3)
    XCTAssertEqual(try health(office).status, 503)
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("queue_ticket", office), 1)

    // Nothing at all is left but the reserve.
    disk.room = 0
    _ = try visitor.takeNumber(application: other)
    XCTAssertEqual(try count("queue_ticket", office), 2)
    let said = try health(office).text
    XCTAssertTrue(said.contains("live on the reserve"), said)
    try office.waitForLog("live on the reserve")

    disk.room = 200 * Self.megabyte
    try waitFor("room again") { try self.health(office).status == 200 }
    try office.waitForLog("there is ample room on the disk again")
    let again = try XCTUnwrap(refused.forms.first { $0.action == "/ajukan/paspor-elektronik-10" })
    XCTAssertEqual(try browser.submit(again).status, 303)
  }

  func testOfficeStartsOnAFullDiskShowsItsPagesAndGoesOnWhenThereIsRoom() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let port = office.port
    XCTAssertEqual(office.stop(), 0)
    disk.room = 0
    try office.start(port: port, environment: disk.environment(office.clock))
    let browser = Browser(port: office.port)
    for path in ["/", "/layanan", "/lacak", "/display", "/petugas/masuk"] {
      XCTAssertEqual(try browser.get(path).status, 200, path)
    }
    XCTAssertEqual(try health(office).status, 503)
    disk.room = 200 * Self.megabyte
    try office.seatOfficer("budi", at: 2)
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("queue_ticket", office), 1)
  }

  func testDiskThatTakesNoWritesAnyMoreRefusesInWordsAndIsReadOn() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    for code in [EROFS, EIO] {
      disk.failure = code
      let browser = Browser(port: office.port)
      let page = try browser.get("/ajukan/paspor-elektronik-10")
      let form = try XCTUnwrap(page.form(to: "/ajukan/paspor-elektronik-10"))
      XCTAssertEqual(try browser.submit(form.filled(HallVisitor.answers(person: 2))).status, 503, "\(code)")
      XCTAssertEqual(try browser.get("/layanan").status, 200, "\(code)")
      disk.mend()
    }
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("registration_application", office), 1)
  }

  /// Whatever call fails, once and with whatever error: what was answered with success is there, all else is not, and the
  /// next one goes on as if nothing had been.
  func testWhicheverCallFailsNothingIsHalfAndNothingAcknowledgedIsLost() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    var acknowledged = 0
    var refusals: [String] = []
    for code in [EIO, ENOSPC] {
      var call: Int64 = 1
      var hasReached = true
      // Until an application has been through before the call that fails.
      while hasReached, call <= 40 {
        disk.fail(call: call, with: code)
        do {
          _ = try visitor.apply(person: 100 + acknowledged)
          acknowledged += 1
        } catch {
          refusals.append("\(error)")
        }
        hasReached = disk.hasFailed
        disk.mend()
        XCTAssertEqual(try count("registration_application", office), acknowledged, "call \(call), error \(code)")
        call += 1
      }
      // A full disk is met twice: the reserve is given up, and then nobody applies any more.
      let least: Int64 = code == EIO ? 10 : 2
      XCTAssertGreaterThan(call, least, "error \(code): \(refusals.map { $0.prefix(200) })")
    }
    XCTAssertEqual(
      try count("registration_application", office), try count("tracking_case", office), "an application is half there")
    XCTAssertEqual(office.stop(), 0)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
  }

  func testSlowDiskIsWaitedFor() throws {
    let (office, disk) = try openHall()
    disk.slowness = 300
    let visitor = HallVisitor(port: office.port)
    _ = try visitor.applyAndTakeNumber(person: 1)
    XCTAssertEqual(try count("queue_ticket", office), 1)
    XCTAssertEqual(try health(office).status, 200)
  }

  private func waitFor(_ fact: String, _ holds: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while !(try holds()) {
      guard ContinuousClock.now < deadline else { return XCTFail("never: \(fact)") }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}
