import Core
import Synchronization
import XCTest

@testable import Store

/// A write closure may run again. No one learns of the first time.
final class RunAgainTests: XCTestCase {
  func testAClosureThatRunsAgainAfterRoomWasMadeIsKeptOnceAndGivesItsSecondAnswer() async throws {
    for makesRoom in [true, false] {
      let test = try await TestStore()
      await test.store.close()
      let (runs, path) = (Tally(), test.directory.database)
      let writer = try Self.writer(at: path, clock: test.clock) { makesRoom }
      let outcome = await Result {
        try await writer.write { transaction -> Int in
          try transaction.run("INSERT INTO test_things (name) VALUES ('once')")
          try transaction.append(Event(kind: "thing.added", entity: "1"))
          return runs.add()
        }
      }
      await writer.close()
      switch outcome {
      case .success(let run): XCTAssertEqual(run, 2, "the answer is of a run that was not kept")
      case .failure(let error): XCTAssertEqual(error as? StoreError, makesRoom ? nil : .full, "\(error)")
      }
      XCTAssertEqual(runs.count, makesRoom ? 2 : 1)
      let store = try Store.open(at: path, clock: test.clock, log: SilentLog())
      let names = try await store.read { try $0.rows("SELECT name FROM test_things") { try $0.get(0) as String } }
      XCTAssertEqual(names, makesRoom ? ["once"] : [])
      let events = try await store.journal.events(after: 0, limit: 10)
      XCTAssertEqual(events.map(\.sequence), makesRoom ? [1] : [])
      await store.close()
    }
  }

  func testOthersOfAGroupAreKeptOnceWhereOneFailsAndRunAgainOnlyWhereItHadChangedSomething() async throws {
    for hasChanged in [true, false] {
      let test = try await TestStore()
      let runs = Tally()
      var good: [Task<Int, any Error>] = []
      var bad: Task<Bool, Never>?
      try await test.whileWriterIsHeld(untilWaiting: 9) {
        good = (0..<8).map { number in
          Task {
            try await test.store.write { transaction in
              try transaction.run("INSERT INTO test_things (name) VALUES (\("n\(number)"))")
              return runs.add()
            }
          }
        }
        bad = Task {
          let outcome = await Result {
            try await test.store.write { transaction -> Void in
              if hasChanged { try transaction.run("INSERT INTO test_things (name) VALUES ('bad')") }
              throw Refused()
            }
          }
          if case .failure(let error) = outcome { return error is Refused }
          return false
        }
      }
      var answers: [Int] = []
      for task in good { answers.append(try await task.value) }
      let wasRefused = await bad?.value
      XCTAssertEqual(wasRefused, true)
      XCTAssertEqual(answers.sorted(), Array(runs.count - 7...runs.count), "an answer is of a run that was not kept")
      if !hasChanged { XCTAssertEqual(runs.count, 8) }
      let names = try await test.names()
      XCTAssertEqual(names, (0..<8).map { "n\($0)" })
    }
  }

  /// A writer as a store has one, whose first commit finds the disk full.
  private static func writer(
    at path: String, clock: any WallClock, makeRoom: @escaping @Sendable () -> Bool
  ) throws -> Writer {
    let witness = try Witness.heard(of: path, log: SilentLog())
    let connection = try SQLiteConnection.writer(at: path, clock: clock, log: SilentLog())
    witness.begin(at: try connection.lastCommit())
    return Writer(FullOnce(connection), witness: witness, clock: clock, makeRoom: makeRoom) {}
  }
}

private struct Refused: Error {}

/// How often a closure ran.
private final class Tally: Sendable {
  private let number = Mutex(0)
  var count: Int { number.withLock { $0 } }

  func add() -> Int {
    number.withLock { number in
      number += 1
      return number
    }
  }
}

/// A session whose first commit finds the disk full.
private final class FullOnce: DatabaseSession {
  private let base: any DatabaseSession
  private var isFull = true

  init(_ base: any DatabaseSession) { self.base = base }

  var isInTransaction: Bool { base.isInTransaction }
  var hasDanglingForeignKey: Bool { base.hasDanglingForeignKey }
  var changeTotal: Int64 { base.changeTotal }

  func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T] { try base.rows(sql, read) }
  func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T? { try base.row(sql, read) }
  func run(_ sql: SQL) throws -> Int { try base.run(sql) }
  func insert(_ sql: SQL) throws -> Int64 { try base.insert(sql) }
  func perform(_ step: TransactionStep) throws(StoreError) { try base.perform(step) }
  func rollBack() { base.rollBack() }
  func mark(of tables: [String]) throws -> ChangeMark { try base.mark(of: tables) }
  func hasTable(_ name: String) throws -> Bool { try base.hasTable(name) }
  func apply(_ changes: [SchemaChange]) throws { try base.apply(changes) }
  func settle() throws(StoreError) { try base.settle() }
  func giveBackMemory() { base.giveBackMemory() }

  func commit(since changes: Int64) throws -> Int64? {
    guard isFull else { return try base.commit(since: changes) }
    isFull = false
    throw StoreError.full
  }
}
