import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Queue
@testable import Stops

/// What the services of the hall let each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testTheServicesOfTheHallAskForTheRightThatTheTableNames() async throws {
    let hall = try await QueueHall()
    let counters = hall.counters
    let (one, two) = (hall.office.counters[0], hall.office.counters[1])
    let close = DayClose(counters: counters)
    let round = HallRound(counters: counters, dayEnd: hall.dayEnd, log: SilentLog())
    let today = OfficeZone.wib.date(of: hall.clock.now)
    try await XCTAssertDuties(
      of: "Queue",
      [
        "CounterService.callNext": { _ = try await counters.callNext(to: one, by: $0) },
        "CounterService.callChosen": { _ = try await counters.callChosen(TicketID(0), to: one, by: $0, reason: "uji") },
        "CounterService.act": { try await counters.act(.recall, on: TicketID(0), at: one, by: $0) },
        "CounterService.undo": { try await counters.undo(at: one, by: $0) },
        "CounterService.open": { try await counters.open(two, by: $0, named: nil) },
        "CounterService.pause": { try await counters.pause(two, by: $0, named: nil, reason: "uji") },
        "CounterService.close": { try await counters.close(two, by: $0, reason: .other) },
        "CounterService.takeOver": { try await counters.takeOver(one, from: nil, by: $0, named: nil) },
        "CounterService.closeFromHall": { try await counters.closeFromHall(two, by: $0, reason: .other) },
        "CounterService.assign": { try await counters.assign(two, services: [], by: $0) },
        "CounterService.move": { try await counters.move(from: two, to: one, by: $0) },
        "DayClose.close": { _ = try await close.close(today, by: $0) },
        "DayClose.reopen": { try await close.reopen(today, by: $0) },
        "DayClose.endLeftover": { _ = try await close.endLeftover(hall.dayEnd, by: $0) },
        "HallRound.endLeftover": { _ = try await round.endLeftover(by: $0) },
      ])
    await hall.close()
  }

  /// The number of a person whom the officer knows is called by a colleague, from where it stood, and stays there.
  func testANumberOfAKnownPersonGoesToAColleague() async throws {
    let number = ApplicationNumber(from: SystemRandom())
    let hall = try await QueueHall(counterCount: 2, applications: AnyApplication())
    try await hall.openCounters()
    let taken = try await hall.queue.takeNumber(
      TicketRequest(
        service: QueueHall.passport, application: number.opened, needs: Needs(),
        channel: .kiosk, submission: "kenal"))
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, taken.id)
    let known = try XCTUnwrap(Acquaintance(of: number, .officer(OfficerID(1), .clerk)))
    let counters = hall.counters
    try await hall.store.write { try counters.leave(known, in: $0) }
    let own = try await hall.next(1)
    XCTAssertNil(own, "it is not called at the counter of the officer who knows the person")
    let colleague = try await hall.next(2)
    XCTAssertEqual(colleague?.id, taken.id)
    await XCTAssertProblem("queue.nothing-to-undo") { _ = try await hall.undo(1) }
    await hall.close()
  }

  func testWithoutAColleagueTheNumberStaysAndTheOfficerIsToldSo() async throws {
    let number = ApplicationNumber(from: SystemRandom())
    let hall = try await QueueHall(counterCount: 1, applications: AnyApplication())
    try await hall.openCounters()
    let taken = try await hall.queue.takeNumber(
      TicketRequest(
        service: QueueHall.passport, application: number.opened, needs: Needs(),
        channel: .kiosk, submission: "kenal"))
    _ = try await hall.next(1)
    let known = try XCTUnwrap(Acquaintance(of: number, .officer(OfficerID(1), .clerk)))
    let counters = hall.counters
    await XCTAssertProblem("queue.no-colleague") {
      try await hall.store.write { try counters.leave(known, in: $0) }
    }
    let record = try await hall.record(taken.id)
    XCTAssertEqual(record.state, .called)
    await hall.close()
  }
}
