import Contracts
import Core
import Expectations
import ModuleHarness
import XCTest

@testable import Reports

/// What statistics let each role read (docs/duties.md).
final class DutyTests: XCTestCase {
  func testStatisticsAskForTheRightThatTheTableNames() async throws {
    let hall = try await ReportHall()
    let reports = ReportService(
      store: hall.house.store, office: hall.house.office, history: hall.services.require((any QueueHistory).self),
      appointments: nil, catalogue: nil, officers: nil)
    let question = ReportQuestion(period: ReportPeriod(.day, around: OfficeZone.wib.date(of: hall.house.clock.now)))
    try await XCTAssertDuties(
      of: "Reports", ["ReportService.report": { _ = try await reports.report(question, as: $0) }])
    await hall.close()
  }
}
