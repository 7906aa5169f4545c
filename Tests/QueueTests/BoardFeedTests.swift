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
    XCTAssertEqual(atOnce?.board, Board(calls: [], waiting: 0, office: .unattended(until: nil)))

    _ = try await hall.take()
    _ = try await hall.next(2)
    var latest = await updates.next()
    while let board = latest?.board, board.calls.isEmpty { latest = await updates.next() }
    XCTAssertEqual(
      latest?.board,
      Board(
        calls: [.init(number: "A-001", counter: 2, calls: 1)], waiting: 0, office: .open(counters: [2], until: nil)))
    feed.stop()
    // It ends, whatever still came before the end.
    while await updates.next() != nil {}
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
