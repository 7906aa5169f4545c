import Contracts
import Core
import Expectations
import XCTest

@testable import Documents

/// What documents let each role see (docs/duties.md).
final class DutyTests: XCTestCase {
  func testOpeningADocumentAsksForTheRightThatTheTableNames() async throws {
    let office = try await DocumentOffice()
    let document = try await office.store(Array("%PDF-1.7\nsurat\nstartxref\n0\n%%EOF\n".utf8))
    try await XCTAssertDuties(
      of: "Documents", ["DocumentArchive.open service": { _ = try await office.read(document.id, as: $0) }])
  }
}
