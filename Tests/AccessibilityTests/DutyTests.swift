import Contracts
import Core
import Expectations
import XCTest

@testable import Accessibility

/// What answering calls for help lets each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testAnsweringACallAsksForTheRightThatTheTableNames() async throws {
    let office = try await AccessibilityOffice()
    try await XCTAssertDuties(
      of: "Accessibility", ["HelpService.answer": { try await office.help.answer(ID(99), by: $0) }])
  }
}
