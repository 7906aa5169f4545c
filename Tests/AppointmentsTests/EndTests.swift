import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Web
import XCTest

@testable import Appointments
@testable import Forecast
@testable import Queue

/// What ends elsewhere ends in the hall too.
final class EndTests: XCTestCase {
  private func counters(_ office: BookingOffice) -> CounterService {
    CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office, rules: office.queue.rules,
      tracking: nil, ledger: nil)
  }

  private func end(_ number: ApplicationNumber, _ office: BookingOffice) async throws {
    let (withdrawal, ends) = (Withdrawal(counters: counters(office)), BookingEnds(booking: office.booking))
    try await office.store.write { transaction in
      try withdrawal.follow(number, .erased, in: transaction)
      try ends.callOff(number, in: transaction)
    }
    let known = try await office.store.read { [register = office.register] in try register.application(number, in: $0) }
    let summary = try XCTUnwrap(known)
    office.register.add(
      ApplicationSummary(
        number: number, service: summary.service, subject: summary.subject, registeredAt: summary.registeredAt,
        fee: summary.fee, ending: .erased))
  }

  private func take(_ number: ApplicationNumber, _ office: BookingOffice) async throws -> Ticket {
    try await office.queue.takeNumber(
      TicketRequest(
        service: nil, application: number.opened, needs: Needs(), channel: .web, submission: "\(number)-\(UUID())"))
  }

  private func dayEnd(_ office: BookingOffice) -> DayEnd {
    DayEnd(openings: office.hours, zone: .wib, rules: office.queue.rules)
  }

  /// Ends what a day has left, as a supervisor does.
  private func endLeftover(_ office: BookingOffice) async throws -> DayClose.Settlement {
    let counters = CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office, rules: office.queue.rules,
      tracking: nil, ledger: nil, availability: office.queue)
    return try await DayClose(counters: counters).endLeftover(
      dayEnd(office), by: .officer(OfficerID(8), .supervisor))
  }

  /// 24 people with appointments on Tuesday.
  private func bookTuesday(_ office: BookingOffice) async throws -> [Appointment] {
    var booked: [Appointment] = []
    for time in ["08:00", "08:30", "09:00", "09:30"] {
      for _ in 0..<6 { booked.append(try await office.book([office.applyUnsealed()], at: time)) }
    }
    return booked
  }

  func testADayOfWhichMostAppointmentsWereMissedWaitsUntilSomebodyHasLooked() async throws {
    let office = try await BookingOffice(counterCount: 10, endsDays: true)
    let dayEnd = dayEnd(office)
    let booked = try await bookTuesday(office)
    office.clock.advance(by: .hours(48))
    try await office.keeper.settle()
    let waiting = try await office.bookings.appointment(booked[0].code)?.state
    XCTAssertEqual(waiting, .booked, "24 of 24 is no usual day")
    let leftover = try await office.store.read { [clock = office.clock, hooks = office.queue.hooks] in
      try DayLeftover.read(dayEnd, hooks.appointments, at: clock.now, in: $0)
    }
    XCTAssertEqual(leftover.appointments, DayLeftover.Part(left: 24, all: 24))
    let ended = try await endLeftover(office)
    XCTAssertEqual(ended, DayClose.Settlement(missed: 24))
    for appointment in booked {
      let after = try await office.bookings.appointment(appointment.code)?.state
      XCTAssertEqual(after, .missed)
    }
    // Another supervisor had the same page before them.
    let again = try await endLeftover(office)
    XCTAssertEqual(again, DayClose.Settlement())
    let events = try await office.store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'appointment.missed'") as Int?
    }
    XCTAssertEqual(events, 24)
    await office.close()
  }

  /// Who stayed away waits for no supervisor before they may come again, nor for the next day.
  func testWhoMissedADayThatWaitsToBeEndedBooksAgainAndKeepsThat() async throws {
    let office = try await BookingOffice(counterCount: 10, endsDays: true)
    let bookings = office.bookings
    let missed = try await bookTuesday(office)[0]
    let number = missed.visits[0].application
    // Tuesday at 13.00: the day ended an hour ago.
    office.clock.advance(by: .hours(29))
    try await office.keeper.settle()
    let waiting = try await bookings.appointment(missed.code)?.state
    XCTAssertEqual(waiting, .booked)
    let held = try await bookings.hold(
      SlotRequest(
        applications: [number], kind: .web, priority: nil, day: BookingOffice.monday.adding(days: 2),
        halfHour: CivilTime(minuteOfDay: 480), submission: "again"))
    let booked = try await bookings.confirm(held.code)
    let coming = try await office.queue.comingVisit(of: number.opened)
    XCTAssertEqual(coming.appointment?.code, booked.code, "the missed one is no visit to come")
    let ended = try await endLeftover(office)
    XCTAssertEqual(ended.missed, 24)
    let states = try await [bookings.appointment(missed.code)?.state, bookings.appointment(booked.code)?.state]
    XCTAssertEqual(states, [.missed, .booked])
    let second = try await problem { try await bookings.party([number], kind: .web) }
    XCTAssertEqual(second, "appointment.one-at-a-time", "the new one is the person's")
    try await office.assertSound()
    await office.close()
  }

  func testWhoMissedADayThatWaitsToBeEndedKeepsWhatTheyWinInADraw() async throws {
    let office = try await BookingOffice(counterCount: 10, endsDays: true)
    let draws = office.draws
    let missed = try await bookTuesday(office)[0]
    office.clock.advance(by: .hours(29))
    let days = BookingOffice.monday.adding(days: 16)
    let draw = try await draws.announce(
      DrawTable.Plan(
        service: BookingOffice.passport, first: days, last: days, closes: office.clock.now + .hours(2),
        submission: "draw"), by: .officer(OfficerID(3), .supervisor))
    _ = try await draws.enter(draw.id, with: missed.visits[0].application, wish: nil, isStrict: false)
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    let entries = try await office.store.read { try DrawTable.entries(of: draw.id, in: $0) }
    XCTAssertEqual(entries.map { $0.appointment != nil }, [true], "there was room for everybody")
    _ = try await endLeftover(office)
    try await office.assertSound()
    await office.close()
  }

  /// One application for each state in which its number can be.
  func testAnEndedApplicationIsCalledFromNoStateAndWhoIsAtACounterStaysThere() async throws {
    let office = try await BookingOffice(counterCount: 4)
    let counters = counters(office)
    let path: [TicketState: [TicketAction]] = [
      .waiting: [], .called: [], .serving: [.start], .hold: [.hold], .noShow: [.noShow], .finished: [.start, .finish],
      .cancelled: [.cancel],
    ]
    for (index, state) in path.keys.sorted(by: { $0.rawValue < $1.rawValue }).enumerated() {
      let number = try await office.apply()
      let ticket = try await take(number, office)
      let counter = counters.office.counters[index % 4]
      let officer = OfficerID(Int64(index + 1))
      if state != .waiting {
        _ = try await counters.callNext(to: counter, by: .officer(officer, .clerk))
      }
      for action in path[state] ?? [] {
        try await counters.act(
          action, on: ticket.id, at: counter, by: .officer(officer, .clerk), ActionDetail(reason: "copy"))
      }
      try await end(number, office)
      let after = try await office.queue.ticket(ticket.code)
      switch state {
      case .waiting, .hold, .noShow:
        XCTAssertEqual(after?.state, .cancelled, "\(state)")
        XCTAssertEqual(after?.ending, .erased, "\(state)")
        XCTAssertEqual(after?.mayComeBack, false)
      default: XCTAssertEqual(after?.state, state, "who stands at a counter is told there")
      }
      let again = try await problem { try await self.take(number, office) }
      if state != .called && state != .serving { XCTAssertEqual(again, "queue.application-ended", "\(state)") }
      try await end(number, office)
      let close = DayClose(counters: counters)
      try await close.close(office.booking.today, by: .system("test"))
      try await close.reopen(office.booking.today, by: .officer(OfficerID(8), .supervisor))
    }
    await office.close()
  }

  func testAnEndedApplicationsAppointmentIsOffAndNoNewOneIsGiven() async throws {
    let office = try await BookingOffice()
    let number = try await office.apply()
    let booked = try await office.book([number])
    try await end(number, office)
    let after = try await office.bookings.appointment(booked.code)
    XCTAssertEqual(after?.state, .cancelled)
    let again = try await problem { try await office.book([number]) }
    XCTAssertEqual(again, "appointment.application-ended")
    await office.close()
  }

  func testAFamilyComesWithoutTheOneWhoseApplicationEnded() async throws {
    let office = try await BookingOffice(counterCount: 2)
    let (parent, child) = (try await office.apply(), try await office.apply())
    let family = try await office.book([parent, child], on: BookingOffice.monday, at: "09:00")
    try await end(child, office)
    office.clock.set(OfficeZone.wib.instant(BookingOffice.monday, CivilTime(minuteOfDay: 9 * 60)))
    let tickets = try await office.checkIns.checkIn(code: family.code, channel: .kiosk, language: .indonesian)
    XCTAssertEqual(tickets.map(\.application), [parent])
    await office.close()
  }

  // MARK: the calendar

  private func serving(_ body: (BookingOffice, ServedModule) async throws -> Void) async throws {
    try await BookingOffice.serving(rules: BookingOffice.plainRules, counterCount: 2, body)
  }

  func testTheFileOfACancelledAppointmentTakesTheEntryAway() async throws {
    try await serving { office, served in
      let booked = try await office.book([try await office.apply()], at: "08:30")
      func lines() async throws -> [String] {
        try await served.visitor().get("/janji/\(booked.code)/kalender").text.components(separatedBy: "\r\n")
      }
      let before = try await lines()
      XCTAssertTrue(before.contains("METHOD:PUBLISH"))
      XCTAssertTrue(before.contains("STATUS:CONFIRMED"))
      try await office.bookings.cancel(booked.code)
      let page = try await served.visitor().visit("/janji/\(booked.code)")
      XCTAssertEqual(page.faults, [])
      XCTAssertTrue(page.links.contains("/janji/\(booked.code)/kalender"))
      XCTAssertFalse(page.links.contains("/janji/\(booked.code)/ubah"))
      let after = try await lines()
      XCTAssertTrue(after.contains("METHOD:CANCEL"), "\(after)")
      XCTAssertTrue(after.contains("STATUS:CANCELLED"))
      XCTAssertFalse(after.contains("BEGIN:VALARM"))
      let value = { (name: String, lines: [String]) in lines.first { $0.hasPrefix(name) } }
      XCTAssertEqual(value("UID:", after), value("UID:", before))
      XCTAssertEqual(value("ORGANIZER:", after), "ORGANIZER:https://antre.example.go.id/")
      let sequence = { (lines: [String]) in value("SEQUENCE:", lines).flatMap { Int($0.dropFirst(9)) } }
      XCTAssertGreaterThan(try XCTUnwrap(sequence(after)), try XCTUnwrap(sequence(before)))
    }
  }

  // MARK: a day on which the office is closed

  func testAnAppointmentOnADayThatIsClosedSaysSoAndMovesWithoutBeingCounted() async throws {
    try await serving { office, served in
      let tuesday = BookingOffice.monday.adding(days: 1)
      let booked = try await office.book([try await office.apply()], on: tuesday, at: "08:30")
      let visitor = served.visitor()
      let fine = try await visitor.visit("/janji/\(booked.code)")
      XCTAssertFalse(fine.text.contains("Kantor tutup pada waktu janji temu ini"))
      office.hours.close(tuesday)
      let page = try await visitor.visit("/janji/\(booked.code)")
      XCTAssertEqual(page.faults, [])
      XCTAssertTrue(page.text.contains("Kantor tutup pada waktu janji temu ini"), page.text)
      XCTAssertTrue(page.links.contains("/janji/\(booked.code)/ubah"))
      XCTAssertFalse(page.links.contains("/janji/\(booked.code)/kalender"), "nobody should put it into a calendar")
      let moved = try await office.bookings.move(
        booked.code, to: tuesday.adding(days: 2), halfHour: CivilTime(minuteOfDay: 600))
      XCTAssertEqual(moved.moves, 0)
      XCTAssertEqual(moved.sequence, booked.sequence + 1)
      let after = try await visitor.visit("/janji/\(booked.code)")
      XCTAssertFalse(after.text.contains("Kantor tutup pada waktu janji temu ini"))
      XCTAssertTrue(after.links.contains("/janji/\(booked.code)/kalender"))
    }
  }

  func testAnAppointmentOfADayThatClosesEarlySaysSoAndMovesWithoutBeingCounted() async throws {
    try await serving { office, served in
      let tuesday = BookingOffice.monday.adding(days: 1)
      let booked = try await office.book([try await office.apply()], on: tuesday, at: "09:00")
      let missed = try await office.book([try await office.apply()], on: tuesday, at: "08:00")
      let visitor = served.visitor()
      let path = "/janji/\(booked.code)"
      office.clock.set(OfficeZone.wib.instant(tuesday, try XCTUnwrap(CivilTime("08:20"))))
      let counters = CounterService(
        store: office.store, clock: office.clock, zone: .wib, office: office.booking.office,
        rules: RulesInForce(QueueRules(), directory: nil), tracking: nil, ledger: nil)
      try await DayClose(counters: counters).close(tuesday, by: .officer(OfficerID(8), .supervisor))
      let words = try BookingOffice.locales().words(.indonesian)
      let title = words("appointment.day-closed.title")
      let page = try await visitor.visit(path)
      XCTAssertEqual(page.faults, [])
      XCTAssertTrue(page.text.contains(title), page.text)
      XCTAssertTrue(page.text.contains(words("appointment.called-off.move")))
      XCTAssertTrue(page.links.contains("\(path)/ubah"))
      XCTAssertFalse(page.links.contains("\(path)/kalender"))
      let own = try await visitor.visit("/janji/\(missed.code)")
      XCTAssertFalse(own.text.contains(title), "whose time was over before had missed it")
      try await DayClose(counters: counters).reopen(tuesday, by: .officer(OfficerID(8), .supervisor))
      let again = try await visitor.visit(path)
      XCTAssertFalse(again.text.contains(title))
      try await DayClose(counters: counters).close(tuesday, by: .officer(OfficerID(8), .supervisor))
      let moved = try await office.bookings.move(
        booked.code, to: tuesday.adding(days: 2), halfHour: CivilTime(minuteOfDay: 600))
      XCTAssertEqual(moved.moves, 0)
    }
  }

  func testWhoseAppointmentTheOfficeCalledOffIsNotToldTheNextDayToHaveMissedIt() async throws {
    try await serving { office, served in
      let tuesday = BookingOffice.monday.adding(days: 1)
      let booked = try await office.book([try await office.apply()], on: tuesday, at: "09:00")
      office.clock.set(OfficeZone.wib.instant(tuesday, try XCTUnwrap(CivilTime("08:20"))))
      try await office.store.write { transaction in
        _ = try ClosedDayTable.close(tuesday, at: office.clock.now, in: transaction)
      }
      office.clock.set(OfficeZone.wib.instant(tuesday.adding(days: 1), try XCTUnwrap(CivilTime("08:20"))))
      try await office.tidy()
      let page = try await served.visitor().visit("/janji/\(booked.code)")
      let words = try BookingOffice.locales().words(.indonesian)
      for said in ["appointment.day-closed.title", "appointment.called-off.over"] as [MessageKey] {
        XCTAssertTrue(page.text.contains(words(said)), page.text)
      }
      XCTAssertTrue(page.links.contains("/janji"))
      XCTAssertFalse(page.links.contains { $0.hasSuffix("/ubah") })
    }
  }

  func testAnAppointmentOutsideTheHoursOfAShortenedDayIsCalledOffToo() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()], at: "09:00")
    XCTAssertFalse(office.booking.isCalledOff(booked))
    office.hours.set("08:00", "09:00")
    XCTAssertTrue(office.booking.isCalledOff(booked))
    office.hours.set("09:00", "10:00")
    XCTAssertFalse(office.booking.isCalledOff(booked))
    await office.close()
  }
}
