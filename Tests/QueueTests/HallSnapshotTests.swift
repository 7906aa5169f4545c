import Contracts
import Core
import HTML
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue

final class HallSnapshotTests: XCTestCase {
  private func zone(_ counters: Int...) -> DisplayZone {
    DisplayZone(code: "z", name: nil, counters: counters, ticker: nil)
  }

  func testZoneShowsOnlyItsOwnCounters() async throws {
    let hall = try await QueueHall()
    for _ in 0..<4 { _ = try await hall.take() }
    for counter in 1...3 { _ = try await hall.next(counter) }
    let snapshot = try await hall.snapshot()
    XCTAssertEqual(snapshot.board(of: .wholeHall, in: hall.office).calls.map(\.counter).sorted(), [1, 2, 3])
    let board = snapshot.board(of: zone(2, 4), in: hall.office)
    XCTAssertEqual(board.calls.map(\.counter), [2])
    XCTAssertEqual(board.waiting, 1)
    XCTAssertEqual(board.next, ["A-004"])
    await hall.close()
  }

  /// The clock was three hours ahead after a power cut, and a person has put it right.
  func testACallOnAWrongHourIsNotTheLatestOne() async throws {
    let hall = try await QueueHall()
    for _ in 0..<3 { _ = try await hall.take() }
    hall.clock.advance(by: .hours(3))
    _ = try await hall.next(1)
    hall.clock.advance(by: Duration.minutes(5) - Duration.hours(3))
    _ = try await hall.next(2)
    let right = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(right.calls.map(\.counter), [2, 1])
    hall.clock.advance(by: .hours(3))
    _ = try await hall.next(3)
    let later = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(later.calls.map(\.counter), [3, 1, 2])
    await hall.close()
  }

  /// Who waits for what no counter of the zone offers is not counted there, and the words say of whom they speak.
  func testZoneCountsOnlyThoseWhoWaitForItsCounters() async throws {
    let hall = try await QueueHall()
    for _ in 0..<3 { _ = try await hall.take() }
    let snapshot = try await hall.snapshot()
    let served = try XCTUnwrap(snapshot.waiting.first).line.service
    let here = try XCTUnwrap(hall.office.counters.first { $0.serves(served) })
    let elsewhere = Office.Counter(number: 9, services: [ServiceCode("lain")])
    var office = hall.office
    office = Office(
      name: office.name, zone: office.zone, address: office.address, telephone: office.telephone,
      counters: [here, elsewhere])
    let ours = snapshot.board(of: zone(here.number), in: office)
    let theirs = snapshot.board(of: zone(9), in: office)
    XCTAssertEqual(ours.waiting, 3)
    XCTAssertEqual(theirs.waiting, 0)
    XCTAssertEqual(theirs.next, [])
    let words = try QueueHall.locales().words(.indonesian)
    func text(_ board: Board) -> String { BoardView(board: board, words: words, zone: .wib).node.plainText }
    XCTAssertTrue(text(ours).contains("3 orang menunggu untuk loket di sini"), text(ours))
    XCTAssertTrue(text(snapshot.board(of: .wholeHall, in: office)).contains("3 orang menunggu"))
    XCTAssertFalse(text(snapshot.board(of: .wholeHall, in: office)).contains("di sini"))
    await hall.close()
  }

  func testASnapshotSaysWhoWaitsForWhatAndWhomNobodyCalls() async throws {
    let hall = try await QueueHall(counterCount: 1, services: [1: [QueueHall.passport]])
    try await hall.openCounters()
    _ = try await hall.take()
    // A supervisor gives the other service to the counter, and takes it back.
    let counter = hall.office.counters[0]
    try await hall.counters.assign(counter, services: [QueueHall.permit], by: .officer(OfficerID(8), .supervisor))
    _ = try await hall.take(QueueHall.permit, priority: true)
    try await hall.counters.assign(counter, services: [QueueHall.passport], by: .officer(OfficerID(8), .supervisor))
    let snapshot = try await hall.snapshot()
    let shown = QueueSnapshot(snapshot)
    XCTAssertEqual(
      shown.waiting.sorted { $0.number < $1.number },
      [
        QueueSnapshot.Waiting(number: "A-001", service: QueueHall.passport),
        QueueSnapshot.Waiting(number: "B-001", service: QueueHall.permit, isPriority: true, isAttended: false),
      ])
    XCTAssertEqual(shown.sequence, snapshot.sequence)
    XCTAssertEqual(shown.at, hall.clock.now)
    XCTAssertEqual(snapshot.waitingCount(in: hall.office), 1, "no counter of the office serves the other")
    await hall.close()
  }

  func testWhereNoPlacesAreKeptNothingIsSaidOfThem() async throws {
    let hall = try await QueueHall()
    _ = try await hall.take(priority: true)
    let board = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertNil(board.priority)
    await hall.close()
  }

  func testMoreCallsThanFitAreCounted() async throws {
    let hall = try await QueueHall(counterCount: 14)
    for _ in 0..<14 { _ = try await hall.take() }
    for counter in 1...14 { _ = try await hall.next(counter) }
    let board = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(board.calls.count, Board.callCountMax)
    XCTAssertEqual(board.openBeyondCount, 14 - Board.callCountMax)
    await hall.close()
  }

  func testPeopleStillExpectedGoBeforeThoseWhoHaveCome() async throws {
    let hall = try await QueueHall()
    for _ in 0..<3 { _ = try await hall.take() }
    for counter in 1...3 {
      hall.clock.advance(by: .seconds(10))
      let called = try await hall.next(counter)
      if counter == 2, let called { try await hall.act(.start, on: called.id, at: 2) }
    }
    let board = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(board.calls.map(\.number), ["A-003", "A-001", "A-002"])
    XCTAssertEqual(board.calls.map(\.isOpen), [true, true, false])
    await hall.close()
  }

  func testCallsSinceAnEarlierSurveyAreNewOnesAndRepeatedOnes() async throws {
    let hall = try await QueueHall()
    for _ in 0..<2 { _ = try await hall.take() }
    let first = try await hall.next(1)
    let before = try await hall.snapshot()
    XCTAssertEqual(before.calls(since: before), [])
    let id = try XCTUnwrap(first?.id)
    try await hall.act(.recall, on: id, at: 1)
    _ = try await hall.next(2)
    let after = try await hall.snapshot()
    XCTAssertEqual(Set(after.calls(since: before).map(\.number)), ["A-001", "A-002"])
    try await hall.act(.start, on: id, at: 1)
    let started = try await hall.snapshot()
    XCTAssertEqual(started.calls(since: after), [], "whoever has come is not called again")
    await hall.close()
  }

  func testPlacesAreTheSameAsThoseOfEachTicketAlone() async throws {
    let hall = try await QueueHall()
    var tickets: [Ticket] = []
    for number in 0..<40 {
      tickets.append(
        try await hall.take(number.isMultiple(of: 3) ? QueueHall.permit : QueueHall.passport, priority: number % 4 == 1)
      )
    }
    for _ in 0..<5 {
      if let called = try await hall.next(1) {
        try await hall.act(.start, on: called.id, at: 1)
        hall.clock.advance(by: .minutes(7))
        try await hall.act(.finish, on: called.id, at: 1)
      }
    }
    let together = try await hall.queue.tickets(
      Set(tickets.map(\.code)), positions: try await hall.snapshot().positions)
    for ticket in tickets {
      let alone = try await hall.queue.ticket(ticket.code)
      XCTAssertEqual(together[ticket.code], alone)
    }
    await hall.close()
  }
}
