import Contracts
import Core
import Store
import XCTest

@testable import Forecast
@testable import Queue

final class UndoTests: XCTestCase {
  /// Each row of the table that can be undone, undone: the ticket is exactly as it was.
  func testEveryUndoableRowRestoresTheTicketWhole() async throws {
    let hall = try await QueueHall()
    for row in TicketLife.transitions where row.undo != .never && row.action != .finishStep {
      guard let from = row.from else { continue }
      let ticket = try await hall.ticket(in: from)
      hall.clock.advance(by: .seconds(5))
      switch row.action {
      case .call: _ = try await hall.next(1)
      case .callChosen:
        _ = try await hall.counters.callChosen(
          ticket.id, to: hall.office.counters[0], by: .officer(OfficerID(1), .clerk), reason: "Penerbangan sore ini")
      default:
        try await hall.act(
          row.action, on: ticket.id, at: 1, ActionDetail(reason: "other", target: .counter(2), isConfirmed: true))
      }
      let changed = try await hall.record(ticket.id)
      XCTAssertEqual(changed.state, row.to)
      let restored = try await hall.undo(1)
      XCTAssertEqual(restored, ticket, "\(row.action)")
      let kept = try await hall.record(ticket.id)
      XCTAssertEqual(kept, ticket)
      await assertProblem("queue.nothing-to-undo") { _ = try await hall.undo(1) }
      try await hall.clear()
    }
    await hall.close()
  }

  func testUndoIsRefusedAfterThirtySecondsAndWhenSomebodyWentOn() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.giveBack, on: ticket.id, at: 1)
    _ = try await hall.next(2)
    await assertProblem("queue.nothing-to-undo") { _ = try await hall.undo(1) }
    hall.clock.advance(by: .seconds(31))
    await assertProblem("queue.nothing-to-undo") { _ = try await hall.undo(2) }
    await hall.close()
  }

  func testFinishIsUndoneWithTheStageThatItEnded() async throws {
    let hall = try await QueueHall(applications: AnyApplication(), tracking: MovingTracking())
    let serving = try await finished(in: hall)
    hall.clock.advance(by: .seconds(20))
    let restored = try await hall.undo(1)
    XCTAssertEqual(restored, serving)
    await hall.close()
  }

  func testFinishOfAnApplicationThatWentOnIsNotUndone() async throws {
    let hall = try await QueueHall(applications: AnyApplication(), tracking: MovingTracking(canGoBack: false))
    let serving = try await finished(in: hall)
    await assertProblem("queue.nothing-to-undo") { _ = try await hall.undo(1) }
    let ticket = try await hall.record(serving.id)
    XCTAssertEqual(ticket.state, .finished, "nothing is half undone")
    await hall.close()
  }

  func testFinishThatHandedTheDocumentOverIsNotUndone() async throws {
    let hall = try await QueueHall(applications: AnyApplication(), tracking: MovingTracking(ending: .none))
    _ = try await finished(in: hall)
    await assertProblem("queue.nothing-to-undo") { _ = try await hall.undo(1) }
    await hall.close()
  }

  func testUndoFromAStalePageTakesBackNothingElse() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    let counter = hall.office.counters[0]
    let call = try await hall.store.read { try hall.counters.undoable(at: 1, in: $0)?.0.transition }
    try await hall.act(.start, on: ticket.id, at: 1)
    await assertProblem("queue.nothing-to-undo") {
      _ = try await hall.counters.undo(call, at: counter, by: .officer(OfficerID(1), .clerk))
    }
    let record = try await hall.record(ticket.id)
    XCTAssertEqual(record.state, .serving)
    await hall.close()
  }

  /// - Returns: the ticket as it was before its visit was finished.
  private func finished(in hall: QueueHall) async throws -> TicketRecord {
    let number = ApplicationNumber(from: SeededRandom(seed: 7))
    let ticket = try await hall.queue.takeNumber(
      TicketRequest(service: nil, application: number.opened, needs: Needs(), channel: .web, submission: "a"))
    _ = try await hall.next(1)
    let serving = try await hall.act(.start, on: ticket.id, at: 1)
    try await hall.act(.finish, on: ticket.id, at: 1)
    return serving
  }
}
