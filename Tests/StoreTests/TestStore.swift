import Core
import Foundation
import Store
import Synchronization
import XCTest

/// A directory that goes when the test ends.
final class TestDirectory: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { path + "/state/gapura.db" }
}

/// A real store in a directory of its own, with one table.
struct TestStore {
  static let schema = Schema(
    module: "test",
    migrations: [
      Migration(
        1, "things",
        tables: [
          Table(
            "test_things",
            columns: [
              .identity("id"),
              .text("name").unique,
              .integer("amount").optional.check("amount >= 0"),
              .bytes("bytes").optional,
              .integer("parent").optional.refers(to: "test_things", "id"),
            ]),
          Table(
            "test_late",
            columns: [.identity("id"), .integer("thing").refers(to: "test_things", "id", isDeferred: true)]),
        ])
    ])

  let directory: TestDirectory
  let clock = ManualClock(Instant(milliseconds: 1_800_000_000_000))
  let store: Store

  /// - Parameter journalInterval: so long that a follower is told by hints alone, where a test does not ask for less.
  init(readers: Int = 2, journalInterval: Duration = .hours(1)) async throws {
    directory = try TestDirectory()
    store = try Store.open(
      at: directory.database, readers: readers, journalInterval: journalInterval, clock: clock, log: SilentLog())
    try await store.migrate([Self.schema])
  }

  func add(_ name: String, amount: Int = 0) async throws {
    try await store.write { try $0.run("INSERT INTO test_things (name, amount) VALUES (\(name), \(amount))") }
  }

  func names() async throws -> [String] {
    try await store.read { try $0.rows("SELECT name FROM test_things ORDER BY name") { try $0.get(0) } }
  }
}

/// Keeps every line.
final class KeptLog: Log {
  private let kept = Mutex<[String]>([])
  var lines: [String] { kept.withLock { $0 } }

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    kept.withLock { $0.append("\(level) \(message)") }
  }
}

/// Runs the body and returns the store's error, failing the test when there is none.
func storeError(
  _ body: () async throws -> some Any, file: StaticString = #filePath, line: UInt = #line
) async -> StoreError? {
  do {
    _ = try await body()
    XCTFail("nothing was thrown", file: file, line: line)
  } catch let error as StoreError {
    return error
  } catch {
    XCTFail("another error: \(error)", file: file, line: line)
  }
  return nil
}

/// The seed of a test with random data: from `GAPURA_TEST_SEED`, or new; printed, to repeat the run.
func testSeed() -> UInt64 {
  let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) } ?? SystemRandom().uint64()
  print("GAPURA_TEST_SEED=\(seed)")
  return seed
}

extension TestStore {
  /// Keeps the writer busy until `count` writes wait that the body has started; then lets it go on. So
  /// they become one group whatever the machine's speed.
  func whileWriterIsHeld(untilWaiting count: Int, _ start: () -> Void) async throws {
    let gate = DispatchSemaphore(value: 0)
    let (entered, entry) = AsyncStream.makeStream(of: Void.self)
    let holder = Task {
      try await store.write { _ in
        entry.finish()
        gate.wait()
      }
    }
    for await _ in entered {}
    start()
    while store.waitingWriteCount < count { await Task.yield() }
    gate.signal()
    try await holder.value
  }
}
