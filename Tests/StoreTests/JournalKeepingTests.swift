import Core
import Foundation
import XCTest

@testable import Store

/// Old events go, followers that are behind keep theirs, and who was away for too long is told so.
final class JournalKeepingTests: XCTestCase {
  private static let keeping = JournalKeeping(kept: .hours(24 * 14), away: .hours(24 * 60))
  private static let day = Duration.hours(24)

  private func append(_ count: Int, to store: Store) async throws {
    try await store.write { transaction in
      for number in 0..<count { try transaction.append(Event(kind: "thing.happened", entity: String(number))) }
    }
  }

  /// Removes what may go, and says how much that was.
  private func remove(_ test: TestStore) async throws -> Int {
    var count = 0
    while true {
      let removed = try await test.store.removeOldEvents(Self.keeping, at: test.clock.now)
      count += removed.count
      if !removed.hasMore { return count }
    }
  }

  private func kept(_ store: Store) async throws -> [Int64] {
    try await store.journal.events(after: 0, limit: 10_000).map(\.sequence)
  }

  func testOldEventsGoAndTheNewestStays() async throws {
    let test = try await TestStore()
    let begun = test.clock.now
    try await append(10, to: test.store)
    test.clock.advance(by: Self.day * 14)
    let none = try await remove(test)
    XCTAssertEqual(none, 0, "they are not older than that")
    try await append(2, to: test.store)
    test.clock.advance(by: .seconds(1))
    let ten = try await remove(test)
    XCTAssertEqual(ten, 10)
    let young = try await kept(test.store)
    XCTAssertEqual(young, [11, 12])
    test.clock.advance(by: Self.day * 365)
    let one = try await remove(test)
    XCTAssertEqual(one, 1)
    let newest = try await kept(test.store)
    XCTAssertEqual(newest, [12])
    let (latest, first, removed) = try await test.store.read { snapshot in
      (try snapshot.latestEvent()?.sequence, try snapshot.firstEventInstant(), try snapshot.lastRemovedEvent())
    }
    XCTAssertEqual(latest, 12)
    XCTAssertEqual(first, begun, "when the journal began is known for ever")
    XCTAssertEqual(removed, 11)
    try await append(1, to: test.store)
    let next = try await test.store.journal.latestSequence()
    XCTAssertEqual(next, 13, "numbers go on")
  }

  func testAPortionIsBounded() async throws {
    let test = try await TestStore()
    for _ in 0..<3 { try await append(400, to: test.store) }
    test.clock.advance(by: Self.day * 15)
    var counts: [Int] = []
    var hasMore = true
    while hasMore {
      let removed = try await test.store.removeOldEvents(Self.keeping, at: test.clock.now)
      counts.append(removed.count)
      hasMore = removed.hasMore
    }
    XCTAssertEqual(counts, [500, 500, 199])
  }

  func testAFollowerThatIsBehindKeepsItsEventsUntilItHasBeenAwayForTooLong() async throws {
    let test = try await TestStore()
    try await append(10, to: test.store)
    try await test.store.write { try $0.setPosition(of: "printer", to: 4) }
    try await test.store.write { try $0.setPosition(of: "register", to: 9) }
    test.clock.advance(by: Self.day * 59)
    let had = try await remove(test)
    XCTAssertEqual(had, 4, "what both have had")
    let waiting = try await kept(test.store)
    XCTAssertEqual(waiting, Array(5...10))
    try await test.store.write { try $0.setPosition(of: "register", to: 10) }
    test.clock.advance(by: Self.day * 2)
    let left = try await remove(test)
    XCTAssertEqual(left, 5, "the printer has not come for 61 days")
    let position = try await test.store.journal.position(of: "printer")
    XCTAssertEqual(position, 4)
    let error = await storeError { () async throws -> Int in
      for try await batch in test.store.journal.follow(after: position) { return batch.count }
      return 0
    }
    XCTAssertEqual(error, .eventsRemoved(upTo: 9))
    var rest: [Int64] = []
    for try await batch in test.store.journal.follow(after: 9) {
      rest += batch.map(\.sequence)
      break
    }
    XCTAssertEqual(rest, [10])
  }

  func testAFollowerThatOutlivesErrorsIsToldAndGoesOnFromTheFirstThatIsKept() async throws {
    let test = try await TestStore()
    try await append(5, to: test.store)
    test.clock.advance(by: Self.day * 15)
    try await append(2, to: test.store)
    _ = try await remove(test)
    let (failures, failure) = AsyncStream.makeStream(of: String.self)
    var seen: [Int64] = []
    for await batch in test.store.journal.follow(after: 2, failed: { failure.yield(String(describing: $0)) }) {
      seen += batch.map(\.sequence)
      if seen.count == 2 { break }
    }
    failure.finish()
    XCTAssertEqual(seen, [6, 7])
    var said: [String] = []
    for await text in failures { said.append(text) }
    XCTAssertEqual(said, [StoreError.eventsRemoved(upTo: 5).description])
  }

