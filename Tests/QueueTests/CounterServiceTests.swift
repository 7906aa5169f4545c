import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class CounterServiceTests: XCTestCase {
  func testManyOfficersAtOnceNeverCallTheSameTicket() async throws {
    let hall = try await QueueHall(counterCount: 64)
    for _ in 0..<64 { _ = try await hall.take() }
    let called = try await withThrowingTaskGroup(of: TicketID?.self) { group in
      for counter in 1...64 { group.addTask { try await hall.next(counter)?.id } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(Set(called.compactMap { $0 }).count, 64)
    await hall.close()
  }

  func testSecondPressOfNextIsRefusedAndNamesTheTicketInHand() async throws {
    let hall = try await QueueHall()
    for _ in 0..<2 { _ = try await hall.take() }
    _ = try await hall.next(1)
    do {
      _ = try await hall.next(1)
      XCTFail("two tickets at one counter")
    } catch let problem as Problem {
      XCTAssertEqual(problem, Problem(.conflict, "queue.counter-busy", ["number": "A-001"]))
    }
    await hall.close()
  }

  func testNobodyWaitingCallsNobody() async throws {
    let hall = try await QueueHall()
    let called = try await hall.next(1)
    XCTAssertNil(called)
    await hall.close()
  }

  func testPriorityGoesFirstButOrdinaryPeopleAreNotStarved() async throws {
    let hall = try await QueueHall(rule: NextRule(passedOverMax: 2))
    for _ in 0..<3 { _ = try await hall.take() }
    for _ in 0..<5 { _ = try await hall.take(priority: true) }
    var order = ""
    for _ in 0..<8 {
      let ticket = try await hall.next(1)
      let called = try XCTUnwrap(ticket)
      order += called.isPriority ? "P" : "o"
      hall.clock.advance(by: .minutes(1))
      try await hall.act(.start, on: called.id, at: 1)
      try await hall.act(.finish, on: called.id, at: 1)
    }
    XCTAssertEqual(order, "PPoPPoPo")
    await hall.close()
  }

  func testCounterCallsOnlyTheServicesItServes() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take(QueueHall.passport)
    let permits = Office.Counter(number: 2, services: [QueueHall.permit])
    let nobody = try await hall.counters.callNext(to: permits, by: .officer(OfficerID(1), .clerk))
    XCTAssertNil(nobody)
    _ = try await hall.take(QueueHall.permit)
    let called = try await hall.counters.callNext(to: permits, by: .officer(OfficerID(1), .clerk))
    XCTAssertEqual(called?.number, "B-001")
    await hall.close()
  }

  func testEveryActionOutsideTheTableIsRefused() async throws {
    for state in [TicketState.called, .serving] {
      for action in TicketAction.allCases where TicketLife.next(after: action, in: state) == nil {
        let hall = try await QueueHall()
        _ = try await hall.take()
        let call = try await hall.next(1)
        let ticket = try XCTUnwrap(call)
        if state == .serving { try await hall.act(.start, on: ticket.id, at: 1) }
        do {
          try await hall.act(action, on: ticket.id, at: 1)
          XCTFail("\(action) was allowed in \(state)")
        } catch let problem as Problem {
          XCTAssertEqual(problem.code, "queue.moved-on")
        }
        await hall.close()
      }
    }
  }

  func testActionFromAStalePageIsRefused() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take()
    _ = try await hall.take()
    let one = try await hall.next(1)
    let first = try XCTUnwrap(one)
    try await hall.act(.noShow, on: first.id, at: 1)
    _ = try await hall.next(1)
    do {
      try await hall.act(.noShow, on: first.id, at: 1)
      XCTFail("the other tab's ticket was touched")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "queue.moved-on")
    }
    await hall.close()
  }

  func testTicketCalledTwiceKeepsItsFirstCallTime() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    let called = try await hall.next(1)
    hall.clock.advance(by: .minutes(2))
    try await hall.act(.recall, on: ticket.id, at: 1)
    let again = try await hall.store.read { try TicketTable.ticket(ticket.id, in: $0) }
    XCTAssertEqual(again?.calledAt, called?.calledAt)
    XCTAssertEqual(again?.calls, 2)
    await hall.close()
  }
}
