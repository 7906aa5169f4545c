import Contracts
import Core
import Expectations
import XCTest

@testable import Privacy

/// What requests about one's own data let each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testRequestsAskForTheRightThatTheTableNames() async throws {
    let office = try await RightsOffice()
    let requests = try XCTUnwrap(office.privacy.requests)
    let number = try await office.apply()
    let found = try await requests.application(number)
    let summary = try XCTUnwrap(found)
    let copy = try await requests.take(.access, for: summary, by: .applicant)
    let wish = try await requests.take(.rectification, for: summary, by: .applicant)
    let erasure = try await requests.take(.erasure, for: summary, by: .applicant)
    try await XCTAssertDuties(
      of: "Privacy",
      [
        "RightsRequestService.take": { _ = try await requests.take(.access, for: summary, by: $0) },
        "RightsRequestService.differences": { _ = try await requests.differences(of: wish, as: $0) },
        "RightsRequestService.decide": { _ = try await requests.decide(copy.code, .refuse(.underWay), by: $0) },
        "RightsRequestService.decide erasure": {
          _ = try await requests.decide(erasure.code, .carryOut(.inPerson), by: $0)
        },
      ])
    await office.end()
  }
}
