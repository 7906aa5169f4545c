import Core
import XCTest

final class CivilDateTests: XCTestCase {
  func testDayNumberRoundTripsOverFourHundredYears() {
    for number in stride(from: -80_000, through: 80_000, by: 1) {
      XCTAssertEqual(CivilDate(dayNumber: number).dayNumber, number)
    }
  }

  func testKnownWeekday() {
    XCTAssertEqual(CivilDate(iso: "2026-11-22")?.weekday, 7)
    XCTAssertEqual(CivilDate(iso: "1970-01-01")?.dayNumber, 0)
  }

  func testDaysThatDoNotExistAreRefused() {
    for text in ["2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-01", "2026-01-01x"] {
      XCTAssertNil(CivilDate(iso: text), text)
    }
  }
}
