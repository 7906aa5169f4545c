import Core
import XCTest

@testable import gapura

/// What people hold that a restored copy does not know is said by name, as far as it can be read.
final class GivenSinceTests: XCTestCase {
  private let today = CivilDate(dayNumber: 20_789)

  private func lines(
    _ numbers: [(number: String, at: Instant)] = [], _ applications: [String] = [], appointments: Int = 0,
    isDrill: Bool = false
  ) -> [String] {
    GivenSince(numbers: numbers, applications: applications, appointmentCount: appointments)
      .lines(isDrill: isDrill, zone: .wit, today: today)
  }

  func testOnlyTodaysNumbersAreGivenAgainEachLettersFromItsFirstToItsLast() {
    let midnight = OfficeZone.wit.instant(today, CivilTime(minuteOfDay: 0))
    let before = (number: "C-031", at: Instant(milliseconds: midnight.milliseconds - 1))
    let numbers = ["A-004", "B-012", "A-005", "A-007"].map { (number: $0, at: midnight) }
    let said = lines([before] + numbers)
    XCTAssertEqual(
      said.first, "queue numbers given today that are given again, to others: A-004 to A-007, B-012")
    XCTAssertEqual(said.count, 2)
    XCTAssertEqual(lines([before]), [])
  }

  func testApplicationsAreNamedUpToFiftyAndCountedFromThere() {
    let said = lines([], (1...61).map { "N\($0)" })
    XCTAssertEqual(said.count, 12)
    XCTAssertEqual(said[1], "  N1, N2, N3, N4, N5")
    XCTAssertEqual(said[10], "  N46, N47, N48, N49, N50")
    XCTAssertEqual(said[11], "  and 11 more")
    XCTAssertEqual(lines([], ["N1", "N2"]).dropFirst(), ["  N1, N2"])
  }

  func testADrillSaysWhatWouldBe() {
    XCTAssertEqual(lines(appointments: 3), ["appointments that are gone, and whose times are given again: 3"])
    XCTAssertEqual(
      lines(appointments: 3, isDrill: true), ["appointments that would be gone, and whose times are given again: 3"])
    XCTAssertEqual(lines(), [])
  }
}
