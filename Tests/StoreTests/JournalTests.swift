import Client
import Core
import Foundation
import Store
import XCTest

final class JournalTests: XCTestCase {
  func testAnEventIsRecordedWithItsTimeAndPlace() async throws {
    let test = try await TestStore()
    try await test.store.write { transaction in
      try transaction.append(Event(kind: "ticket.called", entity: "7", payload: #"{"counter":3}"#))
    }
    let events = try await test.store.journal.events(after: 0, limit: 10)
    XCTAssertEqual(events.map(\.kind), ["ticket.called"])
    XCTAssertEqual(events.map(\.payload), [#"{"counter":3}"#])
    XCTAssertEqual(events.map(\.instant), [test.clock.now])
    let latest = try await test.store.journal.latestSequence()
    XCTAssertEqual(events.map(\.sequence), [latest])
    let later = try await test.store.journal.events(after: latest, limit: 10)
    XCTAssertEqual(later, [])
  }

  func testAnEventThatIsTooLargeIsRefused() async throws {
    let test = try await TestStore()
    let payload = String(repeating: "x", count: Event.payloadByteCountMax + 1)
    let error = await storeError {
      try await test.store.write { try $0.append(Event(kind: "a.b", entity: "1", payload: payload)) }
    }
    XCTAssertEqual(error, .eventTooLarge(kind: "a.b", byteCount: payload.utf8.count))
  }

  func testAFollowerSeesWhatIsThereAndThenWhatComes() async throws {
    let test = try await TestStore()
    try await append(["a", "b"], to: test.store)
    let (sawFirst, following) = follower(of: test, until: 4)
    for await _ in sawFirst {}
    try await append(["c"], to: test.store)
    try await append(["d"], to: test.store)
    let entities = try await following.value
    XCTAssertEqual(entities, ["a", "b", "c", "d"])
  }

  func testAThousandFollowersEachSeeEverythingForFewReadings() async throws {
    let test = try await TestStore()
    let followers = (0..<1_000).map { _ in Task { try await follow(test.store, count: 30) } }
    for number in 0..<30 { try await append([String(number)], to: test.store) }
    let expected = (0..<30).map(String.init)
    for follower in followers {
      let entities = try await follower.value
      XCTAssertEqual(entities, expected)
    }
    // At most one reading for each of the 30 commits, and one more for each time that a follower came
    // while something was new: never one for each of the 30,000 deliveries.
    XCTAssertLessThanOrEqual(test.store.counters.journalReadCount, 1_100)
  }

  func testWhoIsFarBehindReadsFromTheDatabaseAndMissesNothing() async throws {
    let test = try await TestStore()
    let early = (0..<1_500).map(String.init)
    try await append(early, to: test.store)
    let following = Task { try await follow(test.store, count: 6_000) }
    for start in stride(from: 1_500, to: 6_000, by: 500) {
      try await append((start..<start + 500).map(String.init), to: test.store)
    }
    let all = (0..<6_000).map(String.init)
    let entities = try await following.value
    XCTAssertEqual(entities, all)
    let again = try await follow(test.store, count: 6_000)
    XCTAssertEqual(again, all)
    let middle = try await follow(test.store, after: 3_000, count: 3_000)
    XCTAssertEqual(middle, Array(all[3_000...]))
  }

  func testAnotherProcessesEventsAreSeenWithTheNextCommit() async throws {
    let test = try await TestStore()
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    try await append(["own"], to: test.store)
    let (sawFirst, following) = follower(of: test, until: 2)
    for await _ in sawFirst {}
    try await append(["beside"], to: beside)
    try await test.store.probe()
    let entities = try await following.value
    XCTAssertEqual(entities, ["own", "beside"])
  }

  func testAnotherProcessesEventsAreSeenWithoutACommitHere() async throws {
    let test = try await TestStore(journalInterval: .milliseconds(5))
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    let (sawFirst, following) = follower(of: test, until: 3)
    // The first shows that it follows: what comes after it no new follower's look has found.
    try await append(["own"], to: test.store)
    for await _ in sawFirst {}
    for entity in ["beside", "beside too"] { try await append([entity], to: beside) }
    let entities = try await following.value
    XCTAssertEqual(entities, ["own", "beside", "beside too"])
  }

  func testNumbersAreTheOrderOfCommitsWithoutGapsWhoeverWritesAndWhateverIsTakenBack() async throws {
    let test = try await TestStore()
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    let stores = [test.store, beside]
    let writers = (0..<8).map { lane in
      Task {
        for turn in 0..<25 {
          let isKept = (lane + turn) % 3 != 0
          let name = "\(lane)/\(turn)"
          do {
            try await stores[lane % 2].write { transaction in
              let place: Int = try transaction.value("SELECT count(*) FROM test_things") ?? 0
              try transaction.run("INSERT INTO test_things (name) VALUES (\(name))")
              // The place of this commit among those that are kept, which only the write lock can tell.
              try transaction.append(Event(kind: "thing.happened", entity: String(place)))
              if !isKept { throw TakenBack() }
            }
          } catch is TakenBack {}
        }
      }
    }
    for writer in writers { try await writer.value }
    let events = try await test.store.journal.events(after: 0, limit: 1_000)
    let kept = try await test.names().count
    XCTAssertGreaterThan(kept, 100)
    XCTAssertLessThan(kept, 200, "some were taken back")
    XCTAssertEqual(events.map(\.sequence), (1...Int64(kept)).map { $0 })
    XCTAssertEqual(events.map(\.entity), (0..<kept).map(String.init))
    let latest = try await beside.journal.latestSequence()
    XCTAssertEqual(latest, Int64(kept))
  }

  func testAFollowerThatOutlivesErrorsIsToldOfThemAndMissesNothing() async throws {
    let test = try await TestStore(journalInterval: .milliseconds(5))
    let (failures, failure) = AsyncStream.makeStream(of: String.self)
    let (sawFirst, first) = AsyncStream.makeStream(of: Void.self)
    let following = Task {
      var entities: [String] = []
      for await batch in test.store.journal.follow(after: 0, failed: { failure.yield(String(describing: $0)) }) {
        entities += batch.map(\.entity)
        first.finish()
        if entities.count == 2 { break }
      }
      return entities
    }
    try await append(["before"], to: test.store)
    for await _ in sawFirst {}
    try DatabaseShell.run("ALTER TABLE store_events RENAME TO store_events_away", on: test.directory.database)
    var told = failures.makeAsyncIterator()
    let reason = await told.next()
    XCTAssertEqual(reason?.contains("SQL logic error"), true, String(describing: reason))
    XCTAssertNotNil(test.store.journal.failure, "it is not said to be well")
    try DatabaseShell.run("ALTER TABLE store_events_away RENAME TO store_events", on: test.directory.database)
    try await append(["after"], to: test.store)
    let entities = await following.value
    XCTAssertEqual(entities, ["before", "after"])
    XCTAssertNil(test.store.journal.failure)
  }

  func testAFollowerThatOutlivesErrorsEndsWithItsTaskOrItsStore() async throws {
    let test = try await TestStore()
    func follower() -> Task<Int, Never> {
      Task {
        var count = 0
        for await batch in test.store.journal.follow(after: 0, failed: { _ in }) { count += batch.count }
        return count
      }
    }
    let cancelled = follower()
    let closed = follower()
    cancelled.cancel()
    let none = await cancelled.value
    XCTAssertEqual(none, 0)
    await test.store.close()
    let noneEither = await closed.value
    XCTAssertEqual(noneEither, 0)
  }

  func testFollowingEndsWhenTheTaskIsCancelledOrTheStoreClosed() async throws {
    let test = try await TestStore()
    let cancelled = Task { try await follow(test.store, count: 1) }
    let closed = Task { try await follow(test.store, count: 1) }
    cancelled.cancel()
    let none = try await cancelled.value
    XCTAssertEqual(none, [])
    await test.store.close()
    let noneEither = try await closed.value
    XCTAssertEqual(noneEither, [])
  }

  func testASubscribersPositionIsKeptWithWhatItDid() async throws {
    let test = try await TestStore()
    let journal = test.store.journal
    var position = try await journal.position(of: "printer")
    XCTAssertEqual(position, 0)
    for sequence in [3, 9] as [Int64] {
      try await test.store.write { try $0.setPosition(of: "printer", to: sequence) }
    }
    _ = await storeError {
      try await test.store.write { transaction in
        try transaction.setPosition(of: "printer", to: 12)
        try transaction.run("INSERT INTO test_things (name) VALUES (NULL)")
      }
    }
    position = try await journal.position(of: "printer")
    XCTAssertEqual(position, 9)
    let other = try await journal.position(of: "display")
    XCTAssertEqual(other, 0)
  }
}

private struct TakenBack: Error {}

private func append(_ entities: [String], to store: Store) async throws {
  try await store.write { transaction in
    for entity in entities { try transaction.append(Event(kind: "thing.happened", entity: entity)) }
  }
}

/// The entities of the first `count` events that a new follower is told.
/// Follows from the beginning until so many events have been seen; the stream ends with the first of them.
private func follower(
  of test: TestStore, until count: Int
) -> (sawFirst: AsyncStream<Void>, following: Task<[String], any Error>) {
  let (sawFirst, first) = AsyncStream.makeStream(of: Void.self)
  let following = Task {
    var entities: [String] = []
    for try await batch in test.store.journal.follow(after: 0) {
      entities += batch.map(\.entity)
      first.finish()
      if entities.count == count { break }
    }
    return entities
  }
  return (sawFirst, following)
}

private func follow(_ store: Store, after sequence: Int64 = 0, count: Int) async throws -> [String] {
  var entities: [String] = []
  for try await batch in store.journal.follow(after: sequence) {
    XCTAssertFalse(batch.isEmpty)
    entities += batch.map(\.entity)
    if entities.count >= count { break }
  }
  return entities
}
