import Core
import XCTest

final class TimeTests: XCTestCase {
  func testDayBeginsAtLocalMidnightNotAtThatOfUTC() throws {
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-22"))
    // 16:59:59.999 UTC is the last millisecond of the day in Jakarta, 15:59 in Makassar, 14:59 in Jayapura.
    for (zone, offset) in [(OfficeZone.wib, 7), (.wita, 8), (.wit, 9)] {
      let midnightUTC = Int64(day.dayNumber) * 86_400_000
      let start = Instant(milliseconds: midnightUTC - Int64(offset) * 3_600_000)
      XCTAssertEqual(zone.date(of: start), day)
      XCTAssertEqual(zone.date(of: start - .milliseconds(1)), day.adding(days: -1))
      XCTAssertEqual(zone.date(of: start + .hours(24) - .milliseconds(1)), day)
      XCTAssertEqual(zone.time(of: start).description, "00:00")
      XCTAssertEqual(zone.time(of: start - .milliseconds(1)).description, "23:59")
      XCTAssertEqual(zone.instant(day, CivilTime(minuteOfDay: 0)), start)
      XCTAssertEqual(
        zone.instant(day, CivilTime(minuteOfDay: 1440)), zone.instant(day.adding(days: 1), CivilTime(minuteOfDay: 0)))
    }
  }

  func testTimesBefore1970AreOnTheRightDay() {
    XCTAssertEqual(OfficeZone.wib.date(of: Instant(milliseconds: -1)).description, "1970-01-01")
    XCTAssertEqual(OfficeZone.wib.date(of: Instant(milliseconds: -7 * 3_600_000 - 1)).description, "1969-12-31")
    XCTAssertEqual(OfficeZone.wib.time(of: Instant(milliseconds: -7 * 3_600_000 - 1)).description, "23:59")
  }

  func testTimeOfDayIsReadOnlyAsHoursAndMinutes() {
    XCTAssertEqual(CivilTime("08:30")?.minuteOfDay, 510)
    XCTAssertEqual(CivilTime("23:59")?.description, "23:59")
    for text in ["8:30", "08.30", "24:00", "08:60", "+8:30", "-0:00", "08:30:00", "", "٠٨:٣٠"] {
      XCTAssertNil(CivilTime(text), text)
    }
  }

  func testAgeChangesOnTheBirthday() throws {
    let birth = try XCTUnwrap(CivilDate(iso: "2009-11-23"))
    XCTAssertEqual(birth.age(on: try XCTUnwrap(CivilDate(iso: "2026-11-22"))), 16)
    XCTAssertEqual(birth.age(on: try XCTUnwrap(CivilDate(iso: "2026-11-23"))), 17)
    let leap = try XCTUnwrap(CivilDate(iso: "2008-02-29"))
    XCTAssertEqual(leap.age(on: try XCTUnwrap(CivilDate(iso: "2026-02-28"))), 17)
    XCTAssertEqual(leap.age(on: try XCTUnwrap(CivilDate(iso: "2026-03-01"))), 18)
  }

  func testDurationsAndInstantsAddUp() {
    let clock = ManualClock(Instant(milliseconds: 1000))
    clock.advance(by: .minutes(2))
    XCTAssertEqual(clock.now.milliseconds, 121_000)
    clock.advance(by: .zero - .seconds(1))
    XCTAssertEqual(clock.now - Instant(milliseconds: 0), .seconds(120))
    clock.set(Instant(milliseconds: 5))
    XCTAssertEqual(clock.now.milliseconds, 5)
    XCTAssertEqual(Duration.milliseconds(-1500).milliseconds, -1500)
  }

  func testMachineClockTellsAPlausibleTime() {
    XCTAssertGreaterThan(OfficeZone.wib.date(of: SystemClock().now).year, 2024)
  }
}
