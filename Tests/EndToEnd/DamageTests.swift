import Client
import Foundation
import XCTest

/// The disk lies: what is served, and what is said, when the data is not as it was left.
final class DamageTests: XCTestCase {
  private func said(_ words: [String], by office: OfficeProcess) -> String {
    do { return try office.command(words) } catch { return "\(error)" }
  }

  func testALogThatWasEmptiedAfterAKillIsKnownNamedAndConfirmedBeforeAnybodyIsServed() throws {
    let (office, _) = try openOffice()
    // Settles what was begun with, so that the loss is of applications.
    XCTAssertEqual(office.stop(), 0, office.log)
    try office.start()
    for person in 7..<12 { _ = try HallVisitor(port: office.port).apply(person: person) }
    office.kill()
    try Data().write(to: URL(filePath: "\(office.state)/gapura.db-wal"))

    let manager = try NotifySocket(in: office.directory)
    XCTAssertThrowsError(try office.start(environment: ["NOTIFY_SOCKET": manager.path])) { error in
      for part in ["\(office.state)/gapura.db", "in all", "gapura loss accept"] {
        XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)")
      }
    }
    XCTAssertEqual(try office.server?.wait(), 65, "the unit does not try again")
    let status = try XCTUnwrap(manager.next()?.first)
    XCTAssertTrue(status.hasPrefix("STATUS=Not serving: commit"), status)
    XCTAssertTrue(status.contains("missing"), status)
    let loss = try office.begin(["loss"])
    XCTAssertEqual(try loss.wait(within: ChildProcess.patience), 65)
    XCTAssertTrue(loss.speech.text.contains("missing"), loss.speech.text)
    let accepted = try office.command(["loss", "accept"])
    XCTAssertTrue(accepted.contains("accepted that commit"), accepted)
    XCTAssertTrue(try office.command(["loss"]).contains("nothing that was acknowledged is missing"))
    try office.start()
    XCTAssertEqual(
      try office.query("SELECT count(*) FROM store_events WHERE kind = 'store.loss-accepted'"), "1")
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testWhatIsWholeLosesNothingByAKill() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    let served = said(["loss", "accept"], by: office)
    XCTAssertTrue(served.contains("gapura.lock"), served)
    office.kill()
    XCTAssertTrue(try office.command(["loss"]).contains("nothing that was acknowledged is missing"))
    try office.start()
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testADamagedPageFailsTheCheckAndIsNamedWhileTheOfficeGoesOn() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let whole = try office.command(["vault", "check"])
    for part in ["pages", "sealed records", "documents", "ledger intact"] {
      XCTAssertTrue(whole.contains(part), whole)
    }
    // Of a table that no start reads, so that the office is up when it is found.
    let page = try XCTUnwrap(
      Int(office.query("SELECT max(pageno) FROM dbstat WHERE name = 'vault_consents'")), "the table has no page")
    let file = try FileHandle(forUpdating: URL(filePath: "\(office.state)/gapura.db"))
    try file.seek(toOffset: UInt64((page - 1) * 4096 + 500))
    try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    try file.close()
    let damaged = said(["vault", "check"], by: office)
    XCTAssertTrue(damaged.contains("page \(page) is damaged"), damaged)
    try office.start()
    let line = try office.waitForLog("security.event=damage-found")
    XCTAssertTrue(line.contains("store.page=\(page)"), line)
    let health = try Browser(port: office.hallPort).get("/kesehatan")
    XCTAssertEqual(health.status, 503)
    XCTAssertTrue(health.text.contains("data: failing the data is damaged"), health.text)
    office.stop()
  }
}
