import Contracts
import Core
import Expectations
import XCTest

@testable import Stops

/// What stopping lets each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testStoppingAsksForTheRightThatTheTableNames() async throws {
    let hall = try await StopHall()
    let span = OpeningSpan(from: CivilTime(minuteOfDay: 0), to: CivilTime(minuteOfDay: 1439))
    try await XCTAssertDuties(
      of: "Stops",
      [
        "StoppingService.stop": { officer in
          try await hall.stops.stop(
            StopOrder(service: nil, span: span, reason: StopReason(cause: .ceremony), submission: "\(officer)"),
            by: officer)
        }, "StoppingService.lift": { try await hall.stops.lift(ServiceStopID(0), by: $0) },
      ])
    await hall.close()
  }
}
