import Core
import Foundation
import Store
import XCTest

final class ReadTests: XCTestCase {
  func testSnapshotsSeeAllOfATransactionOrNothing() async throws {
    let test = try await TestStore(readers: 3)
    try await test.add("left", amount: 500)
    try await test.add("right", amount: 500)
    let transfers = Task {
      for _ in 0..<300 {
        try await test.store.write { transaction in
          try transaction.run("UPDATE test_things SET amount = amount - 1 WHERE name = 'left'")
          try transaction.run("UPDATE test_things SET amount = amount + 1 WHERE name = 'right'")
        }
      }
    }
    let readers = (0..<6).map { _ in
      Task {
        var seen: Set<Int> = []
        while !seen.contains(200) {
          let (left, right): (Int?, Int?) = try await test.store.read { snapshot in
            // Two statements: only a snapshot makes them agree.
            let left: Int? = try snapshot.value("SELECT amount FROM test_things WHERE name = 'left'")
            let right: Int? = try snapshot.value("SELECT amount FROM test_things WHERE name = 'right'")
            return (left, right)
          }
          XCTAssertEqual((left ?? 0) + (right ?? 0), 1_000)
          seen.insert(left ?? 0)
        }
      }
    }
    try await transfers.value
    for reader in readers { try await reader.value }
  }

  func testASnapshotDoesNotSeeWhatIsCommittedDuringIt() async throws {
    let test = try await TestStore()
    let (began, begin) = AsyncStream.makeStream(of: Void.self)
    let gate = DispatchSemaphore(value: 0)
    let reading = Task {
      try await test.store.read { snapshot in
        let before: Int? = try snapshot.value("SELECT count(*) FROM test_things")
        begin.finish()
        gate.wait()
        let after: Int? = try snapshot.value("SELECT count(*) FROM test_things")
        return [before, after]
      }
    }
    for await _ in began {}
    try await test.add("new")
    gate.signal()
    let counts = try await reading.value
    XCTAssertEqual(counts, [0, 0])
    let names = try await test.names()
    XCTAssertEqual(names, ["new"])
  }

  func testTheLastCommitIsAnotherOneOnlyAfterSomethingWasKept() async throws {
    let test = try await TestStore()
    let before = try await test.store.read { try $0.lastCommit() }
    try await test.store.probe()
    _ = try await test.names()
    let same = try await test.store.read { try $0.lastCommit() }
    XCTAssertEqual(same, before)
    try await test.add("new")
    let after = try await test.store.read { try $0.lastCommit() }
    XCTAssertEqual(after, before + 1)
  }

  func testMemoryIsGivenBackWhileOthersReadAndWrite() async throws {
    let test = try await TestStore(readers: 3)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for turn in 0..<50 {
            try await test.add("\(worker)-\(turn)")
            _ = try await test.names()
          }
        }
      }
      group.addTask { for _ in 0..<20 { await test.store.giveBackMemory() } }
      try await group.waitForAll()
    }
    let names = try await test.names()
    XCTAssertEqual(names.count, 200)
    await test.store.close()
    await test.store.giveBackMemory()
  }

  func testMoreReadsThanReadersAreAllServed() async throws {
    let test = try await TestStore(readers: 1)
    try await test.add("a")
    let reads = (0..<500).map { number in
      Task { try await test.store.read { try $0.value("SELECT \(number) + count(*) FROM test_things") as Int? } }
    }
    for (number, read) in reads.enumerated() {
      let value = try await read.value
      XCTAssertEqual(value, number + 1)
    }
  }

  func testASnapshotCannotWrite() async throws {
    let test = try await TestStore()
    let error = await storeError {
      try await test.store.read { try $0.rows("INSERT INTO test_things (name) VALUES ('x')") { _ in 0 } }
    }
    guard case .failed = error else { return XCTFail("\(String(describing: error))") }
    let names = try await test.names()
    XCTAssertEqual(names, [])
  }
}
