import Contracts
import Core
import Store
import XCTest

@testable import Queue

/// By when somebody without an appointment will be called, as they are told when they take the number.
final class PromiseTests: XCTestCase {
  func testANumberComesWithAPromiseThatStaysAsItWasMade() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    XCTAssertEqual(first.promisedBy?.description, "08:15", "nobody waits and somebody is promised less than 15 minutes")
    for _ in 0..<8 { _ = try await hall.take() }
    let last = try await hall.take()
    let expected = try XCTUnwrap(last.waitMinutes)
    XCTAssertEqual(last.promisedBy?.minuteOfDay, 8 * 60 + max(15, expected.upperBound))
    hall.clock.advance(by: .minutes(20))
    let later = try await hall.desk.ticket(last.code)
    XCTAssertEqual(later?.promisedBy, last.promisedBy)
    await hall.close()
  }

  func testARepeatedRequestIsPromisedNothingNew() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take(submission: "once")
    hall.clock.advance(by: .minutes(30))
    let again = try await hall.take(submission: "once")
    XCTAssertEqual(again.id, ticket.id)
    XCTAssertEqual(again.promisedBy, ticket.promisedBy)
    await hall.close()
  }

  /// One definition for the hall's page and the reports: what this person was told, not one figure for all.
  func testAPromiseIsAtRiskWhenTheCallIsExpectedLaterThanThisPersonWasPromised() async throws {
    let hall = try await QueueHall(counterCount: 1)
    _ = try await hall.take()
    _ = try await hall.next(1)
    for _ in 0..<6 { _ = try await hall.take() }
    func atRisk() async throws -> Int {
      try await hall.store.read {
        try HallPicture.read(hall.desk, hall.counters, nil, at: hall.clock.now, in: $0).atRisk
      }
    }
    let fresh = try await atRisk()
    XCTAssertEqual(fresh, 0, "what has just been promised is what is expected")
    // The first in line was promised the least; nobody calls for an hour.
    hall.clock.advance(by: .minutes(60))
    let later = try await atRisk()
    XCTAssertGreaterThan(later, 0)
    hall.clock.advance(by: .minutes(300))
    let all = try await atRisk()
    XCTAssertEqual(all, 6)
    let first = try await hall.store.read { snapshot in
      try PromiseTable.open(on: OfficeZone.wib.date(of: hall.clock.now), in: snapshot).count
    }
    XCTAssertEqual(first, 6, "the one who was called is promised nothing more")
    await hall.close()
  }

  func testACallThatIsTakenBackLeavesThePromiseOpenAndOneThatHappenedDoesNot() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take()
    func open() async throws -> Int {
      try await hall.store.read { try PromiseTable.open(on: OfficeZone.wib.date(of: hall.clock.now), in: $0).count }
    }
    _ = try await hall.next(1)
    _ = try await hall.undo(1)
    let undone = try await open()
    XCTAssertEqual(undone, 1)
    let called = try await hall.next(1)
    try await hall.act(.giveBack, on: try XCTUnwrap(called).id, at: 1)
    let sentBack = try await open()
    XCTAssertEqual(sentBack, 0)
    await hall.close()
  }

  func testWhoIsCalledIsNoLongerPromisedAnything() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    let called = try await hall.desk.ticket(ticket.code)
    XCTAssertEqual(called?.state, .called)
    XCTAssertNil(called?.promisedBy)
    await hall.close()
  }
}
