import Contracts
import Core
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
