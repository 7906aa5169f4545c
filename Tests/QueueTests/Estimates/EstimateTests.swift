import Client
import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class EstimateTests: XCTestCase {
  func testEverybodyIsToldMoreThanTheOneBefore() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    var lows: [Int] = []
    for _ in 0..<8 { lows.append(try await hall.take().waitMinutes?.lowerBound ?? -1) }
    XCTAssertEqual(lows, lows.sorted())
    XCTAssertEqual(lows.first, 0)
    // Seven people of ten minutes each, less a third.
    XCTAssertEqual(lows.last, 45)
    await hall.close()
  }

  func testMoreOpenCountersShortenTheWait() async throws {
    let hall = try await QueueHall(counterCount: 4)
    try await hall.openCounters(1)
    for _ in 0..<8 { _ = try await hall.take() }
    let last = try await hall.take()
    try await hall.openCounters(2)
    hall.clock.advance(by: .minutes(1))
    let later = try await hall.queue.ticket(last.code)
    XCTAssertEqual(last.waitMinutes?.upperBound, 110)
    XCTAssertEqual(later?.waitMinutes?.upperBound, 55)
    await hall.close()
  }

  func testAPriorityTicketIsToldLess() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    for _ in 0..<6 { _ = try await hall.take() }
    let plain = try await hall.take()
    let priority = try await hall.take(priority: true)
    XCTAssertEqual(plain.waitMinutes?.lowerBound, 40)
    XCTAssertEqual(priority.waitMinutes?.lowerBound, 0)
    await hall.close()
  }

  func testThePaceOfTheLastWeeksIsLearned() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    // A day of visits of two minutes each.
    for _ in 0..<60 {
      let ticket = try await hall.take()
      _ = try await hall.next(1)
      try await hall.act(.start, on: ticket.id, at: 1)
      hall.clock.advance(by: .minutes(2))
      try await hall.act(.finish, on: ticket.id, at: 1)
    }
    hall.clock.advance(by: .minutes(24 * 60))
    for _ in 0..<20 { _ = try await hall.take() }
    let last = try await hall.take()
    let expected = try XCTUnwrap(last.waitMinutes)
    XCTAssertTrue(expected.contains(45), "20 people of a little more than two minutes, told \(expected)")
    XCTAssertLessThan(expected.upperBound, 80, "not the ten minutes that are assumed without history")
    await hall.close()
  }

  func testWhatPeopleAreToldIsRecordedWithWhatTheyWaited() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    let ticket = try await hall.take()
    hall.clock.advance(by: .minutes(3))
    _ = try await hall.next(1)
    let day = OfficeZone.wib.date(of: hall.clock.now)
    let samples = try await hall.store.read { try EstimateTable.samples(from: day, to: day, in: $0) }
    XCTAssertEqual(samples, [.init(forecast: 0, waited: 3, hasHeadStart: false)])
    let before = try await hall.store.read { [first = day.adding(days: -9), last = day.adding(days: -1)] in
      try EstimateTable.samples(from: first, to: last, in: $0)
    }
    XCTAssertEqual(before, [], "told on a day that is still to come")
    XCTAssertEqual(ticket.waitMinutes, 0...5)
    await hall.close()
  }

  /// Not every engine gives a key again that a transaction drew and took back.
  func testAGapInTheKeysOfTicketsCountsAsNobody() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    var tickets: [Ticket] = []
    for _ in 0..<3 { tickets.append(try await hall.take()) }
    try DatabaseShell.run(
      "PRAGMA foreign_keys = OFF; DELETE FROM queue_ticket WHERE id = \(tickets[1].id.rawValue)", on: hall.store.path)
    let (first, last) = (tickets[0], try await hall.take())
    XCTAssertEqual(last.id.rawValue - first.id.rawValue, 3, "there is a gap")
    XCTAssertEqual(last.peopleAhead, 2)
    let count = try await hall.store.read { try TicketTable.count(after: first.id, upTo: last.id, in: $0) }
    XCTAssertEqual(count, 2)
    await hall.close()
  }

  func testARushIsNotPlayedThroughForEach() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    for _ in 0..<200 { _ = try await hall.take() }
    let reading = try await hall.store.read { try AvailabilityReading(hall.queue, in: $0) }
    func playthrough(at now: Instant = hall.clock.now, of ticket: TicketID?) -> Estimates.Playthrough? {
      hall.queue.estimates.playthrough(at: now, of: ticket, served: reading.skills, hours: reading.hours) {
        Int($1.rawValue - $0.rawValue)
      }
    }
    let kept = try XCTUnwrap(playthrough(of: nil))
    XCTAssertGreaterThan(kept.waitingCount, 180)
    XCTAssertNotNil(
      playthrough(of: TicketID((kept.latest?.rawValue ?? 0) + 5)),
      "five more among \(kept.waitingCount) change little")
    XCTAssertNil(playthrough(of: TicketID((kept.latest?.rawValue ?? 0) + 50)))
    XCTAssertNil(playthrough(at: hall.clock.now + .minutes(1), of: nil), "the hall goes on")
    await hall.close()
  }
}
