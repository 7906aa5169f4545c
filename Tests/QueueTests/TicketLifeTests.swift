import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class TicketLifeTests: XCTestCase {
  func testTableNamesEachActionOncePerStateAndEveryStateIsReachedAndLeft() {
    let keys = TicketLife.transitions.map { "\($0.from?.rawValue ?? "") \($0.action.rawValue)" }
    XCTAssertEqual(Set(keys).count, keys.count)
    let reached = Set(TicketLife.transitions.map(\.to))
    for state in TicketState.allCases where state != .booked { XCTAssertTrue(reached.contains(state), state.rawValue) }
    for state in TicketState.allCases {
      let leaves = TicketLife.transitions.contains { $0.from == state }
      XCTAssertEqual(leaves, !state.isClosed || state == .noShow, state.rawValue)
      if !state.isClosed {
        XCTAssertNotNil(TicketLife.transition(.settle, in: state), "\(state) stays open for ever")
      }
    }
    for transition in TicketLife.transitions { XCTAssertFalse(transition.by.isEmpty) }
  }

  /// Every pair of state and action that the table does not name is refused and changes nothing.
  func testWhatTheTableDoesNotNameIsRefusedWithThePresentState() async throws {
    let hall = try await QueueHall()
    for state in [TicketState.waiting, .called, .serving, .hold, .finished, .noShow, .cancelled] {
      let ticket = try await hall.ticket(in: state)
      for action in TicketAction.allCases
      where action != .undo && action != .finishStep && TicketLife.transition(action, in: state) == nil {
        do {
          try await hall.supervise(action, on: ticket.id, at: 1)
          XCTFail("\(action) was allowed in \(state)")
        } catch let problem as Problem {
          XCTAssertEqual(problem.kind, .conflict)
          XCTAssertEqual(problem.code, "queue.moved-on")
          XCTAssertEqual(problem.arguments["state"], state.rawValue)
        }
        let after = try await hall.record(ticket.id)
        XCTAssertEqual(after, ticket)
      }
      try await hall.clear()
    }
    await hall.close()
  }

  func testEachRowOfTheTableIsRefusedToWhoIsNotNamedInIt() async throws {
    let hall = try await QueueHall()
    let principals: [Principal] = [
      .applicant, .kiosk("hall"), .officer(OfficerID(1), .clerk), .officer(OfficerID(1), .supervisor), .system("queue"),
    ]
    for row in TicketLife.transitions {
      guard let from = row.from, from != .booked, from != .checkedIn, row.action != .call, row.action != .callChosen
      else { continue }
      for principal in principals where row.by.isDisjoint(with: TicketActor.parts(of: principal)) {
        let ticket = try await hall.ticket(in: from)
        do {
          try await hall.counters.act(
            row.action, on: ticket.id, at: hall.office.counters[0], by: principal,
            ActionDetail(reason: "other", target: .counter(2), isConfirmed: true))
          XCTFail("\(principal) may \(row.action) in \(from)")
        } catch let problem as Problem { XCTAssertEqual(problem, Problem(.forbidden, "queue.not-yours")) }
        try await hall.clear()
      }
    }
    await hall.close()
  }

  func testEveryTransitionIsInTheHistoryWithWhoAndHowLong() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    hall.clock.advance(by: .minutes(7))
    _ = try await hall.next(1)
    hall.clock.advance(by: .minutes(1))
    try await hall.act(.start, on: ticket.id, at: 1)
    hall.clock.advance(by: .minutes(9))
    try await hall.act(.finish, on: ticket.id, at: 1)
    let rows = try await hall.store.read { database in
      try database.rows("SELECT action, from_state, to_state, spent, counter, actor FROM queue_transition ORDER BY id")
      {
        let from: String? = try $0.get(1)
        let counter: Int? = try $0.get(4)
        return "\(try $0.get(0) as String) \(from ?? "-") \(try $0.get(2) as String) \(try $0.get(3) as Int) "
          + "\(counter ?? 0) \(try $0.get(5) as String)"
      }
    }
    XCTAssertEqual(
      rows,
      [
        "terbit - waiting 0 0 kiosk:hall", "panggil waiting called 420000 1 officer:1:clerk",
        "mulai called serving 60000 1 officer:1:clerk", "selesai serving finished 540000 1 officer:1:clerk",
      ])
    await hall.close()
  }

  func testNoShowNeedsEnoughCallsAndHasAWayBackForAWhile() async throws {
    var rules = QueueRules.shipped
    rules.callsBeforeNoShow = 2
    rules.comeBackMinutes = 20
    let hall = try await QueueHall(rules: rules)
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    await assertProblem("queue.call-again") { try await hall.act(.noShow, on: ticket.id, at: 1) }
    try await hall.act(.recall, on: ticket.id, at: 1)
    try await hall.act(.noShow, on: ticket.id, at: 1)
    hall.clock.advance(by: .minutes(20))
    let back = try await hall.counters.act(.comeBack, on: ticket.id, at: nil, by: .applicant)
    XCTAssertEqual(back.state, .waiting)
    XCTAssertEqual(back.waitsFrom, ticket.issuedAt, "the old position is kept")
    _ = try await hall.next(1)
    try await hall.act(.recall, on: ticket.id, at: 1)
    try await hall.act(.noShow, on: ticket.id, at: 1)
    hall.clock.advance(by: .minutes(21))
    await assertProblem("queue.too-late") {
      try await hall.counters.act(.comeBack, on: ticket.id, at: nil, by: .applicant)
    }
    await hall.close()
  }

  func testHoldNeedsAReasonFreesTheCounterAndEndsByItself() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    await assertProblem("queue.reason-missing") { try await hall.act(.hold, on: ticket.id, at: 1) }
    try await hall.act(.hold, on: ticket.id, at: 1, ActionDetail(reason: "copy", holdMinutes: 10))
    let nobody = try await hall.next(1)
    XCTAssertNil(nobody)
    hall.clock.advance(by: .minutes(10))
    let again = try await hall.next(2)
    XCTAssertEqual(again?.id, ticket.id, "after its time it waits again, with its position")
    await hall.close()
  }

  func testHeldTicketIsCalledBackToTheCounter() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.hold, on: ticket.id, at: 1, ActionDetail(reason: "copy"))
    let resumed = try await hall.act(.resume, on: ticket.id, at: 1)
    XCTAssertEqual(resumed.state, .called)
    XCTAssertEqual(resumed.counter, 1)
    await hall.close()
  }

  func testTransferGoesToTheServiceOrCounterWithTheOldPlaceOrANewOne() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    hall.clock.advance(by: .minutes(5))
    let second = try await hall.take()
    _ = try await hall.next(1)
    await assertProblem("queue.target-missing") { try await hall.act(.transfer, on: first.id, at: 1) }
    let moved = try await hall.act(.transfer, on: first.id, at: 1, ActionDetail(target: .counter(3), isConfirmed: true))
    XCTAssertEqual(moved.waitsFrom, first.issuedAt)
    let atTwo = try await hall.next(2)
    XCTAssertEqual(atTwo?.id, second.id, "the first one was sent to counter 3")
    let atThree = try await hall.next(3)
    XCTAssertEqual(atThree?.id, first.id)
    let other = try await hall.act(
      .transfer, on: first.id, at: 3, ActionDetail(service: QueueHall.permit, keepsPosition: false))
    XCTAssertEqual(other.service, QueueHall.permit)
    XCTAssertEqual(other.number, first.number, "the number travels")
    XCTAssertEqual(other.waitsFrom, hall.clock.now)
    await hall.close()
  }

  func testNumberTravelsThroughEveryStepAndTheVisitEndsOnlyAfterTheLast() async throws {
    var rules = QueueRules.shipped
    rules.steps = [
      QueueHall.passport: ["berkas", "biometrik", "serah"].map {
        QueueRules.Step(code: $0, name: LocalizedText(inEveryLanguage: $0))
      }
    ]
    let hall = try await QueueHall(rules: rules)
    let ticket = try await hall.take()
    for step in 0..<3 {
      hall.clock.advance(by: .minutes(2))
      let call = try await hall.next(1)
      let called = try XCTUnwrap(call)
      XCTAssertEqual(called.number, ticket.number)
      XCTAssertEqual(called.step, step)
      try await hall.act(.start, on: called.id, at: 1)
      let done = try await hall.act(.finish, on: called.id, at: 1)
      XCTAssertEqual(done.state, step == 2 ? .finished : .waiting)
      XCTAssertEqual(done.waitsFrom, ticket.issuedAt, "the next line gives the position of the arrival")
    }
    let visit = try await hall.store.read { try hall.queue.finishedVisit(ticket.code, in: $0) }
    XCTAssertNotNil(visit)
    await hall.close()
  }

  func testAppointmentChecksInOnceAndWaitsAroundItsTime() async throws {
    let hall = try await QueueHall()
    let arrival = Arrival(
      code: PublicCode(from: SeededRandom(seed: 8)), service: QueueHall.passport, application: nil, needs: Needs(),
      channel: .web, language: .indonesian, bookedAt: QueueHall.morning - .hours(48),
      appointedAt: QueueHall.morning + .minutes(30))
    let once = try await hall.store.write { try hall.queue.admit(arrival, by: .kiosk("lobi"), in: $0) }
    let twice = try await hall.store.write { try hall.queue.admit(arrival, by: .kiosk("lobi"), in: $0) }
    XCTAssertEqual(once, twice)
    XCTAssertEqual(once.code, arrival.code)
    let record = try await hall.record(once.id)
    XCTAssertEqual(record.waitsFrom, QueueHall.morning + .minutes(20))
    let actions = try await hall.store.read {
      try $0.rows("SELECT action FROM queue_transition ORDER BY id") { try $0.get(0) as String }
    }
    XCTAssertEqual(actions, ["lapor-tiba", "masuk-antrean"])
    await hall.close()
  }
}
