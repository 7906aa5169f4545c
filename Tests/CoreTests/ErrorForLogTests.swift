import Core
import XCTest

final class ErrorForLogTests: XCTestCase {
  private struct Foreign: Error, CustomStringConvertible {
    let description = "what Contoh Pemohon has typed"
  }

  func testOfOtherPeoplesErrorsOnlyTheKindIsSaid() {
    XCTAssertTrue(Foreign().inLog.hasSuffix("Foreign"), Foreign().inLog)
    let error: any Error = Foreign()
    XCTAssertFalse(error.inLog.contains("Pemohon"))
  }

  func testOurOwnSayWhatIsWrong() {
    let error: any Error = Problem(.unavailable, "state.read-only", ["path": "/var/lib/gapura"])
    XCTAssertTrue(error.inLog.contains("state.read-only"))
    XCTAssertTrue(error.inLog.contains("/var/lib/gapura"))
  }
}
