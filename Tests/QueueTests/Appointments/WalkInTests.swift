import Contracts
import Core
import XCTest

@testable import Queue

/// "Come at 10:40": a time of today for who has no appointment.
final class WalkInTests: XCTestCase {
  private var rules: AppointmentRules {
    var rules = BookingOffice.plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 100, priority: 0, express: 0)
    return rules
  }

  func testTheMinuteThatIsPromisedLiesAheadAlsoInTheHalfHourThatRuns() async throws {
    let office = try await BookingOffice(rules: rules)
    // 08.11: of the half-hour's places at 08.00 and 08.15 only the second one can still be promised.
    office.clock.advance(by: .minutes(11))
    for _ in 0..<3 {
      let number = try await office.apply()
      let days = try await office.desk.openDays(try await office.desk.party([number], kind: .walkIn), kind: .walkIn)
      let time = try XCTUnwrap(days.first?.begins.first)
      let booked = try await office.book(
        [number], kind: .walkIn, on: BookingOffice.monday, at: time.description)
      XCTAssertGreaterThan(booked.begins.minuteOfDay, 8 * 60 + 11)
      // The code is the ticket when the person comes.
      office.clock.set(OfficeZone.wib.instant(booked.day, booked.begins))
      let tickets = try await office.queue.checkIn(code: booked.code, channel: .kiosk, language: .indonesian)
      XCTAssertEqual(tickets.map(\.code), [booked.code])
    }
    try await office.assertSound()
    await office.close()
  }

  func testWhatIsOverTodayIsShownAsFreeToNobody() async throws {
    let office = try await BookingOffice()
    let morning = try await PlaceOverview.read(office.house).count(.web, on: BookingOffice.monday)
    office.clock.advance(by: .hours(1))
    let later = try await PlaceOverview.read(office.house).count(.web, on: BookingOffice.monday)
    office.clock.advance(by: .hours(1))
    let evening = try await PlaceOverview.read(office.house).count(.web, on: BookingOffice.monday)
    XCTAssertGreaterThan(try XCTUnwrap(morning).free, try XCTUnwrap(later).free)
    XCTAssertEqual(evening?.free, 0)
    await office.close()
  }
}
