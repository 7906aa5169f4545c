import Client
import Core
import XCTest

/// Each act of a kiosk's visitors on a disk of which one call fails (see `EveryWriteTests`), at a real terminal: what the
/// screen says is true, and the key that it names leads on.
final class KioskWriteTests: XCTestCase {
  func testEveryActOfAKiosk() throws {
    let office = try closedOffice()
    _ = try PublicActs.prepare(office)
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    try office.seatOfficer()
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    defer { window.close() }
    let words = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
    let walk = WriteWalk(office, disk)
    try KioskActs(walk: walk, guests: KioskActs.Guests(office), kiosk: KioskWalk(window: window), words: words).take()
    XCTAssertEqual(EveryWriteTests.kioskActs.subtracting(walk.tried).sorted(), [], "not tried")
    XCTAssertGreaterThan(walk.refusalCount, EveryWriteTests.kioskActs.count, "hardly anything has failed")
    try walk.restart()
  }
}
