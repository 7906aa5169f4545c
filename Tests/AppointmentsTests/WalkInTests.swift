import Contracts
import Core
import XCTest

@testable import Appointments

/// "Come at 10:40": a time of today for people without an appointment.
final class WalkInTests: XCTestCase {
  private var rules: AppointmentRules {
    var rules = BookingOffice.plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 100, priority: 0, express: 0)
    return rules
  }

  func testTheMinuteThatIsPromisedLiesAheadAlsoInTheHalfHourThatRuns() async throws {
    let office = try await BookingOffice(rules: rules)
    // 08.11: of the half-hour's slots at 08.00 and 08.15 only the second one can still be promised.
    office.clock.advance(by: .minutes(11))
    for _ in 0..<3 {
      let number = try await office.apply()
      let days = try await office.bookings.openDays(
        try await office.bookings.party([number], kind: .walkIn), kind: .walkIn)
      let time = try XCTUnwrap(days.first?.begins.first)
      let booked = try await office.book(
        [number], kind: .walkIn, on: BookingOffice.monday, at: time.description)
      XCTAssertGreaterThan(booked.begins.minuteOfDay, 8 * 60 + 11)
      // The code is the ticket when the person comes.
      office.clock.set(OfficeZone.wib.instant(booked.day, booked.begins))
      let tickets = try await office.checkIns.checkIn(code: booked.code, channel: .kiosk, language: .indonesian)
      XCTAssertEqual(tickets.map(\.code), [booked.code])
    }
    try await office.assertSound()
    await office.close()
  }

  func testWhoComesUsesAPlaceThatIsThenPromisedToNobodyElse() async throws {
    var rules = rules
    rules.shares = AppointmentRules.Shares(walkIn: 50, priority: 25, express: 0)
    let office = try await BookingOffice(rules: rules)
    let today = BookingOffice.monday
    let walkIn = try await office.free(.walkIn, on: today)
    let priority = try await office.free(.priority, on: today)
    let web = try await office.free(.web, on: today)
    XCTAssertGreaterThan(min(walkIn, priority, web), 0)
    // More people come than there are slots for them: all of them get a number.
    for index in 0...walkIn {
      let ticket = try await office.queue.takeNumber(
        TicketRequest(
          service: BookingOffice.passport, application: nil, needs: Needs(priority: index == 0 ? .elderly : nil),
          channel: .kiosk, submission: "comes \(index)"))
      XCTAssertEqual(ticket.state, .waiting)
    }
    let number = try await office.apply()
    let party = try await office.bookings.party([number], kind: .walkIn)
    let times = try await office.bookings.openDays(party, kind: .walkIn)
    XCTAssertEqual(times, [], "a time is promised that somebody in the hall has")
    let left = try await office.free(.priority, on: today)
    XCTAssertEqual(left, priority - 1)
    let others = try await office.free(.web, on: today)
    XCTAssertEqual(others, web, "who came without an appointment used up a slot of the web")
    let returning = try await SlotOverview.read(office.booking).count(.priority, on: today)?.returning
    XCTAssertEqual(returning, 0)
    await office.close()
  }

  func testWhatIsOverTodayIsShownAsFreeToNobody() async throws {
    let office = try await BookingOffice()
    let morning = try await SlotOverview.read(office.booking).count(.web, on: BookingOffice.monday)
    office.clock.advance(by: .hours(1))
    let later = try await SlotOverview.read(office.booking).count(.web, on: BookingOffice.monday)
    office.clock.advance(by: .hours(1))
    let evening = try await SlotOverview.read(office.booking).count(.web, on: BookingOffice.monday)
    XCTAssertGreaterThan(try XCTUnwrap(morning).free, try XCTUnwrap(later).free)
    XCTAssertEqual(evening?.free, 0)
    await office.close()
  }
}
