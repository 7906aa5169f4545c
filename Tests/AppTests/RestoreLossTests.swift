import Core
import Foundation
import Store
import XCTest

@testable import gapura

/// What is said of what a restore leaves out.
final class RestoreLossTests: XCTestCase {
  private func lines(_ database: String, _ last: (sequence: Int64, instant: Instant)) -> [String] {
    RestoreLoss(of: database, after: last).lines(isDrill: false, zone: .wib, today: CivilDate(dayNumber: 20_789))
  }

  /// `gapura vault recover` on a new machine makes an empty database before the restore.
  func testAnEmptyStateIsNoOtherHistory() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("loss-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let database = "\(directory)/gapura.db"
    let last = (sequence: Int64(7), instant: Instant(milliseconds: 1_795_000_000_000))
    let none = ["there is no present database to compare with: no data was here before"]
    XCTAssertEqual(lines(database, last), none)
    let store = try Store.open(at: database, readers: 1, clock: SystemClock(), log: SilentLog())
    XCTAssertEqual(lines(database, last), none)
    try await store.write { transaction in
      try transaction.append(Event(kind: "test.done", entity: "1", payload: "{}"))
    }
    let other = lines(database, last)
    XCTAssertEqual(
      other.first, "what has come since cannot be said: the present database does not go on from this copy")
    XCTAssertEqual(other.last?.contains("are given again"), true, "\(other)")
    await store.close()
  }

  func testOfACopyThatIsOlderThanTheJournalItIsNotSaidThatNothingHasCome() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("loss-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let database = "\(directory)/gapura.db"
    let clock = ManualClock(Instant(milliseconds: 1_795_000_000_000))
    let store = try Store.open(at: database, readers: 1, clock: clock, log: SilentLog())
    var instants: [Instant] = []
    for entity in ["1", "2", "3"] {
      try await store.write { try $0.append(Event(kind: "test.done", entity: entity)) }
      instants.append(clock.now)
      clock.advance(by: .hours(24))
    }
    let removed = try await store.removeOldEvents(
      JournalKeeping(kept: .hours(24), away: .hours(24)), at: clock.now)
    XCTAssertEqual(removed.count, 2)
    for (place, instant) in instants.prefix(2).enumerated() {
      let said = lines(database, (sequence: Int64(place + 1), instant: instant))
      XCTAssertEqual(said.first?.contains("older than what the journal keeps"), true, "\(said)")
      XCTAssertEqual(said.last?.contains("are given again"), true, "\(said)")
    }
    XCTAssertEqual(lines(database, (sequence: 3, instant: instants[2])), ["nothing has come since"])
    await store.close()
  }
}
