import Contracts
import Core
import Store
import XCTest

@testable import Queue

final class HallQueueTests: XCTestCase {
  func testConcurrentTakersGetEveryNumberOnce() async throws {
    let hall = try await QueueHall()
    let numbers = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<200 { group.addTask { try await hall.take().number } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let expected = (1...200).map { TicketRecord.number(letter: "A", sequence: $0) }
    XCTAssertEqual(numbers.sorted(), expected.sorted())
    await hall.close()
  }

  func testRepeatedSubmissionGetsTheSameTicketEvenAtTheSameInstant() async throws {
    let hall = try await QueueHall()
    let codes = try await withThrowingTaskGroup(of: PublicCode.self) { group in
      for _ in 0..<32 { group.addTask { try await hall.take(submission: "once").code } }
      return try await group.reduce(into: Set<PublicCode>()) { $0.insert($1) }
    }
    XCTAssertEqual(codes.count, 1)
    let next = try await hall.take()
    XCTAssertEqual(next.number, "A-002")
    await hall.close()
  }

  func testEachServiceHasASeriesOfItsOwnAndEachDayStartsAgainAtLocalMidnight() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    let other = try await hall.take(QueueHall.permit)
    XCTAssertEqual([first.number, other.number], ["A-001", "B-001"])

    // 23.59 WIB is still the same day; UTC's midnight has long passed at 07.00 WIB.
    hall.clock.advance(by: .minutes(15 * 60 + 59))
    let late = try await hall.take()
    XCTAssertEqual(late.number, "A-002")
    hall.clock.advance(by: .minutes(1))
    let tomorrow = try await hall.take()
    XCTAssertEqual(tomorrow.number, "A-001")
    await hall.close()
  }

  func testANewTicketIsWhatAReadingOfItsRowGives() async throws {
    let hall = try await QueueHall()
    let random = SeededRandom(seed: 3)
    let now = hall.clock.now
    for turn in 0..<12 {
      let appointedAt = turn.isMultiple(of: 4) ? now + .minutes(turn) : nil
      let fresh = TicketTable.Fresh(
        code: PublicCode(from: random), reference: TicketNumber(from: random), day: OfficeZone.wib.date(of: now),
        letter: "A", sequence: turn + 1, service: turn < 6 ? QueueHall.passport : QueueHall.permit,
        application: turn.isMultiple(of: 2) ? ApplicationNumber(from: random) : nil,
        isPriority: turn.isMultiple(of: 3), channel: turn < 3 ? .web : .kiosk,
        language: turn.isMultiple(of: 5) ? .english : .indonesian, submission: "\(turn)", issuedAt: now,
        appointedAt: appointedAt, waitsFrom: appointedAt ?? now)
      let (written, read, line) = try await hall.store.write { transaction in
        let written = try TicketTable.insert(fresh, in: transaction)
        let line: String? = try transaction.value("SELECT line FROM queue_ticket WHERE id = \(written.id)")
        return (written, try TicketTable.ticket(written.id, in: transaction), line)
      }
      XCTAssertEqual(read, written)
      XCTAssertEqual(line, written.line)
    }
    await hall.close()
  }

  func testUnknownServiceIsRefused() async throws {
    let hall = try await QueueHall()
    do {
      _ = try await hall.take(ServiceCode("tidak-ada"))
      XCTFail("a number was drawn for no service")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "queue.unknown-service")
    }
    await hall.close()
  }

  func testPeopleAheadCountOnlyWhoWillBeCalledBefore() async throws {
    let hall = try await QueueHall()
    for _ in 0..<3 { _ = try await hall.take() }
    let ordinary = try await hall.take()
    XCTAssertEqual(ordinary.peopleAhead, 3)
    let priority = try await hall.take(priority: true)
    XCTAssertEqual(priority.peopleAhead, 0)
    let after = try await hall.queue.ticket(ordinary.code)
    XCTAssertEqual(after?.peopleAhead, 4)
    let otherLine = try await hall.take(QueueHall.permit)
    XCTAssertEqual(otherLine.peopleAhead, 0)
    await hall.close()
  }

  func testUnknownCodeIsNoTicket() async throws {
    let hall = try await QueueHall()
    let missing = try await hall.queue.ticket(PublicCode(from: SeededRandom(seed: 9)))
    XCTAssertNil(missing)
    await hall.close()
  }
}
