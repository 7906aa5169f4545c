import Core
import Foundation
import Store
import XCTest

/// Several processes, or here several stores, on one file.
final class ProcessTests: XCTestCase {
  func testTwoStoresOnOneFileTakeTurns() async throws {
    let test = try await TestStore()
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    try await test.add("counter")
    let writers = [test.store, beside].map { store in
      Task {
        for _ in 0..<50 {
          try await store.write { transaction in
            let amount: Int = try transaction.value("SELECT amount FROM test_things") ?? 0
            try transaction.run("UPDATE test_things SET amount = \(amount + 1)")
          }
        }
      }
    }
    for writer in writers { try await writer.value }
    let amount: Int? = try await test.store.read { try $0.value("SELECT amount FROM test_things") }
    XCTAssertEqual(amount, 100)
  }

  func testAWriteWaitsForTheOtherProcesssTransaction() async throws {
    let test = try await TestStore()
    let beside = try Store.open(at: test.directory.database, readers: 1, clock: test.clock, log: SilentLog())
    var waiting: Task<Int, any Error>?
    try await test.whileWriterIsHeld(untilWaiting: 0) {
      waiting = Task {
        try await beside.write { try $0.run("INSERT INTO test_things (name) VALUES ('beside')") }
      }
    }
    let changed = try await waiting?.value
    XCTAssertEqual(changed, 1)
    let names = try await test.names()
    XCTAssertEqual(names, ["beside"])
  }
}
