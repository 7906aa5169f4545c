import Contracts
import Core
import Store
import XCTest

@testable import Queue

final class BoardFeedTests: XCTestCase {
  func testWatcherSeesTheBoardAtOnceAndEachCallAfterIt() async throws {
    let hall = try await QueueHall()
    let feed = try hall.feed()
    try await feed.start()
    var updates = feed.watch().makeAsyncIterator()
    let atOnce = await updates.next()
    XCTAssertEqual(atOnce?.board, Board(calls: [], waiting: 0))

    _ = try await hall.take()
    _ = try await hall.next(2)
    var latest = await updates.next()
    while let board = latest?.board, board.calls.isEmpty { latest = await updates.next() }
    XCTAssertEqual(latest?.board, Board(calls: [.init(number: "A-001", counter: 2, calls: 1)], waiting: 0))
    feed.stop()
    let end = await updates.next()
    XCTAssertNil(end)
    await hall.close()
  }

  func testRecallIsSeenByItsCount() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.recall, on: ticket.id, at: 1)
    let survey = try await hall.survey()
    XCTAssertEqual(survey.calls.first?.calls, 2)
    await hall.close()
  }
}

final class WaitEstimateTests: XCTestCase {
  func testEstimateScalesWithPeopleAndCounters() {
    XCTAssertEqual(WaitEstimate.minutes(peopleAhead: 0, serviceMinutes: [], counters: 1), 0...5)
    XCTAssertEqual(WaitEstimate.minutes(peopleAhead: 6, serviceMinutes: [10, 10, 10], counters: 2), 20...40)
    XCTAssertEqual(WaitEstimate.minutes(peopleAhead: 6, serviceMinutes: [10], counters: 0), 40...80)
  }

  func testMedianOfNothingIsUnknown() {
    XCTAssertNil(WaitEstimate.median([]))
    XCTAssertEqual(WaitEstimate.median([5, 1, 9]), 5)
    XCTAssertEqual(WaitEstimate.median([1, 2, 3, 4]), 2.5)
  }
}
