import Client
import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Displays

/// What displays are told of a hall whose snapshots the test tells.
final class LiveDisplaysTests: XCTestCase {
  private let first = QueueSnapshot.Call(number: "A-001", counter: 1, calls: 1)
  private let second = QueueSnapshot.Call(number: "A-002", counter: 2, calls: 1)

  private func open() throws -> (house: ModuleOffice, hall: ToldHall, module: DisplaysModule, served: ServedModule) {
    let house = try ModuleOffice(counterCount: 2)
    let hall = ToldHall()
    var services = house.services()
    services.provide((any QueueSnapshotService).self, hall)
    let module = DisplaysModule(services: services)
    return (house, hall, module, try ServedModule(module.routes(), in: house))
  }

  private func browser(_ served: ServedModule) async -> Browser {
    Browser(port: await served.visitor().with { $0.port })
  }

  func testWhatWasCalledBeforeTheStartIsShownAndNotSaidAgain() async throws {
    let (house, hall, module, served) = try open()
    hall.tell(5, calls: [first])
    let events = try await browser(served).events("/display/peristiwa")
    let shown = try events.next()
    XCTAssertEqual(shown?.name, "isi")
    XCTAssertTrue(shown?.data.contains("A-001") ?? false)
    hall.tell(6, calls: [second, first])
    let said = try events.next()
    XCTAssertEqual(said?.name, "call")
    XCTAssertTrue(said?.data.contains("A-002") ?? false, said?.data ?? "")
    let board = try events.next()
    XCTAssertEqual(board?.name, "isi", "the first call is not said: it was made before")
    events.close()
    await served.stop()
    await module.stop()
    await house.store.close()
  }

  func testADisplayThatWasAwayHearsWhatItMissedForAMinute() async throws {
    let (house, hall, module, served) = try open()
    hall.tell(5, calls: [])
    hall.tell(6, calls: [first])
    for (after, names) in [("5", ["call", "isi"]), ("6", ["isi"])] {
      let events = try await browser(served).events("/display/peristiwa", after: after)
      for name in names { XCTAssertEqual(try events.next()?.name, name, "after \(after)") }
      events.close()
    }
    house.clock.advance(by: .minutes(1))
    let events = try await browser(served).events("/display/peristiwa", after: "5")
    XCTAssertEqual(try events.next()?.name, "isi", "the hall has forgotten it")
    events.close()
    await served.stop()
    await module.stop()
    await house.store.close()
  }

  func testASnapshotThatChangesNoBoardIsToldToNoDisplay() async throws {
    let (house, hall, module, served) = try open()
    hall.tell(5, calls: [first])
    let events = try await browser(served).events("/display/peristiwa")
    XCTAssertEqual(try events.next()?.id, "5")
    hall.tell(6, calls: [first])
    XCTAssertEqual(try events.next()?.id, "6", "what a newcomer got is not known of the others")
    for sequence: Int64 in 7...9 { hall.tell(sequence, calls: [first]) }
    hall.tell(10, calls: [second, first])
    for name in ["call", "isi"] {
      let event = try events.next()
      XCTAssertEqual(event?.name, name)
      XCTAssertEqual(event?.id, "10")
    }
    events.close()
    await served.stop()
    await module.stop()
    await house.store.close()
  }

  func testATerminalGetsTheBoardNowAndAfterEachChangeUntilTheEnd() async throws {
    let (house, hall, module, served) = try open()
    var services = ServiceRegistry()
    module.provide(to: &services)
    let service = services.require((any HallBoardService).self)
    XCTAssertNil(service.boards(of: "lantai-9"))
    var boards = try XCTUnwrap(service.boards(of: nil)).makeAsyncIterator()
    let present = await boards.next()
    XCTAssertEqual(present?.calls, [])
    hall.tell(5, calls: [first])
    let called = await boards.next()
    XCTAssertEqual(called?.calls, [HallBoard.Call(number: "A-001", counter: 1, calls: 1)])
    await module.stop()
    let end = await boards.next()
    XCTAssertNil(end)
    await served.stop()
    await house.store.close()
  }

  func testWithoutAModuleThatTellsHowTheHallStandsThereAreNoDisplays() async throws {
    let house = try ModuleOffice()
    let module = DisplaysModule(services: house.services())
    try await module.start()
    XCTAssertEqual(module.routes().count, 0)
    XCTAssertEqual(module.navigation().count, 0)
    var services = ServiceRegistry()
    module.provide(to: &services)
    XCTAssertNil(services.find((any HallBoardService).self))
    let health = await module.health()
    XCTAssertTrue(health.isHealthy)
    await module.stop()
    await house.store.close()
  }
}
