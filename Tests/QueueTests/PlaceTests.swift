import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class PlaceTests: XCTestCase {
  func testWhatBelongsToAnotherPlaceIsNeitherNumberedNorSeatedNorCalledHere() async throws {
    let hall = try await QueueHall()
    let there = PlaceID(2)
    try await hall.openCounters(1)
    let (called, waiting) = (try await hall.take(), try await hall.take())
    _ = try await hall.next(1)
    try await hall.store.write { transaction in
      try transaction.run("UPDATE queue_series SET place = \(there)")
      try transaction.run("UPDATE queue_ticket SET place = \(there)")
      try transaction.run("UPDATE queue_counter SET place = \(there)")
      try transaction.run("UPDATE queue_undo SET place = \(there)")
    }
    let seated = try await hall.store.read { try CounterPostTable.seated(in: $0).count }
    XCTAssertEqual(seated, 0)

    let ticket = try await hall.take()
    XCTAssertEqual(ticket.number, called.number, "each place counts from 1")
    XCTAssertEqual(ticket.peopleAhead, 0)
    try await hall.openCounters(1)
    let next = try await hall.next(1)
    XCTAssertEqual(next?.id, ticket.id)
    let states = try await [hall.record(called.id).state, hall.record(waiting.id).state]
    XCTAssertEqual(states, [.called, .waiting])
    await hall.close()
  }

  func testWhatHappenedAtAnotherPlaceIsNeitherToldNorEndedHere() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters(1)
    let (called, waiting) = (try await hall.take(), try await hall.take())
    _ = try await hall.next(1)
    let today = OfficeZone.wib.date(of: hall.clock.now)
    let tomorrow = hall.clock.now + .hours(24)
    func counts() async throws -> [Int] {
      try await hall.store.read { snapshot -> [Int] in
        [
          try HallHistory().steps(from: today, to: today, in: snapshot).count,
          try CallTable.latest(on: today, limit: 5, in: snapshot).count,
          try TicketTable.open(upTo: today, orAfter: today, in: snapshot).count,
          try TicketTable.count(after: called.id, upTo: waiting.id, in: snapshot),
          try PromiseTable.open(in: snapshot).count,
          try PromiseTable.nextDue(in: snapshot) == nil ? 0 : 1,
          try PromiseTable.unnoticed(at: tomorrow, limit: 5, in: snapshot).count,
          try EstimateTable.samples(from: today, to: today, in: snapshot).count,
        ]
      }
    }
    let before = try await counts()
    XCTAssertFalse(before.contains(0), "\(before)")
    let there = PlaceID(2)
    try await hall.store.write { transaction in
      try transaction.run("UPDATE queue_transition SET place = \(there)")
      try transaction.run("UPDATE queue_call SET place = \(there)")
      try transaction.run("UPDATE queue_ticket SET place = \(there)")
      try transaction.run("UPDATE queue_promise SET place = \(there)")
      try transaction.run("UPDATE queue_estimate SET place = \(there)")
    }
    let after = try await counts()
    XCTAssertEqual(after, [0, 0, 0, 0, 0, 0, 0, 0])
    await hall.close()
  }
}
