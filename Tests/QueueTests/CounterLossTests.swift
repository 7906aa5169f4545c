import Contracts
import Core
import Store
import XCTest

@testable import Queue

/// An officer who loses the counter is told how, until they sit down again.
final class CounterLossTests: XCTestCase {
  private let sari = OfficerID(1)
  private let budi = OfficerID(8)

  func testEachWayToLoseACounterIsKeptWithWhoDidIt() async throws {
    let ways: [(CounterLoss.Cause, by: OfficerID?, movedTo: Int?, @Sendable (QueueHall) async throws -> Void)] = [
      (
        .closed, budi, nil,
        { [budi] in
          try await $0.counters.closeFromHall($0.office.counters[0], by: .officer(budi, .supervisor), reason: .other)
        }
      ),
      (
        .moved, budi, 2,
        { [budi] in
          try await $0.counters.move(
            from: $0.office.counters[0], to: $0.office.counters[1], by: .officer(budi, .supervisor))
        }
      ),
      (
        .takenOver, budi, nil,
        { [sari, budi] in
          try await $0.counters.takeOver($0.office.counters[0], from: sari, by: .officer(budi, .clerk), named: "Budi")
        }
      ),
      (
        .signedOut, nil, nil,
        { [sari] hall in
          let counters = hall.counters
          try await hall.store.write { try counters.follow(sari, .signedOut, in: $0) }
        }
      ),
      (
        .dayClosed, budi, nil,
        { [budi] in
          try await DayClose(counters: $0.counters)
            .close(OfficeZone.wib.date(of: $0.clock.now), by: .officer(budi, .supervisor))
        }
      ),
      (
        .dayEnded, nil, nil,
        {
          $0.clock.advance(by: .hours(20))
          try await DayClose(counters: $0.counters).catchUp($0.dayEnd)
        }
      ),
    ]
    for (cause, by, movedTo, lose) in ways {
      let hall = try await QueueHall()
      try await hall.counters.open(hall.office.counters[0], by: .officer(sari, .clerk), named: "Sari")
      try await lose(hall)
      let loss = try await loss(in: hall)
      XCTAssertEqual(
        loss, CounterLoss(officer: sari, counter: 1, cause: cause, by: by, movedTo: movedTo, at: hall.clock.now),
        "\(cause)")
      try await hall.counters.open(hall.office.counters[2], by: .officer(sari, .clerk), named: "Sari")
      let none = try await self.loss(in: hall)
      XCTAssertNil(none, "\(cause): who sits again has lost nothing")
      await hall.close()
    }
  }

  func testWhoLeavesTheCounterThemselvesHasLostNothing() async throws {
    let hall = try await QueueHall()
    try await hall.counters.open(hall.office.counters[0], by: .officer(sari, .clerk), named: "Sari")
    try await hall.counters.close(hall.office.counters[0], by: .officer(sari, .clerk), reason: .other)
    let closed = try await loss(in: hall)
    XCTAssertNil(closed)
    try await hall.counters.open(hall.office.counters[0], by: .officer(sari, .clerk), named: "Sari")
    try await hall.counters.open(hall.office.counters[1], by: .officer(sari, .clerk), named: "Sari")
    let left = try await loss(in: hall)
    XCTAssertNil(left)
    await hall.close()
  }

  private func loss(in hall: QueueHall) async throws -> CounterLoss? {
    try await hall.store.read { [sari] in try CounterLossTable.loss(of: sari, at: 1, in: $0) }
  }
}
