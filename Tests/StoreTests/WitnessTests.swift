import Client
import Core
import Foundation
import Store
import XCTest

/// The number of the last commit stands outside the database, so that commits that are gone are missed.
final class WitnessTests: XCTestCase {
  private func open(_ path: String, log: any Log = SilentLog()) throws -> Store {
    try Store.open(at: path, readers: 1, clock: SystemClock(), log: log)
  }

  private func openError(_ path: String) -> StoreError? {
    do { _ = try open(path) } catch { return error as? StoreError }
    return nil
  }

  /// The files as a kill leaves them, after some commits.
  private func killed(in directory: TestDirectory, commitCount: Int = 30) async throws -> String {
    let test = try await TestStore()
    for number in 0..<commitCount { try await test.add("thing \(number)") }
    let path = directory.path + "/gapura.db"
    for suffix in ["", "-wal", ".witness"] {
      try FileManager.default.copyItem(atPath: test.directory.database + suffix, toPath: path + suffix)
    }
    await test.store.close()
    return path
  }

  func testAnEmptiedLogIsKnownAtTheStartAndNamed() async throws {
    let directory = try TestDirectory()
    let path = try await killed(in: directory)
    // One for the tables, one for each thing. The tables themselves were in the log too.
    try Data().write(to: URL(fileURLWithPath: path + "-wal"))
    guard case .rolledBack(path, let lost) = openError(path) else { return XCTFail("it was opened") }
    XCTAssertEqual(lost.last, 31)
    XCTAssertEqual(lost.count, 31)
    XCTAssertEqual(openError(path), .rolledBack(path: path, lost), "a second try is refused as well")
  }

  func testADamagedLogIsKnownAtTheStartWhereverItIsDamaged() async throws {
    let directory = try TestDirectory()
    let path = try await killed(in: directory)
    let log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    let random = SeededRandom(seed: testSeed())
    for _ in 0..<50 {
      var damaged = log
      damaged[random.below(log.count)] ^= UInt8(1 << random.below(8))
      try damaged.write(to: URL(fileURLWithPath: path + "-wal"))
      guard case .rolledBack = openError(path) else {
        XCTFail("it was opened")
        continue
      }
    }
    try log.write(to: URL(fileURLWithPath: path + "-wal"))
    let store = try open(path)
    let count: Int? = try await store.read { try $0.value("SELECT count(*) FROM test_things") }
    XCTAssertEqual(count, 30)
    await store.close()
  }

  func testAnOlderCopyInThePlaceOfTheFileIsRefused() async throws {
    let test = try await TestStore()
    try await test.add("a")
    let copy = test.directory.path + "/copy.db"
    try Store.copy(test.directory.database, to: copy)
    try await test.add("b")
    await test.store.close()
    let path = test.directory.database
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: copy, toPath: path)
    guard case .rolledBack(_, let lost) = openError(path) else { return XCTFail("it was opened") }
    XCTAssertEqual(lost, try lostCommits(path))
    XCTAssertEqual([lost.first, lost.last], [3, 3])
    try Store.trustCopy(path)
    XCTAssertEqual(try Store.commitState(at: path), .whole)
    try await open(path).close()
  }

  private func lostCommits(_ path: String) throws -> LostCommits? {
    if case .lost(let lost) = try Store.commitState(at: path) { return lost }
    return nil
  }

  func testAFileThatIsGoneOrEmptyIsRefusedAndNotBegunAnew() async throws {
    let test = try await TestStore()
    await test.store.close()
    let path = test.directory.database
    try Data().write(to: URL(fileURLWithPath: path))
    guard case .rolledBack = openError(path) else { return XCTFail("it was opened") }
    XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: path)), Data())
    try FileManager.default.removeItem(atPath: path)
    guard case .rolledBack = openError(path) else { return XCTFail("it was opened") }
  }

  func testALossThatWasAcceptedIsInTheJournalAndItsNumbersAreNotGivenAgain() async throws {
    let directory = try TestDirectory()
    let path = try await killed(in: directory)
    try Data().write(to: URL(fileURLWithPath: path + "-wal"))
    let lost = try Store.acceptLoss(at: path, clock: SystemClock(), log: SilentLog())
    XCTAssertEqual(lost?.last, 31)
    XCTAssertNil(try Store.acceptLoss(at: path, clock: SystemClock(), log: SilentLog()))
    let store = try open(path)
    let events = try await store.journal.events(after: 0, limit: 10)
    XCTAssertEqual(events.last?.kind, "store.loss-accepted")
    XCTAssertEqual(events.last?.payload, #"{"first":1,"last":31}"#)
    let number: Int? = try await store.read { try $0.value("SELECT number FROM store_commits") }
    XCTAssertEqual(number, 32)
    await store.close()
  }

  func testAWitnessThatIsGoneOrDamagedIsSaidAndBegunAgain() async throws {
    let test = try await TestStore()
    await test.store.close()
    let (path, witness) = (test.directory.database, test.directory.database + ".witness")
    for damage in [
      { try FileManager.default.removeItem(atPath: witness) },
      {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: witness))
        bytes[8] ^= 1
        try bytes.write(to: URL(fileURLWithPath: witness))
      },
    ] {
      try damage()
      XCTAssertEqual(try Store.commitState(at: path), .unwitnessed)
      let log = KeptLog()
      try await open(path, log: log).close()
      XCTAssertEqual(log.lines.count { $0.contains("witness of the last commit") }, 1)
      XCTAssertEqual(try Store.commitState(at: path), .whole)
    }
  }

  func testAStoreThatIsOpenedBesideAnotherNeverSetsTheWitnessBack() async throws {
    let test = try await TestStore()
    let stores = try [test.store, open(test.directory.database), open(test.directory.database)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (lane, store) in stores.enumerated() {
        group.addTask {
          for number in 0..<40 {
            try await store.write { _ = try $0.run("INSERT INTO test_things (name) VALUES (\("\(lane) \(number)"))") }
          }
        }
      }
      try await group.waitForAll()
    }
    for store in stores { await store.close() }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: test.directory.database + ".witness"))
    // The tables, and each write in a group of its own or with others of its store.
    let witnessed = bytes[8..<16].reversed().reduce(0) { $0 << 8 | Int64($1) }
    let store = try open(test.directory.database)
    let last: Int64? = try await store.read { try $0.value("SELECT number FROM store_commits") }
    XCTAssertEqual(witnessed, last)
    await store.close()
  }

  func testWhatIsTakenBackIsNoCommitAndWhatIsKeptIsOne() async throws {
    let test = try await TestStore()
    func number() async throws -> Int? {
      try await test.store.read { try $0.value("SELECT number FROM store_commits") }
    }
    let before = try await number()
    for _ in 0..<3 { try await test.store.probe() }
    _ = await storeError { try await test.add("a", amount: -1) }
    let idle = try await number()
    XCTAssertEqual(idle, before)
    try await test.add("a")
    let after = try await number()
    XCTAssertEqual(after, before.map { $0 + 1 })
  }

  /// Kills a writer, and at each kill the witness knows everything that was acknowledged and nothing that is not there.
  func testTheWitnessIsNeverAheadAndNeverBehindAfterAKill() async throws {
    let random = SeededRandom(seed: testSeed())
    let directory = try TestDirectory()
    for kill in 0..<20 {
      let writer = try ChildProcess(ChildProcess.built("StoreCrasher"), [directory.database, String(kill * 100_000)])
      try writer.waitForLines(1 + random.below(60))
      writer.end(with: SIGKILL)
      XCTAssertEqual(try Store.commitState(at: directory.database), .whole, "kill \(kill)")
    }
  }
}
