import Contracts
import Core
import Expectations
import Foundation
import Store
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue

/// What people are told of their turn is the order in which they are called.
final class CallOrderTests: XCTestCase {
  /// The property: display, tickets and the officer's list have the order in which the counter then calls everybody.
  func testEveryFaceHasTheOrderInWhichPeopleAreCalled() async throws {
    for _ in 0..<6 {
      let seed = TestSeed.drawn()
      let random = SeededRandom(seed: seed)
      let hall = try await randomHall(random)
      let told = try await hall.snapshot()
      let board = told.board(of: .wholeHall, in: hall.office)
      let positions = told.waiting.map { told.positions.peopleAhead(of: $0.id) }
      XCTAssertEqual(positions, told.waiting.indices.map { $0 }, "seed \(seed): one counter, one order")
      XCTAssertEqual(board.next, Array(told.waiting.prefix(Board.nextCountMax).map(\.number)), "seed \(seed)")
      var called: [String] = []
      while true {
        let first = try await hall.snapshot().waiting.first
        if let first {
          let ticket = try await hall.queue.ticket(try await hall.record(first.id).code)
          XCTAssertEqual(ticket?.peopleAhead, 0, "seed \(seed)")
        }
        guard let next = try await hall.next(1) else { break }
        XCTAssertEqual(next.id, first?.id, "seed \(seed)")
        called.append(next.number)
        try await hall.act(.start, on: next.id, at: 1)
        try await hall.act(.finish, on: next.id, at: 1)
      }
      XCTAssertEqual(called, told.waiting.map(\.number), "seed \(seed)")
      XCTAssertGreaterThan(called.count, 5, "seed \(seed): somebody waited")
      await hall.close()
    }
  }

  /// Who came before the time of an appointment has no head start yet, on no face.
  func testAnEarlyAppointmentGoesAfterThePriorityLineEverywhere() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    let early = try await checkIn(hall, appointedAt: hall.clock.now + .minutes(40))
    let priority = try await hall.take(priority: true)
    XCTAssertEqual(priority.peopleAhead, 0)
    let later = try await hall.queue.ticket(early.code)
    XCTAssertEqual(later?.peopleAhead, 1)
    let board = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(board.next, [priority.number, early.number])
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, priority.id)
    await hall.close()
  }

  /// People of another service whom every counter of one's own would call first are before one, too.
  func testWhoWaitsForAnotherServiceAtTheOnlyCounterIsAhead() async throws {
    let hall = try await QueueHall(counterCount: 2, services: [2: [QueueHall.permit]])
    try await hall.openCounters(1)
    _ = try await hall.take(QueueHall.permit)
    let passport = try await hall.take()
    XCTAssertEqual(passport.peopleAhead, 1)
    try await hall.openCounters(2)
    let permit = try await hall.take(QueueHall.permit)
    XCTAssertEqual(permit.peopleAhead, 1, "counter 2 does not call the passport before")
    await hall.close()
  }

  private func randomHall(_ random: SeededRandom) async throws -> QueueHall {
    let hall = try await QueueHall(
      rule: NextRule(passedOverMax: 1 + random.below(3)), counterCount: 1, random: SeededRandom(seed: random.uint64()))
    try await hall.counters.open(
      hall.office.counters[0], by: .officer(OfficerID(1), .clerk), named: nil,
      languages: random.below(2) == 0 ? [.english] : [])
    for _ in 0..<24 {
      hall.clock.advance(by: .seconds(random.below(400)))
      if random.below(4) == 0 {
        _ = try await checkIn(hall, appointedAt: hall.clock.now + .minutes(random.below(90) - 20))
      } else {
        _ = try await hall.queue.takeNumber(
          TicketRequest(
            service: random.below(2) == 0 ? QueueHall.passport : QueueHall.permit, application: nil,
            needs: Needs(priority: random.below(4) == 0 ? .elderly : nil), channel: .kiosk,
            submission: String(random.uint64()), language: random.below(4) == 0 ? .english : .indonesian))
      }
      if random.below(4) == 0, let called = try await hall.next(1) {
        try await hall.act(.start, on: called.id, at: 1)
        try await hall.act(.finish, on: called.id, at: 1)
      }
    }
    return hall
  }

  private func checkIn(_ hall: QueueHall, appointedAt: Instant) async throws -> Ticket {
    try await hall.store.write { transaction in
      let arrival = Arrival(
        code: PublicCode(from: hall.queue.random), service: QueueHall.passport, application: nil, needs: Needs(),
        channel: .kiosk, language: .indonesian, bookedAt: appointedAt - .minutes(24 * 60), appointedAt: appointedAt)
      return try hall.queue.admit(arrival, by: .kiosk("hall"), in: transaction)
    }
  }
}
