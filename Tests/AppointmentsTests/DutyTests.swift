import Contracts
import Core
import Expectations
import XCTest

@testable import Appointments

/// What planning appointments lets each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testPlanningAsksForTheRightThatTheTableNames() async throws {
    let office = try await BookingOffice()
    let supervision = SupervisionService(booking: office.booking)
    let span = OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 540))
    let first = BookingOffice.monday.adding(days: 16)
    try await XCTAssertDuties(
      of: "Appointments",
      [
        "SupervisionService.allow": { officer in
          try await supervision.allow(
            .move, for: AppointmentNumber(from: SystemRandom()), because: "uji peran", by: officer,
            submission: "\(officer)")
        },
        "SupervisionService.change": { officer in
          try await supervision.change(
            BookingOffice.monday, DayPlan.Change(service: nil, span: span, slots: 1), because: "uji peran", by: officer,
            submission: "\(officer)")
        },
        "DrawService.announce": { officer in
          _ = try await office.draws.announce(
            DrawTable.Plan(
              service: BookingOffice.passport, first: first, last: first, closes: office.clock.now + .hours(2),
              submission: "\(officer)"), by: officer)
        },
      ])
    await office.close()
  }
}
