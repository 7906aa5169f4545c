import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Queue

final class NextCostTests: XCTestCase {
  /// The head of a line is one step in an index: no scan, and nothing is sorted.
  func testHeadOfALineIsFoundInAnIndexAlone() async throws {
    let hall = try await QueueHall()
    let plan = try await hall.store.read { database in
      try database.rows(
        """
        EXPLAIN QUERY PLAN SELECT \(TicketRecord.columns) FROM queue_ticket
        WHERE place = \(PlaceID.office) AND day = \(OfficeZone.wib.date(of: hall.clock.now))
          AND state = \(literal: TicketState.waiting) AND line > \("")
        ORDER BY line, waits_from, id LIMIT 1
        """
      ) { try $0.get(3) as String }
    }
    XCTAssertEqual(plan, ["SEARCH queue_ticket USING INDEX queue_ticket_line (place=? AND day=? AND line>?)"])
    await hall.close()
  }

  /// An index with a condition serves a statement that says the same in its text.
  func testWhatACounterHasInHandIsFoundInItsIndex() async throws {
    let hall = try await QueueHall()
    let plan = try await hall.store.read { database in
      try database.rows(
        """
        EXPLAIN QUERY PLAN SELECT \(TicketRecord.columns) FROM queue_ticket
        WHERE place = \(PlaceID.office) AND counter = \(1) AND state IN \(literals: [TicketState.called, .serving])
        """
      ) { try $0.get(3) as String }
    }
    XCTAssertEqual(plan, ["SEARCH queue_ticket USING INDEX queue_ticket_hand (place=? AND counter=?)"])
    await hall.close()
  }

  /// `GAPURA_MEASURE_NEXT=1 swift test -c release …`: what "next" costs with 100, 1,000 and 10,000 waiting.
  func testCostOfNextDoesNotGrowWithThePeople() async throws {
    guard ProcessInfo.processInfo.environment["GAPURA_MEASURE_NEXT"] != nil else {
      throw XCTSkip("GAPURA_MEASURE_NEXT is not set")
    }
    var p99: [Int: Double] = [:]
    for count in [100, 1_000, 10_000] {
      let times = try await costs(waiting: count)
      p99[count] = times[times.count * 99 / 100]
      print("next with \(count) waiting: p50 \(times[times.count / 2]) µs, p99 \(p99[count] ?? 0) µs")
    }
    let ratio = (p99[10_000] ?? 0) / (p99[100] ?? 1)
    print("p99 at 10,000 waiting is \(ratio) times that at 100")
    XCTAssertLessThan(ratio, 2)
  }

  /// Microseconds of 1,000 calls, sorted. Each call is put back with its position, so that as many wait each time.
  private func costs(waiting count: Int) async throws -> [Double] {
    let hall = try await QueueHall()
    let random = SeededRandom(seed: 3)
    try await hall.store.write { transaction in
      for _ in 0..<count {
        hall.clock.advance(by: .seconds(1))
        _ = try hall.queue.issue(
          TicketRequest(
            service: random.below(2) == 0 ? QueueHall.passport : QueueHall.permit, application: nil,
            needs: Needs(priority: random.below(5) == 0 ? .elderly : nil), channel: .kiosk,
            submission: String(random.uint64())), in: transaction)
      }
    }
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<1_000 {
      let spent = try await hall.store.write { transaction -> Duration in
        let start = clock.now
        guard
          let ticket = try hall.counters.callNext(
            to: hall.office.counters[0], by: .officer(OfficerID(1), .clerk), in: transaction)
        else { return .zero }
        let spent = start.duration(to: clock.now)
        try hall.counters.act(
          .giveBack, on: ticket.id, at: hall.office.counters[0], by: .officer(OfficerID(1), .clerk), in: transaction)
        return spent
      }
      times.append(Double(spent.components.attoseconds) / 1e12)
    }
    await hall.close()
    return times.sorted()
  }
}
