import Core
import Foundation
import Glibc
import Store
import XCTest

/// The disk runs full: a limit on the size of files makes the kernel refuse, as a full disk does.
final class DiskTests: XCTestCase {
  private static let unlimited = rlim_t(bitPattern: -1)

  private func limitFiles(toByteCount count: rlim_t) {
    var limit = rlimit()
    XCTAssertEqual(getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit), 0)
    limit.rlim_cur = min(count, limit.rlim_max)
    XCTAssertEqual(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit), 0)
  }

  override func setUp() { signal(SIGXFSZ, SIG_IGN) }
  override func tearDown() { limitFiles(toByteCount: Self.unlimited) }

  /// Three writes in one group under a limit a little above the log's present size.
  private func failedGroup(_ test: TestStore, byteCount: Int) async throws -> [any Error] {
    let log = try FileManager.default.attributesOfItem(atPath: test.directory.database + "-wal")
    let size = try XCTUnwrap(log[.size] as? Int)
    var writes: [Task<Void, any Error>] = []
    try await test.whileWriterIsHeld(untilWaiting: 3) {
      limitFiles(toByteCount: rlim_t(size + 8_192))
      writes = (0..<3).map { number in Task { try await fill(test, "w\(number)", byteCount: byteCount) } }
    }
    var errors: [any Error] = []
    for write in writes {
      do { try await write.value } catch { errors.append(error) }
    }
    limitFiles(toByteCount: Self.unlimited)
    return errors
  }

  private func check(_ test: TestStore, holds names: [String]) async throws {
    let stored = try await test.names()
    XCTAssertEqual(stored, names)
    let verdict: String? = try await test.store.read {
      try $0.value("SELECT integrity_check FROM pragma_integrity_check")
    }
    XCTAssertEqual(verdict, "ok")
  }

  func testACommitThatFailsFailsEverybodyInItsGroupAndTheStoreGoesOn() async throws {
    let test = try await TestStore()
    try await fill(test, "first", byteCount: 2_000_000)
    let errors = try await failedGroup(test, byteCount: 100_000)
    XCTAssertEqual(errors.count, 3)
    try await check(test, holds: ["first"])
    try await fill(test, "after", byteCount: 100_000)
    try await check(test, holds: ["after", "first"])
  }

  func testAStatementThatFindsTheDiskFullHarmsNothing() async throws {
    let test = try await TestStore()
    try await fill(test, "first", byteCount: 2_000_000)
    let errors = try await failedGroup(test, byteCount: 20_000_000)
    XCTAssertEqual(errors.count, 3)
    try await check(test, holds: ["first"])
    try await fill(test, "after", byteCount: 100_000)
    try await check(test, holds: ["after", "first"])
  }
}

/// Writes a row of about so many bytes.
private func fill(_ test: TestStore, _ name: String, byteCount: Int) async throws {
  try await test.store.write {
    try $0.run("INSERT INTO test_things (name, bytes) VALUES (\(name), zeroblob(\(byteCount)))")
  }
}
