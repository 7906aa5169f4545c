import Core
import Foundation
import Store
import XCTest

@testable import gapura

final class JournalKeeperTests: XCTestCase {
  func testOldEventsGoOnceTheDateIsBelieved() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("events-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let clock = ManualClock(Instant(milliseconds: 1_795_000_000_000))
    let store = try Store.open(at: "\(directory)/gapura.db", readers: 1, clock: clock, log: SilentLog())
    let work = RegularWork()
    let keeper = JournalKeeper(
      store: store, keeping: JournalSettings().keeping, clock: clock, work: work, log: SilentLog())
    func keptCount() async throws -> Int { try await store.journal.events(after: 0, limit: 10).count }
    for entity in ["1", "2", "3"] {
      try await store.write { try $0.append(Event(kind: "test.done", entity: entity)) }
    }
    let young = try await keeper.removeSome()
    XCTAssertFalse(young)
    clock.advance(by: .hours(24 * 15))
    clock.doubt(.behind(.hours(1)))
    _ = try await keeper.removeSome()
    let inDoubt = try await keptCount()
    XCTAssertEqual(inDoubt, 3)
    clock.doubt(nil)
    let hasMore = try await keeper.removeSome()
    XCTAssertFalse(hasMore)
    let after = try await keptCount()
    XCTAssertEqual(after, 1, "the newest stays")
    XCTAssertNil(work.report)
    await store.close()
    do {
      _ = try await keeper.removeSome()
      XCTFail("removed from a database that is closed")
    } catch {
      XCTAssertTrue(work.report?.contains("removing old events") ?? false, "health does not say so")
    }
  }
}
