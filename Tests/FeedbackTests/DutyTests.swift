import Contracts
import Core
import Expectations
import ModuleHarness
import XCTest

@testable import Feedback

/// What complaints and surveys let each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testComplaintsAndSurveysAskForTheRightThatTheTableNames() async throws {
    let office = try await FeedbackOffice()
    let (complaints, surveys) = (office.complaints, office.surveys)
    _ = try await complaints.receive(office.report())
    let now = office.base.clock.now
    try await XCTAssertDuties(
      of: "Feedback",
      [
        "ComplaintService.open": { _ = try await complaints.open(1, as: $0) },
        "ComplaintService.verify": { try await complaints.verify(1, as: .complaint, by: $0) },
        "ComplaintService.refuse": { try await complaints.refuse(1, because: .notOurs, by: $0) },
        "ComplaintService.start": { try await complaints.start(1, by: $0) },
        "ComplaintService.answer": { try await complaints.answer(1, reply: Personal("Baik."), by: $0) },
        "SurveyService.comments": { _ = try await surveys.comments(from: now - .hours(1), to: now, as: $0) },
      ])
  }
}
