import Core
import XCTest

@testable import Officers

final class SignInDelayTests: XCTestCase {
  func testWaitsStartAfterTheFreeFailuresDoubleAndStopGrowing() {
    let waits = (0...12).map { SignInDelay.account.wait(after: $0).milliseconds / 1000 }
    XCTAssertEqual(waits, [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900])
    XCTAssertEqual(SignInDelay.account.wait(after: 1_000_000), .minutes(15))
  }

  func testWaitRunsDownWithTime() {
    var record = SignInRecord()
    let now = Instant(milliseconds: 1_000_000)
    for _ in 0..<6 { record = record.failed(.account, at: now) }
    XCTAssertEqual(record.remainingWait(.account, at: now), .seconds(30))
    XCTAssertEqual(record.remainingWait(.account, at: now + .seconds(29)), .seconds(1))
    XCTAssertEqual(record.remainingWait(.account, at: now + .seconds(30)), .zero)
  }

  func testOldFailuresAreForgotten() {
    let now = Instant(milliseconds: 1_000_000)
    let record = SignInRecord(failureCount: 9, lastFailedAt: now)
    XCTAssertEqual(record.failed(.account, at: now + .hours(24)).failureCount, 1)
    XCTAssertEqual(record.failed(.account, at: now + .hours(23)).failureCount, 10)
  }

  func testClockSetBackDoesNotLockAnybodyOut() {
    let record = SignInRecord(failureCount: 40, lastFailedAt: Instant(milliseconds: 9_000_000_000))
    XCTAssertEqual(record.remainingWait(.account, at: Instant(milliseconds: 1_000)), .zero)
  }
}
