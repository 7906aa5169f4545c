import Client
import Core
import Foundation
import Store
import XCTest

/// A process that writes is killed at random points; what it had acknowledged must be there, and nothing
/// half done.
final class CrashTests: XCTestCase {
  private static let killCount = 60

  func testWhatWasAcknowledgedSurvivesSIGKILLAndNothingIsTorn() async throws {
    let random = SeededRandom(seed: testSeed())
    let directory = try TestDirectory()
    var acknowledged: Set<Int> = []
    var next = 0
    for kill in 0..<Self.killCount {
      acknowledged.formUnion(
        try killedRun(on: directory.database, from: next, afterAcknowledgements: random.below(80)))
      next = try await checkedPairCount(directory.database, acknowledged: acknowledged, kill: kill)
    }
    XCTAssertGreaterThan(acknowledged.count, Self.killCount)
  }

  /// Runs the writer until it has acknowledged so many pairs, kills it, and returns all that it
  /// acknowledged in the end.
  private func killedRun(on database: String, from first: Int, afterAcknowledgements count: Int) throws -> [Int] {
    let writer = try ChildProcess(ChildProcess.built("StoreCrasher"), [database, String(first)])
    try writer.waitForLines(count)
    XCTAssertTrue(writer.isRunning, "it ended by itself")
    writer.end(with: SIGKILL)
    return writer.speech.text.split(separator: "\n").compactMap { Int($0) }
  }

  /// - Returns: the number from which the next run goes on.
  private func checkedPairCount(_ database: String, acknowledged: Set<Int>, kill: Int) async throws -> Int {
    let store = try Store.open(at: database, readers: 1, clock: SystemClock(), log: SilentLog())
    let pairs = try await store.read { snapshot -> [Int: Int] in
      let isMigrated: Int? = try snapshot.value("SELECT count(*) FROM sqlite_schema WHERE name = 'crash_pairs'")
      guard isMigrated == 1 else { return [:] }
      let verdict: String? = try snapshot.value("SELECT integrity_check FROM pragma_integrity_check")
      XCTAssertEqual(verdict, "ok")
      let rows = try snapshot.rows(
        "SELECT pair, count(*) FROM crash_pairs WHERE length(filling) = 300 + pair % 5000 GROUP BY pair"
      ) { row in (try row.get(0) as Int, try row.get(1) as Int) }
      return Dictionary(uniqueKeysWithValues: rows)
    }
    let events: Int? = try await store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'pair.written'")
    }
    await store.close()
    XCTAssertTrue(acknowledged.isSubset(of: pairs.keys), "kill \(kill) lost \(acknowledged.subtracting(pairs.keys))")
    XCTAssertTrue(pairs.values.allSatisfy { $0 == 2 }, "kill \(kill) tore a pair")
    XCTAssertEqual(events, pairs.count, "kill \(kill) parted a pair from its event")
    return (pairs.keys.max() ?? -1) + 1
  }
}
