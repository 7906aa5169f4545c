import Client
import XCTest

/// Each act of the officers' pages on a disk of which one call fails (see `EveryWriteTests`), as the console's own test lists
/// them.
final class ConsoleWriteTests: XCTestCase {
  func testEveryActOfTheConsole() throws {
    let office = try closedOffice()
    try office.liftRates()
    let hall = try ConsoleActs.Hall(office)
    let port = office.port
    XCTAssertEqual(office.stop(), 0)
    let disk = try OfficeDisk(of: office)
    try office.start(port: port, environment: disk.environment(office.clock))
    let walk = WriteWalk(office, disk)
    try ConsoleActs(walk: walk, hall: hall).take()
    XCTAssertGreaterThan(walk.tried.count, 35)
    XCTAssertGreaterThan(walk.refusalCount, 60, "hardly anything has failed")
    try walk.restart()
  }
}
