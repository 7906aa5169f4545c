import Client
import Core
import Store
import XCTest

@testable import Appointments

/// How the coming days stand, for all who ask: counted once until it is another count.
final class OverviewTests: XCTestCase {
  private let tuesday = BookingOffice.monday.adding(days: 1)

  func testOverviewIsCountedAgainOnlyAfterACommit() async throws {
    let office = try await BookingOffice()
    let before = try await SlotOverview.read(office.booking).count(.web, on: tuesday)
    // A change that no commit of ours tells of, so that a fresh count would be seen.
    try DatabaseShell.run("UPDATE appointments_slot SET withdrawn = 1", on: office.store.path)
    let kept = try await SlotOverview.read(office.booking).count(.web, on: tuesday)
    XCTAssertEqual(kept, before)
    XCTAssertGreaterThan(kept?.free ?? 0, 0)
    try await office.store.write { try $0.append(Event(kind: "test.changed", entity: "test")) }
    let fresh = try await SlotOverview.read(office.booking)
    XCTAssertEqual(fresh.days, [])
    await office.close()
  }

  func testWhatIsKeptIsAlwaysWhatWouldBeCounted() async throws {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    let office = try await BookingOffice(rules: BookingOffice.sharedRules, counterCount: 3, seed: seed)
    let times = ["08:00", "08:30", "09:00", "09:30"]
    var held: [PublicCode] = []
    var heldCount = 0
    for step in 0..<150 {
      switch random.below(6) {
      case 0, 1:
        // None is left where all are taken.
        let made = try? await office.hold([office.applyUnsealed()], on: tuesday, at: times[random.below(times.count)])
        if let made { held.append(made.code) }
      case 2:
        if let code = held.last { _ = try? await office.bookings.confirm(code) }
      case 3:
        // One that has lapsed meanwhile cannot be cancelled any more.
        if let code = held.popLast() { try? await office.bookings.cancel(code) }
      case 4: office.clock.advance(by: .seconds(random.below(30)))
      default: office.clock.advance(by: .seconds(random.below(1200)))
      }
      let kept = try await SlotOverview.read(office.booking).counts
      let fresh = try await count(office)
      XCTAssertEqual(kept, fresh, "step \(step), seed \(seed)")
      heldCount += held.count
    }
    XCTAssertGreaterThan(heldCount, 0, "seed \(seed)")
    await office.close()
  }

  /// Counted anew.
  private func count(_ office: BookingOffice) async throws -> [CivilDate: [SlotKind: SlotTable.DayCount]] {
    let (now, today) = (office.clock.now, office.booking.today)
    let counts = try await office.store.read { snapshot in
      try SlotTable.dayCounts(
        from: today, to: today.adding(days: SlotOverview.dayCountMax), after: OfficeZone.wib.time(of: now), at: now,
        in: snapshot)
    }
    return Dictionary(grouping: counts, by: \.day).mapValues { counts in
      Dictionary(counts.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
