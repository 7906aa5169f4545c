import Core
import Foundation
import Store
import Synchronization
import XCTest

/// Bytes change where the database lies: whatever carries data is noticed at the start, in use or by going over it.
final class DamageTests: XCTestCase {
  private static let flipCount = 2_000

  /// A closed database of some hundred kilobytes, with what applications leave: long and short rows, indexes, rows that
  /// are gone again.
  private func database(in directory: TestDirectory, thingCount: Int = 400) async throws -> String {
    let store = try Store.open(at: directory.database, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate([TestStore.schema])
    for batch in 0..<4 {
      try await store.write { transaction in
        for number in 0..<thingCount / 4 {
          let bytes = [UInt8](repeating: UInt8(number % 251), count: number % 7 == 0 ? 9_000 : 200)
          try transaction.run(
            "INSERT INTO test_things (name, amount, bytes) VALUES (\("thing \(batch) \(number)"), \(number), \(bytes))")
          try transaction.append(Event(kind: "thing.made", entity: String(number)))
        }
      }
    }
    try await store.write { _ = try $0.run("DELETE FROM test_things WHERE amount % 10 = 3") }
    await store.close()
    return directory.database
  }

  private func change(_ path: String, at offset: Int, by mask: UInt8) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: UInt64(offset))
    let byte = try XCTUnwrap(file.read(upToCount: 1)?.first)
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: Data([byte ^ mask]))
  }

  private func fails(_ body: () throws -> Void) -> Bool {
    do { try body() } catch { return true }
    return false
  }

  func testEachOfTwoThousandFlippedBytesIsNoticed() async throws {
    let random = SeededRandom(seed: testSeed())
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    try Store.examine(path)
    let size = try XCTUnwrap(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    XCTAssertGreaterThan(size, 200_000)
    for flip in 0..<Self.flipCount {
      let (offset, mask) = (random.below(size), UInt8(1 << random.below(8)))
      try change(path, at: offset, by: mask)
      XCTAssertTrue(fails { try Store.examine(path) }, "byte \(offset) ^ \(mask) was not noticed")
      // While others may write each page gets a second look, which takes time.
      if flip % 40 == 0, offset >= 4096 {
        XCTAssertEqual(try Store.checkPages(of: path, from: 1, count: .max).damagedPage, Int64(offset / 4096 + 1))
      }
      try change(path, at: offset, by: mask)
    }
    try Store.examine(path)
  }

  func testFortyEightBytesOverAPageAreNoticedWhereItIsRead() async throws {
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    let size = try XCTUnwrap(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    let random = SeededRandom(seed: testSeed())
    for page in 1..<size / 4096 {
      let copy = directory.path + "/copy.db"
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      for _ in 0..<48 { try change(copy, at: page * 4096 + random.below(4096), by: UInt8(1 + random.below(255))) }
      XCTAssertEqual(try Store.checkPages(of: copy, from: 1, count: .max).damagedPage, Int64(page + 1))
    }
  }

  /// Whatever page is hit: the start, or reading the rows, fails as damage and hands nothing wrong on.
  func testADamagedPageIsNoticedByTheStartOrByWhoReadsItAndByNobodyTakenForGood() async throws {
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    let size = try XCTUnwrap(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    func rows(_ path: String) async throws -> [[UInt8]?] {
      let store = try Store.open(at: path, readers: 1, clock: SystemClock(), log: SilentLog())
      do {
        let rows = try await store.read { snapshot in
          try snapshot.rows("SELECT bytes FROM test_things NOT INDEXED ORDER BY id") { try $0.get(0) as [UInt8]? }
        }
        await store.close()
        return rows
      } catch {
        await store.close()
        throw error
      }
    }
    let whole = try await rows(path)
    let copy = directory.path + "/copy.db"
    var noticedCount = 0
    for page in 0..<size / 4096 {
      for suffix in ["", "-wal", "-shm", ".witness"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      try change(copy, at: page * 4096 + 2_000, by: 1)
      do {
        let found = try await rows(copy)
        XCTAssertEqual(found, whole, "page \(page + 1)")
      } catch {
        XCTAssertEqual(error as? StoreError, .corrupt, "page \(page + 1)")
        noticedCount += 1
      }
    }
    XCTAssertGreaterThan(noticedCount, size / 4096 / 2)
  }

  func testAFlippedByteInTheLogIsNoticedWhenItIsReadAndNeverCarriedIntoTheFile() async throws {
    let directory = try TestDirectory()
    let store = try Store.open(at: directory.database, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate([TestStore.schema])
    for number in 0..<40 { try await add("thing \(number)", to: store) }
    // The schema is known from here on.
    _ = try await store.read { try $0.value("SELECT count(*) FROM test_things") as Int? }
    let log = directory.database + "-wal"
    let size = try XCTUnwrap(FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
    // In the middle of each frame.
    for frame in 0..<(size - 32) / 4120 { try change(log, at: 32 + frame * 4120 + 2_000, by: 0x10) }
    // After a commit readers read anew; what it changed itself is whole.
    try await add("last", to: store)
    let error = await storeError {
      try await store.read { try $0.value("SELECT sum(length(bytes)) FROM test_things") as Int? }
    }
    XCTAssertEqual(error, .corrupt)
    XCTAssertTrue(fails { try Store.carryLog(of: directory.database) })
    await store.close()
  }

  func testAPageThatWasWrittenToAnotherPlaceIsNoticed() async throws {
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    data.replaceSubrange(20 * 4096..<21 * 4096, with: data[21 * 4096..<22 * 4096])
    try data.write(to: URL(fileURLWithPath: path))
    XCTAssertEqual(try Store.checkPages(of: path, from: 1, count: .max).damagedPage, 21)
  }

  func testAFileThatWasCutOffIsNoticed() async throws {
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let size = try file.seekToEnd()
    try file.truncate(atOffset: size - 3 * 4096)
    try file.close()
    XCTAssertTrue(fails { try Store.examine(path) })
    XCTAssertTrue(fails { _ = try Store.open(at: path, readers: 1, clock: SystemClock(), log: SilentLog()) })
  }

  func testACopyCarriesChecksumsToo() async throws {
    let directory = try TestDirectory()
    let path = try await database(in: directory)
    let copy = directory.path + "/copy.db"
    try Store.copy(path, to: copy)
    let check = try Store.checkPages(of: copy, from: 1, count: .max)
    XCTAssertNil(check.damagedPage)
    XCTAssertGreaterThan(check.pageCount, 50)
  }

  /// How often all pages were read.
  private final class Looks: Sendable { let count = Atomic(0) }

  /// Pages that are written, carried over and read at the same time are never taken for damage.
  func testUnderLoadNothingIsTakenForDamage() async throws {
    let test = try await TestStore(readers: 4)
    let path = test.directory.database
    let looks = Looks()
    try await withThrowingTaskGroup { group in
      for lane in 0..<4 {
        group.addTask { [store = test.store] in
          let random = SeededRandom(seed: UInt64(lane))
          var number = 0
          // On a busy machine until it has been looked at a few times.
          while number < 120 || looks.count.load(ordering: .relaxed) < 4 {
            guard number < 10_000 else { return XCTFail("nothing looked at it while it was written") }
            let round = number
            try await store.write { transaction in
              let bytes = [UInt8](repeating: UInt8(round % 256), count: random.below(20_000))
              try transaction.run(
                "INSERT INTO test_things (name, amount, bytes) VALUES (\("\(lane) \(round)"), \(lane), \(bytes))")
              try transaction.run("DELETE FROM test_things WHERE amount = \(lane) AND id % 3 = \(round % 3)")
            }
            _ = try await store.read { try $0.value("SELECT sum(length(bytes)) FROM test_things") as Int? }
            number += 1
          }
        }
      }
      group.addTask {
        while !Task.isCancelled {
          try Store.carryLog(of: path)
          let check = try Store.checkPages(of: path, from: 1, count: .max)
          XCTAssertNil(check.damagedPage)
          looks.count.add(1, ordering: .relaxed)
          await Task.yield()
        }
      }
      for _ in 0..<4 { try await group.next() }
      group.cancelAll()
      try await group.waitForAll()
    }
    await test.store.close()
    try Store.examine(path)
  }

  private func add(_ name: String, to store: Store) async throws {
    try await store.write { _ = try $0.run("INSERT INTO test_things (name, bytes) VALUES (\(name), zeroblob(900))") }
  }
}
