import Contracts
import Core
import Store
import Vault
import XCTest

@testable import Forecast
@testable import Queue

/// An officer acts at one counter, and nobody acts at a colleague's without taking it over.
final class CounterSeatTests: XCTestCase {
  private let sari = OfficerID(1)
  private let budi = OfficerID(8)

  func testOfficerWithAPersonInHandIsNotServedAPersonAtAnotherCounter() async throws {
    let hall = try await QueueHall()
    for _ in 0..<2 { _ = try await hall.take() }
    let (first, second) = (hall.office.counters[0], hall.office.counters[1])
    let ticket = try await hall.counters.callNext(to: first, by: .officer(sari, .clerk))
    for attempt in [
      { [sari] in _ = try await hall.counters.callNext(to: second, by: .officer(sari, .clerk)) },
      { [sari] in try await hall.counters.open(second, by: .officer(sari, .clerk), named: "Sari") },
    ] {
      await assertProblem("queue.still-at-counter") { try await attempt() }
    }
    try await hall.counters.act(
      .giveBack, on: XCTUnwrap(ticket).id, at: first, by: .officer(sari, .clerk))
    let called = try await hall.counters.callNext(to: second, by: .officer(sari, .clerk))
    XCTAssertEqual(called?.counter, 2)
    let posts = try await hall.store.read { try CounterPostTable.all(in: $0) }
    XCTAssertEqual(posts.map(\.state), [.closed, .open], "who calls elsewhere has left the first counter")
    await hall.close()
  }

  func testEveryActionAtAColleaguesCounterIsRefusedUntilItIsTakenOver() async throws {
    let hall = try await QueueHall()
    for _ in 0..<2 { _ = try await hall.take() }
    let counter = hall.office.counters[0]
    let called = try await hall.counters.callNext(to: counter, by: .officer(sari, .clerk), named: "Sari")
    let ticket = try XCTUnwrap(called)
    let supervisor = Principal.officer(budi, .supervisor)
    let attempts: [(String, @Sendable () async throws -> Void)] = [
      ("call", { [budi] in _ = try await hall.counters.callNext(to: counter, by: .officer(budi, .clerk)) }),
      ("undo", { _ = try await hall.counters.undo(at: counter, by: supervisor) }),
      ("start", { _ = try await hall.counters.act(.start, on: ticket.id, at: counter, by: supervisor) }),
      ("no-show", { _ = try await hall.counters.act(.noShow, on: ticket.id, at: counter, by: supervisor) }),
      ("open", { [budi] in try await hall.counters.open(counter, by: .officer(budi, .clerk), named: "Budi") }),
      (
        "pause",
        { [budi] in try await hall.counters.pause(counter, by: .officer(budi, .clerk), named: "Budi", reason: "rest") }
      ),
      (
        "close",
        { try await hall.counters.close(counter, by: supervisor, hand: (.giveBack, ActionDetail()), reason: .other) }
      ),
    ]
    for (name, attempt) in attempts {
      await assertProblem("queue.others-counter") {
        try await attempt()
        XCTFail("\(name) was done at a colleague's counter")
      }
    }
    let before = try await hall.record(ticket.id)
    XCTAssertEqual(before, ticket)
    try await hall.counters.takeOver(counter, from: sari, by: .officer(budi, .clerk), named: "Budi")
    let started = try await hall.counters.act(.start, on: ticket.id, at: counter, by: supervisor)
    XCTAssertEqual(started.officer, budi)
    let next = try await hall.counters.callNext(to: hall.office.counters[1], by: .officer(sari, .clerk))
    XCTAssertNotNil(next, "the number was handed over, so its former officer is free")
    await hall.close()
  }

  func testNumberSentToAnOfficerWhoseCounterWasTakenOverMayBeCalledByAll() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(2)
    try await hall.counters.open(hall.office.counters[0], by: .officer(sari, .clerk), named: "Sari")
    try await hall.act(.transfer, on: ticket.id, at: 2, ActionDetail(target: .officer(sari)))
    try await hall.counters.takeOver(hall.office.counters[0], from: sari, by: .officer(budi, .clerk), named: "Budi")
    let called = try await hall.next(2)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }
}
