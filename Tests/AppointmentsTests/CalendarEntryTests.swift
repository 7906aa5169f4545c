import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import XCTest

@testable import Appointments

/// An appointment in a calendar.
final class CalendarEntryTests: XCTestCase {
  private func serving(_ body: (BookingOffice, ServedModule) async throws -> Void) async throws {
    try await BookingOffice.serving(body)
  }

  func testTheCalendarFileFollowsItsStandardAndHoldsNothingPersonal() async throws {
    try await serving { office, served in
      let number = try await office.apply()
      let booked = try await office.book([number], at: "08:30")
      let file = try await served.visitor().get("/janji/\(booked.code)/kalender")
      XCTAssertEqual(file.status, 200)
      XCTAssertTrue(file.header("content-type")?.hasPrefix("text/calendar") ?? false)
      let lines = file.text.components(separatedBy: "\r\n")
      XCTAssertEqual(lines.first, "BEGIN:VCALENDAR")
      XCTAssertTrue(lines.contains("DTSTART:20261124T013000Z"), file.text)
      XCTAssertTrue(lines.contains("DTEND:20261124T020000Z"))
      XCTAssertTrue(lines.allSatisfy { $0.utf8.count <= 75 })
      XCTAssertFalse(file.text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
      XCTAssertFalse(file.text.contains(number.description))
    }
  }

  func testTheCalendarEntryOfAMovedAppointmentIsTheSameOneWithANewTime() async throws {
    try await serving { office, served in
      let booked = try await office.book([try await office.apply()], at: "08:30")
      func lines() async throws -> [String] {
        try await served.visitor().get("/janji/\(booked.code)/kalender").text.components(separatedBy: "\r\n")
      }
      let before = try await lines()
      office.clock.advance(by: .minutes(5))
      _ = try await office.bookings.move(
        booked.code, to: BookingOffice.monday.adding(days: 2), halfHour: CivilTime(minuteOfDay: 600))
      let after = try await lines()
      let uid = before.filter { $0.hasPrefix("UID:") }
      XCTAssertEqual(uid.count, 1)
      XCTAssertEqual(after.filter { $0.hasPrefix("UID:") }, uid, "a calendar would keep the old time as well")
      XCTAssertTrue(before.contains("SEQUENCE:0"))
      XCTAssertTrue(after.contains("SEQUENCE:1"))
      XCTAssertTrue(after.contains("DTSTART:20261125T030000Z"))
      let other = try await office.book([try await office.apply()], at: "09:00")
      let another = try await served.visitor().get("/janji/\(other.code)/kalender").text
      XCTAssertFalse(another.contains(try XCTUnwrap(uid.first)))
    }
  }

  func testLongLinesAreFoldedBetweenCharactersAndTextIsEscaped() {
    let folded = CalendarEntry.folded("SUMMARY:" + String(repeating: "é", count: 60))
    let pieces = String(decoding: folded, as: UTF8.self).components(separatedBy: "\r\n")
    XCTAssertTrue(pieces.allSatisfy { $0.utf8.count <= 75 })
    XCTAssertEqual(
      pieces.dropLast().enumerated().map { $0.offset == 0 ? $0.element : String($0.element.dropFirst()) }.joined(),
      "SUMMARY:" + String(repeating: "é", count: 60))
    XCTAssertEqual(CalendarEntry.escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne")
  }
}
