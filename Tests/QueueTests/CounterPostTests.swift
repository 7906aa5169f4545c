import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class CounterPostTests: XCTestCase {
  func testPausedAndClosedCountersDoNotCall() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take()
    let counter = hall.office.counters[0]
    try await hall.counters.pause(counter, by: .officer(OfficerID(1), .clerk), named: "Sari", reason: "prayer")
    await assertProblem("queue.counter-paused") { _ = try await hall.next(1) }
    try await hall.counters.open(counter, by: .officer(OfficerID(1), .clerk), named: "Sari")
    try await hall.counters.close(counter, by: .officer(OfficerID(1), .clerk), reason: .other)
    await assertProblem("queue.counter-closed") { _ = try await hall.next(1) }
    try await hall.counters.open(counter, by: .officer(OfficerID(1), .clerk), named: "Sari")
    let called = try await hall.next(1)
    XCTAssertNotNil(called)
    await hall.close()
  }

  func testAnOfficerWhoIsNotThereAnyMoreKeepsNoCounterOpenAndNobodyInHand() async throws {
    let situations: [(OfficerEnding, [TicketAction], TicketState, Bool)] = [
      (.signedOut, [], .waiting, false), (.signedOut, [.call], .called, true),
      (.signedOut, [.call, .start], .serving, true), (.closed, [], .waiting, false),
      (.closed, [.call], .waiting, false), (.closed, [.call, .start], .waiting, false),
    ]
    for (ending, work, state, isOpen) in situations {
      let situation = "\(ending) \(work)"
      let hall = try await QueueHall()
      let ticket = try await hall.take()
      try await hall.openCounters(1)
      if work.contains(.call) { _ = try await hall.next(1) }
      if work.contains(.start) { try await hall.act(.start, on: ticket.id, at: 1) }
      let counters = hall.counters
      try await hall.store.write { try counters.follow(OfficerID(1), ending, in: $0) }
      let record = try await hall.record(ticket.id)
      XCTAssertEqual(record.state, state, situation)
      let seated = try await hall.store.read { try CounterPostTable.seated(in: $0).map(\.number) }
      XCTAssertEqual(seated, isOpen ? [1] : [], situation)
      if !isOpen {
        let told = try await hall.queue.ticket(ticket.code)
        XCTAssertEqual(told?.availability?.isAlarming, true, situation)
        XCTAssertNil(told?.waitMinutes, situation)
      }
      await hall.close()
    }
  }

  func testWhereAnOfficerSitsAndWhomTheyHaveInHandIsKnown() async throws {
    let hall = try await QueueHall()
    let counters = hall.counters
    let nowhere = try await counters.seats(of: OfficerID(1))
    XCTAssertEqual(nowhere, [])
    let ticket = try await hall.take()
    try await hall.openCounters(1)
    let free = try await counters.seats(of: OfficerID(1))
    XCTAssertEqual(free, [OfficerSeat(counter: 1, number: nil)])
    for action in [nil, TicketAction.start] {
      if let action { try await hall.act(action, on: ticket.id, at: 1) } else { _ = try await hall.next(1) }
      let seats = try await counters.seats(of: OfficerID(1))
      XCTAssertEqual(seats, [OfficerSeat(counter: 1, number: ticket.number)])
      let others = try await counters.seats(of: OfficerID(2))
      XCTAssertEqual(others, [])
    }
    try await hall.store.write { try counters.follow(OfficerID(1), .closed, in: $0) }
    let gone = try await counters.seats(of: OfficerID(1))
    XCTAssertEqual(gone, [])
    await hall.close()
  }

  func testClosingAsksWhatToDoWithTheTicketInHand() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    let principal = Principal.officer(OfficerID(1), .clerk)
    await assertProblem("queue.hand-full") {
      try await hall.counters.close(hall.office.counters[0], by: principal, reason: .other)
    }
    try await hall.counters.close(
      hall.office.counters[0], by: principal, hand: (.giveBack, ActionDetail()), reason: .other)
    let record = try await hall.record(ticket.id)
    XCTAssertEqual(record.state, .waiting)
    let called = try await hall.next(2)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testWhoClosesACounterSaysWhyWhilePeopleWaitWhomOnlyItCanCall() async throws {
    let hall = try await QueueHall()
    let (first, second) = (hall.office.counters[0], hall.office.counters[1])
    let principal = Principal.officer(OfficerID(1), .clerk)
    try await hall.openCounters(1)
    // Nobody is hit where nobody waits, or others can call them.
    try await hall.counters.close(first, by: principal, reason: nil)
    try await hall.openCounters(1, 2)
    _ = try await hall.take()
    try await hall.counters.close(first, by: principal, reason: nil)
    await assertProblem("queue.close-unexplained") {
      try await hall.counters.close(second, by: .officer(OfficerID(2), .clerk), reason: nil)
    }
    await assertProblem("queue.close-unexplained") {
      try await hall.counters.closeFromHall(second, by: .officer(OfficerID(9), .supervisor), reason: nil)
    }
    try await hall.counters.closeFromHall(second, by: .officer(OfficerID(9), .supervisor), reason: .fault)
    let posts = try await hall.store.read { try CounterPostTable.all(in: $0) }
    XCTAssertEqual(posts.map(\.closeReason), [nil, .fault])
    await hall.close()
  }

  func testOfficerWhoOpensAnotherCounterLeavesTheFirst() async throws {
    let hall = try await QueueHall()
    try await hall.counters.open(hall.office.counters[0], by: .officer(OfficerID(9), .clerk), named: "Sari")
    try await hall.counters.open(hall.office.counters[1], by: .officer(OfficerID(9), .clerk), named: "Sari")
    let posts = try await hall.store.read { try CounterPostTable.all(in: $0) }
    XCTAssertEqual(posts.map(\.state), [.closed, .open])
    XCTAssertEqual(posts.map(\.officer), [nil, OfficerID(9)])
    _ = try await hall.take()
    _ = try await hall.counters.callNext(to: hall.office.counters[1], by: .officer(OfficerID(9), .clerk))
    await assertProblem("queue.still-at-counter") {
      try await hall.counters.open(hall.office.counters[2], by: .officer(OfficerID(9), .clerk), named: "Sari")
    }
    await hall.close()
  }

  func testWhoeverWasSentToAClosedCounterMayBeCalledByAll() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(2), isConfirmed: true))
    let nobody = try await hall.next(1)
    XCTAssertNil(nobody)
    try await hall.counters.close(hall.office.counters[1], by: .officer(OfficerID(2), .clerk), reason: .other)
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testSupervisorGivesACounterOtherServicesAndMovesItsOfficer() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take(QueueHall.passport)
    let first = hall.office.counters[0]
    try await hall.counters.open(first, by: .officer(OfficerID(1), .clerk), named: "Sari")
    try await hall.counters.assign(first, services: [QueueHall.permit], by: .officer(OfficerID(8), .supervisor))
    let nobody = try await hall.next(1)
    XCTAssertNil(nobody)
    try await hall.counters.move(from: first, to: hall.office.counters[1], by: .officer(OfficerID(8), .supervisor))
    let called = try await hall.counters.callNext(to: hall.office.counters[1], by: .officer(OfficerID(1), .clerk))
    XCTAssertEqual(called?.number, "A-001")
    await assertProblem("queue.nobody-there") {
      try await hall.counters.move(from: first, to: hall.office.counters[2], by: .officer(OfficerID(8), .supervisor))
    }
    await hall.close()
  }

  func testCallOutOfOrderNeedsAReasonThatSupervisorsSee() async throws {
    let hall = try await QueueHall()
    for _ in 0..<3 { _ = try await hall.take() }
    let last = try await hall.take()
    await assertProblem("queue.reason-missing") {
      _ = try await hall.counters.callChosen(
        last.id, to: hall.office.counters[0], by: .officer(OfficerID(1), .clerk), reason: " - ")
    }
    _ = try await hall.counters.callChosen(
      last.id, to: hall.office.counters[0], by: .officer(OfficerID(1), .clerk), reason: "Penerbangan sore ini")
    let day = OfficeZone.wib.date(of: hall.clock.now)
    let calls = try await hall.store.read { try CallTable.latest(on: day, limit: 9, isOutOfOrder: true, in: $0) }
    XCTAssertEqual(calls.map(\.number), [last.number])
    XCTAssertEqual(calls.first?.reason, "Penerbangan sore ini")
    XCTAssertEqual(calls.first?.runnerUp, "A-001")
    let events: Int? = try await hall.store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'ticket.called-out-of-order'")
    }
    XCTAssertEqual(events, 1)
    await hall.close()
  }

  // MARK: bad input

  func testClockMovedBackKeepsTheOrderOfArrivalAndNoTimeIsNegative() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    hall.clock.advance(by: .minutes(-30))
    let second = try await hall.take()
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, first.id)
    hall.clock.advance(by: .minutes(-5))
    try await hall.act(.start, on: first.id, at: 1)
    try await hall.act(.finish, on: first.id, at: 1)
    let record = try await hall.record(first.id)
    let times = [record.issuedAt, record.calledAt, record.startedAt, record.endedAt].compactMap { $0 }
    XCTAssertEqual(times, times.sorted())
    let next = try await hall.next(1)
    XCTAssertEqual(next?.id, second.id)
    await hall.close()
  }

  func testMidnightDuringACallEndsNothing() async throws {
    let hall = try await QueueHall(at: QueueHall.morning + .hours(15) + .minutes(59))
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    hall.clock.advance(by: .minutes(2))
    await assertProblem("queue.counter-busy") { _ = try await hall.next(1) }
    try await hall.act(.start, on: ticket.id, at: 1)
    try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    let done = try await hall.act(.finish, on: ticket.id, at: 1)
    XCTAssertEqual(done.state, .finished)
    XCTAssertEqual(done.day, ticket.issuedAt.day)
    let today = try await hall.take()
    XCTAssertEqual(today.number, "A-001")
    await hall.close()
  }

  func testClosingTheDaySettlesEverythingOnceAndForAll() async throws {
    let hall = try await QueueHall()
    for _ in 0..<6 { _ = try await hall.take() }
    let called = try await hall.next(1)
    let serving = try await hall.next(2)
    let held = try await hall.next(3)
    try await hall.act(.start, on: XCTUnwrap(serving).id, at: 2)
    try await hall.act(.hold, on: XCTUnwrap(held).id, at: 3, ActionDetail(reason: "copy"))
    let close = DayClose(counters: hall.counters)
    let day = OfficeZone.wib.date(of: hall.clock.now)
    let once = try await close.close(day, by: .system("command"))
    XCTAssertEqual(once, DayClose.Settlement(cancelled: 5, noShow: 1))
    let twice = try await close.close(day, by: .system("command"))
    XCTAssertEqual(twice, DayClose.Settlement())
    let open: Int? = try await hall.store.read {
      try $0.value("SELECT count(*) FROM queue_ticket WHERE state NOT IN ('cancelled', 'no-show', 'finished')")
    }
    XCTAssertEqual(open, 0)
    let last = try await hall.record(XCTUnwrap(called).id)
    XCTAssertEqual(last.reason, "day-closed")
    await hall.close()
  }

  func testDaysThatNobodyClosedAreSettledLater() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    hall.clock.advance(by: .hours(24))
    let today = try await hall.take()
    try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    let old = try await hall.record(ticket.id)
    XCTAssertEqual(old.state, .cancelled)
    let fresh = try await hall.record(today.id)
    XCTAssertEqual(fresh.state, .waiting)
    await hall.close()
  }
}

extension Instant {
  fileprivate var day: CivilDate { OfficeZone.wib.date(of: self) }
}
