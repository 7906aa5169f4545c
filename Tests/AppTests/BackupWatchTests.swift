import Core
import Foundation
import Store
import Vault
import XCTest

@testable import gapura

final class BackupWatchTests: XCTestCase {
  /// A copy from a year that is still to come would never be too old.
  func testACopyThatWasMadeOnAWrongDateIsNoYoungOne() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("copies-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let clock = ManualClock(Instant(milliseconds: 1_795_000_000_000))
    let store = try Store.open(at: "\(directory)/gapura.db", readers: 1, clock: clock, log: SilentLog())
    let watch = BackupWatch(state: directory, settings: BackupSettings(), clock: clock, store: store, environment: [:])
    let record = BackupRecord(state: directory)
    for kind in BackupRecord.Kind.allCases { record.note(kind, at: clock.now + .minutes(59)) }
    let left = try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix("gapura.db") }
    XCTAssertEqual(left.sorted(), ["last-backup.data", "last-backup.ring"])
    let corrected = await watch.report()
    XCTAssertNil(corrected, "clocks are corrected")
    record.note(.data, at: clock.now + .hours(24 * 3650))
    let late = await watch.report()
    let report = try XCTUnwrap(late)
    XCTAssertTrue(report.hasPrefix("the last whole copy of the data was made while the date was wrong"), report)
    XCTAssertFalse(report.contains("key ring was"), report)
    record.note(.data, at: clock.now)
    let after = await watch.report()
    XCTAssertNil(after)
    await store.close()
  }
}
