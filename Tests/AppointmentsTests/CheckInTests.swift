import Contracts
import Core
import Store
import XCTest

@testable import Appointments
@testable import Forecast
@testable import Queue

final class CheckInTests: XCTestCase {
  private var tuesday: CivilDate { BookingOffice.monday.adding(days: 1) }

  private static func checkIn(_ code: PublicCode, at office: BookingOffice) async throws -> [Ticket] {
    try await office.checkIns.checkIn(code: code, channel: .kiosk, language: .indonesian)
  }

  private func go(_ office: BookingOffice, to time: String) {
    office.clock.set(OfficeZone.wib.instant(tuesday, CivilTime(time) ?? CivilTime(minuteOfDay: 0)))
  }

  func testTheAppointmentsCodeIsTheTicketsAndASecondScanGivesTheSameTicket() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()], at: "09:00")
    go(office, to: "08:45")
    let tickets = try await Self.checkIn(booked.code, at: office)
    XCTAssertEqual(tickets.map(\.code), [booked.code])
    XCTAssertEqual(tickets.first?.state, .waiting)
    let again = try await Self.checkIn(booked.code, at: office)
    XCTAssertEqual(again.map(\.id), tickets.map(\.id))
    let ticket = try await office.queue.ticket(booked.code)
    XCTAssertEqual(ticket?.number, "A-001")
    try await office.assertSound()
    await office.close()
  }

  func testAnAppointmentWhoseVisitWasServedWithAnotherNumberIsUsed() async throws {
    let office = try await BookingOffice()
    let application = try await office.apply()
    let booked = try await office.book([application], at: "09:00")
    go(office, to: "08:05")
    let early = try await office.queue.appointmentToCheckIn(for: application.opened)
    XCTAssertNil(early, "before its time a number is given")
    let counters = CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office,
      rules: RulesInForce(QueueRules(), directory: nil), tracking: nil, ledger: nil, availability: office.queue)
    let counter = try XCTUnwrap(office.booking.office.counters.first)
    try await counters.open(counter, by: .officer(OfficerID(7), .clerk), named: nil)
    let taken = try await office.queue.takeNumber(
      TicketRequest(
        service: nil, application: application.opened, needs: Needs(), channel: .web, submission: "sebelum"))
    let both = try await office.queue.comingVisit(of: application.opened)
    XCTAssertEqual(both.number?.number, taken.number)
    XCTAssertEqual(both.appointment?.code, booked.code)
    let beside = try await office.queue.appointmentToday(beside: taken)
    XCTAssertEqual(beside?.time, CivilTime("09:00"))
    XCTAssertEqual(beside?.code, booked.code)
    go(office, to: "08:45")
    let second = try await problem { try await Self.checkIn(booked.code, at: office) }
    XCTAssertEqual(second, "queue.has-another")
    _ = try await counters.callNext(to: counter, by: .officer(OfficerID(7), .clerk))
    for action in [TicketAction.start, .finish] {
      try await counters.act(action, on: taken.id, at: counter, by: .officer(OfficerID(7), .clerk))
    }
    let used = try await office.bookings.appointment(booked.code)
    XCTAssertEqual(used?.state, .checkedIn)
    let again = try await Self.checkIn(booked.code, at: office)
    XCTAssertEqual(again.map(\.id), [taken.id], "no second number")
    try await office.assertSound()
    await office.close()
  }

  func testWhoComesInTheTimeOfTheAppointmentChecksInInsteadOfTakingANumber() async throws {
    let office = try await BookingOffice()
    let application = try await office.apply()
    let booked = try await office.book([application], at: "09:00")
    go(office, to: "08:45")
    let due = try await office.queue.appointmentToCheckIn(for: application.opened)
    XCTAssertEqual(due?.code, booked.code)
    let atKiosk = try await office.checkIns.appointmentToCheckIn(for: application.opened)
    XCTAssertEqual(atKiosk, due)
    _ = try await Self.checkIn(booked.code, at: office)
    let after = try await office.queue.appointmentToCheckIn(for: application.opened)
    XCTAssertNil(after)
    await office.close()
  }

  func testAnApplicationThatItsHolderHasOpenedFindsItsNextAppointment() async throws {
    let office = try await BookingOffice()
    let application = try await office.apply()
    let none = try await problem {
      try await office.checkIns.checkIn(application: application.opened, channel: .kiosk, language: .indonesian)
    }
    XCTAssertEqual(none, "appointment.none")
    let booked = try await office.book([application], at: "09:00")
    let early = try await problem {
      try await office.checkIns.checkIn(application: application.opened, channel: .kiosk, language: .indonesian)
    }
    XCTAssertEqual(early, "appointment.other-day")
    go(office, to: "08:45")
    for _ in 0..<2 {
      let tickets = try await office.checkIns.checkIn(
        application: application.opened, channel: .kiosk, language: .indonesian)
      XCTAssertEqual(tickets.map(\.code), [booked.code])
    }
    await office.close()
  }

  func testManyScansAtOnceMakeOneTicket() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()], at: "09:00")
    go(office, to: "09:00")
    let ids = try await withThrowingTaskGroup(of: TicketID?.self) { group in
      for _ in 0..<32 { group.addTask { try await Self.checkIn(booked.code, at: office).first?.id } }
      return try await group.reduce(into: Set<TicketID?>()) { $0.insert($1) }
    }
    XCTAssertEqual(ids.count, 1)
    await office.close()
  }

  func testCheckingInOutsideTheTimeIsRefusedWithTheReason() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()], at: "09:00")
    for (time, expected) in [
      ("08:29", "appointment.too-early"), ("08:30", nil), ("09:15", nil), ("09:16", "appointment.too-late"),
    ] {
      go(office, to: time)
      let found = try await problem {
        try await office.store.write { transaction in
          _ = try office.checkIns.requireTime(booked)
          _ = transaction
        }
      }
      XCTAssertEqual(found, expected, time)
    }
    office.clock.advance(by: .hours(24))
    let other = try await problem { try await Self.checkIn(booked.code, at: office) }
    XCTAssertEqual(other, "appointment.other-day")
    await office.close()
  }

  func testAFamilysCodeChecksAllOfThemIn() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply(), try await office.apply()], at: "09:00")
    go(office, to: "09:00")
    let child = try await Self.checkIn(booked.visits[1].code, at: office)
    XCTAssertEqual(child.count, 1)
    let all = try await Self.checkIn(booked.code, at: office)
    XCTAssertEqual(Set(all.map(\.code)), Set(booked.visits.map(\.code)))
    await office.close()
  }

  func testWhoDidNotComeHasMissedItAndMayBookAgain() async throws {
    let office = try await BookingOffice()
    let number = try await office.apply()
    let booked = try await office.book([number])
    office.clock.advance(by: .hours(48))
    try await office.tidy()
    let state = try await office.bookings.appointment(booked.code)?.state
    XCTAssertEqual(state, .missed)
    _ = try await office.book([number], on: tuesday.adding(days: 3))
    await office.close()
  }

  func testAnUnconfirmedHoldDoesNotCheckIn() async throws {
    let office = try await BookingOffice()
    let held = try await office.hold([try await office.apply()], on: BookingOffice.monday, at: "08:30")
    let found = try await problem { try await Self.checkIn(held.code, at: office) }
    XCTAssertEqual(found, "appointment.not-confirmed")
    await office.close()
  }
}
