import Core
import Store
import XCTest

private struct Nope: Error, Equatable {}

final class WriteTests: XCTestCase {
  func testAFailingClosureLeavesNothingAndItsNeighboursStay() async throws {
    let test = try await TestStore()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        group.addTask {
          let outcome = await Result {
            try await test.store.write { transaction in
              try transaction.run("INSERT INTO test_things (name) VALUES (\("n\(number)"))")
              try transaction.append(Event(kind: "thing.added", entity: String(number)))
              if number.isMultiple(of: 3) { throw Nope() }
            }
          }
          switch outcome {
          case .success: XCTAssertFalse(number.isMultiple(of: 3))
          case .failure(let error): XCTAssertTrue(error is Nope && number.isMultiple(of: 3), "\(error)")
          }
        }
      }
    }
    let names = try await test.names()
    let expected = (0..<100).filter { !$0.isMultiple(of: 3) }.map { "n\($0)" }.sorted()
    XCTAssertEqual(names, expected)
    let events = try await test.store.journal.events(after: 0, limit: 1_000)
    XCTAssertEqual(Set(events.map(\.entity)).count, expected.count)
  }

  func testAClosureThatFailsAtItsNthStatementLeavesNothing() async throws {
    let test = try await TestStore()
    for failing in 1...6 {
      let error = await Result {
        try await test.store.write { transaction in
          for step in 1...6 {
            if step == failing { throw Nope() }
            try transaction.run("INSERT INTO test_things (name) VALUES (\("s\(step)"))")
          }
        }
      }
      XCTAssertThrowsError(try error.get())
      let names = try await test.names()
      XCTAssertEqual(names, [], "failed at \(failing)")
    }
  }

  func testManyWritesShareFewCommits() async throws {
    let test = try await TestStore()
    let before = test.store.counters.commitCount
    var writes: [Task<Void, any Error>] = []
    try await test.whileWriterIsHeld(untilWaiting: 200) {
      writes = (0..<200).map { number in Task { try await test.add("n\(number)") } }
    }
    for write in writes { try await write.value }
    XCTAssertEqual(test.store.counters.commitCount - before, 2)
    let names = try await test.names()
    XCTAssertEqual(names.count, 200)
  }

  func testConstraintsSayWhichAndWhereButNotWhat() async throws {
    let test = try await TestStore()
    try await test.add("secret")
    let cases: [(SQL, StoreError)] = [
      ("INSERT INTO test_things (name) VALUES ('secret')", .constraint(.unique, ["test_things.name"])),
      ("INSERT INTO test_things (name) VALUES (NULL)", .constraint(.notNull, ["test_things.name"])),
      ("INSERT INTO test_things (name, amount) VALUES ('x', -1)", .constraint(.check, ["amount >= 0"])),
      ("INSERT INTO test_things (name, parent) VALUES ('x', 99)", .constraint(.foreignKey, [])),
      ("INSERT INTO test_things (name, amount) VALUES ('x', 'secret')", .constraint(.dataType, ["test_things.amount"])),
      ("INSERT INTO test_things (id, name) SELECT id, 'y' FROM test_things", .constraint(.unique, ["test_things.id"])),
    ]
    for (sql, expected) in cases {
      let error = await storeError { try await test.store.write { try $0.run(sql) } }
      XCTAssertEqual(error, expected)
    }
    let names = try await test.names()
    XCTAssertEqual(names, ["secret"])
  }

  func testACaughtConstraintLetsTheClosureGoOn() async throws {
    let test = try await TestStore()
    try await test.add("taken")
    let name = try await test.store.write { transaction in
      for candidate in ["taken", "free"] {
        do {
          try transaction.run("INSERT INTO test_things (name) VALUES (\(candidate))")
          return candidate
        } catch StoreError.constraint(.unique, _) {}
      }
      throw Nope()
    }
    XCTAssertEqual(name, "free")
  }

  func testInsertReturningAnIdIsCheckedToItsEnd() async throws {
    let test = try await TestStore()
    let id: Int? = try await test.store.write {
      try $0.value("INSERT INTO test_things (name) VALUES ('a') RETURNING id")
    }
    XCTAssertEqual(id, 1)
    let error = await storeError {
      try await test.store.write { transaction -> Int? in
        try transaction.value("INSERT INTO test_things (name, parent) VALUES ('b', 99) RETURNING id")
      }
    }
    XCTAssertEqual(error, .constraint(.foreignKey, []))
  }

  func testADeferredForeignKeyFailsItsOwnClosureOnly() async throws {
    let test = try await TestStore()
    var bad: Task<StoreError?, Never>?
    var good: Task<Void, any Error>?
    try await test.whileWriterIsHeld(untilWaiting: 2) {
      bad = Task {
        await storeError { try await test.store.write { try $0.run("INSERT INTO test_late (thing) VALUES (99)") } }
      }
      good = Task { try await test.add("good") }
    }
    try await good?.value
    let error = await bad?.value
    XCTAssertEqual(error, .constraint(.foreignKey, []))
    let names = try await test.names()
    XCTAssertEqual(names, ["good"])
  }

  func testRunTellsHowManyRowsChanged() async throws {
    let test = try await TestStore()
    for name in ["a", "b", "c"] { try await test.add(name, amount: 1) }
    let counts = try await test.store.write { transaction in
      [
        try transaction.run("UPDATE test_things SET amount = 2 WHERE name <> 'a'"),
        try transaction.run("SELECT 1"), try transaction.run("DELETE FROM test_things WHERE amount = 9"),
      ]
    }
    XCTAssertEqual(counts, [2, 0, 0])
  }

  func testTheProbeAnswersAndLeavesNothing() async throws {
    let test = try await TestStore()
    try await test.store.probe()
    try await test.store.probe()
    let latest = try await test.store.journal.latestSequence()
    XCTAssertEqual(latest, 0)
  }

  func testAClosedStoreRefusesEverythingAndFinishesWhatWaited() async throws {
    let test = try await TestStore()
    let writes = (0..<50).map { number in Task { try? await test.add("n\(number)") } }
    await test.store.close()
    for write in writes { await write.value }
    let write = await storeError { try await test.add("late") }
    let read = await storeError { try await test.names() }
    let migrate = await storeError { try await test.store.migrate([]) }
    XCTAssertEqual([write, read, migrate], [.closed, .closed, .closed])
    await test.store.close()
  }
}

extension Result where Failure == any Error {
  init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
