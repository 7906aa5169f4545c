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
      let takenAt: Int64
      var passedOver = 0
    }

    var waiting: [Entry] = []
    var inHand: [Int: (entry: Entry, isServing: Bool)] = [:]
    var issued = 0
    let passedOverMax: Int

    mutating func take(priority: Bool, at now: Int64) -> String {
      issued += 1
      let number = TicketRecord.number(letter: "A", sequence: issued)
      waiting.append(Entry(number: number, isPriority: priority, takenAt: now))
      return number
    }

    mutating func next(_ counter: Int, at now: Int64) -> String? {
      let heads = [false, true].compactMap { isPriority in waiting.firstIndex { $0.isPriority == isPriority } }.sorted()
      func score(_ place: Int) -> Int64 {
        (now - waiting[place].takenAt) / 60_000 + (waiting[place].isPriority ? 30 : 0)
      }
      guard let first = heads.first, let last = heads.last else { return nil }
      let best = score(last) > score(first) ? last : first
      let place = heads.first { waiting[$0].passedOver >= passedOverMax } ?? best
      if first < place { waiting[first].passedOver += 1 }
      let entry = waiting.remove(at: place)
      inHand[counter] = (entry, false)
      return entry.number
    }
  }

  func testRandomOperationsAgreeWithTheModel() async throws {
    let seed =
      ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    let random = SeededRandom(seed: seed)
    let hall = try await QueueHall(rule: NextRule(passedOverMax: 3), random: random)
    var model = Model(passedOverMax: 3)
    var ids: [Int: TicketID] = [:]
    for _ in 0..<4000 {
      hall.clock.advance(by: .milliseconds(1 + random.below(500)))
      let counter = 1 + random.below(4)
      if random.below(3) == 0 {
        let priority = random.below(3) == 0
        let ticket = try await hall.take(priority: priority, submission: String(random.uint64()))
        XCTAssertEqual(ticket.number, model.take(priority: priority, at: hall.clock.now.milliseconds))
      } else if let hand = model.inHand[counter], let id = ids[counter] {
        let action: TicketAction = hand.isServing ? .finish : [.start, .noShow, .recall][random.below(3)]
        try await hall.act(action, on: id, at: counter)
        switch action {
        case .start: model.inHand[counter]?.isServing = true
        case .finish, .noShow: model.inHand[counter] = nil
        default: break
        }
      } else {
        let called = try await hall.next(counter)
        XCTAssertEqual(called?.number, model.next(counter, at: hall.clock.now.milliseconds))
        ids[counter] = called?.id
      }
    }
    let board = try await hall.store.read { try Board.read(on: OfficeZone.wib.date(of: hall.clock.now), in: $0) }
    XCTAssertEqual(board.waiting, model.waiting.count)
    await hall.close()
  }
}
