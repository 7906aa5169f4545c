import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Queue

/// Random operations against the real queue and against a model of it that is simple enough to be
/// right: same numbers, same order of calls, same refusals.
final class QueueModelTests: XCTestCase {
  private struct Model {
    struct Entry {
      let number: String
      let isPriority: Bool
    }

    var waiting: [Entry] = []
    var inHand: [Int: (entry: Entry, isServing: Bool)] = [:]
    var issued = 0
    var run = 0
    let runMax: Int

    mutating func take(priority: Bool) -> String {
      issued += 1
      let number = TicketRecord.number(letter: "A", sequence: issued)
      waiting.append(Entry(number: number, isPriority: priority))
      return number
    }

    mutating func next(_ counter: Int) -> String? {
      let hasOrdinary = waiting.contains { !$0.isPriority }
      let hasPriority = waiting.contains(where: \.isPriority)
      let wantsPriority = hasPriority && !(hasOrdinary && run >= runMax)
      guard let place = waiting.firstIndex(where: { $0.isPriority == wantsPriority }) else { return nil }
      let entry = waiting.remove(at: place)
      run = entry.isPriority ? run + 1 : 0
      inHand[counter] = (entry, false)
      return entry.number
    }
  }

  func testRandomOperationsAgreeWithTheModel() async throws {
    let seed =
      ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    let random = SeededRandom(seed: seed)
    let hall = try await QueueHall(rule: NextRule(priorityRunMax: 3), random: random)
    var model = Model(runMax: 3)
    var ids: [Int: TicketID] = [:]
    for _ in 0..<4000 {
      hall.clock.advance(by: .milliseconds(1 + random.below(500)))
      let counter = 1 + random.below(4)
      if random.below(3) == 0 {
        let priority = random.below(3) == 0
        let ticket = try await hall.take(priority: priority, submission: String(random.uint64()))
        XCTAssertEqual(ticket.number, model.take(priority: priority))
      } else if let hand = model.inHand[counter], let id = ids[counter] {
        let action: CounterAction = hand.isServing ? .finish : [.start, .noShow, .recall][random.below(3)]
        try await hall.act(action, on: id, at: counter)
        switch action {
        case .start: model.inHand[counter]?.isServing = true
        case .finish, .noShow: model.inHand[counter] = nil
        case .recall: break
        }
      } else {
        let called = try await hall.next(counter)
        XCTAssertEqual(called?.number, model.next(counter))
        ids[counter] = called?.id
      }
    }
    let board = try await hall.store.read { try Board.read(on: OfficeZone.wib.date(of: hall.clock.now), in: $0) }
    XCTAssertEqual(board.waiting, model.waiting.count)
    await hall.close()
  }
}