  func testWhoFollowsAlongMissesNothing() async throws {
    let test = try await TestStore()
    let (counts, told) = AsyncStream.makeStream(of: Int.self)
    let following = Task {
      defer { told.finish() }
      var seen: [Int64] = []
      for try await batch in test.store.journal.follow(after: 0) {
        seen += batch.map(\.sequence)
        told.yield(seen.count)
        if seen.count >= 30 { break }
      }
      return seen
    }
    var seenCounts = counts.makeAsyncIterator()
    for round in 1...3 {
      try await append(10, to: test.store)
      while let count = await seenCounts.next(), count < round * 10 {}
      let gone = try await remove(test)
      XCTAssertEqual(gone, round == 1 ? 0 : 10, "what is old and had by all")
      test.clock.advance(by: Self.day * 15)
    }
    let seen = try await following.value
    XCTAssertEqual(seen, Array(1...30))
  }

  /// Another process has written and removed while no one here looked.
  func testWhatWasRemovedBeforeItWasEverReadHereIsMissed() async throws {
    let test = try await TestStore()
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    try await append(10, to: beside)
    test.clock.advance(by: Self.day * 15)
    let removed = try await beside.removeOldEvents(Self.keeping, at: test.clock.now)
    XCTAssertEqual(removed.count, 9)
    let error = await storeError { () async throws -> Int in
      for try await batch in test.store.journal.follow(after: 0) { return batch.count }
      return 0
    }
    XCTAssertEqual(error, .eventsRemoved(upTo: 9))
    await beside.close()
  }

  func testEventsOfAWrongDateGoWithThoseAroundThem() {
    let now = Instant(milliseconds: 1_800_000_000_000)
    let (old, young, wrong) = (now - Self.day * 20, now - Self.day, now + Self.day * 3_650)
    func last(_ instants: [Instant], isFull: Bool = false) -> Int64? {
      let portion = instants.enumerated().map { (sequence: Int64($0.offset + 1), instant: $0.element) }
      return Self.keeping.lastToGo(of: portion, isFull: isFull, at: now)
    }
    XCTAssertNil(last([]))
    XCTAssertEqual(last([old, old]), 2)
    XCTAssertEqual(last([old, young, old]), 1, "what came after a young one is younger")
    XCTAssertEqual(last([old, wrong, old, young]), 3)
    XCTAssertNil(last([wrong, wrong, young]))
    XCTAssertNil(last([wrong, wrong]), "they may be young")
    XCTAssertEqual(last([wrong, wrong], isFull: true), 2, "nothing waits for years")
    XCTAssertNil(last([wrong, young], isFull: true))
  }

  func testWhateverHappensNoYoungEventAndNoneOfAFollowerThatComesIsMissing() async throws {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    let test = try await TestStore()
    var instants: [Instant] = []
    var positions: [Int64] = [0, 0]
    var movedAt: [Instant?] = [nil, nil]
    var (removedCount, removedUpTo): (Int, Int64) = (0, 0)
    for _ in 0..<150 {
      test.clock.advance(by: .hours(random.below(24 * 6)))
      switch random.below(4) {
      case 0, 1:
        let count = 1 + random.below(20)
        try await append(count, to: test.store)
        instants += Array(repeating: test.clock.now, count: count)
      case 2:
        let (name, place): (StaticString, Int) = random.below(2) == 0 ? ("a", 0) : ("b", 1)
        // One that was away for too long begins with what is kept.
        positions[place] = max(positions[place], removedUpTo)
        positions[place] += Int64(random.below(instants.count - Int(positions[place]) + 1))
        movedAt[place] = test.clock.now
        let position = positions[place]
        try await test.store.write { try $0.setPosition(of: name, to: position) }
      default: removedCount += try await remove(test)
      }
      let (now, left) = (test.clock.now, try await kept(test.store))
      guard let first = left.first, let last = left.last else {
        XCTAssertTrue(instants.isEmpty, "seed \(seed)")
        continue
      }
      XCTAssertEqual(left, Array(first...last), "seed \(seed)")
      XCTAssertEqual(Int(last), instants.count, "seed \(seed)")
      removedUpTo = first - 1
      if removedUpTo > 0 {
        XCTAssertLessThan(instants[Int(removedUpTo) - 1], now - Self.keeping.kept, "seed \(seed)")
      }
      for (position, moved) in zip(positions, movedAt) {
        if let moved, moved >= now - Self.keeping.away {
          XCTAssertLessThanOrEqual(removedUpTo, position, "seed \(seed)")
        }
      }
    }
    XCTAssertGreaterThan(removedCount, 0, "seed \(seed)")
  }
}
