import Contracts
import Core
import Foundation
import HTML
import Store
import XCTest

@testable import Appointments
@testable import Displays
@testable import Forecast
@testable import Queue
@testable import Stops
@testable import Vault

/// Whom a supervisor's stop hits, and what it takes from the slots of its days.
final class StopHitTests: XCTestCase {
  func testAStoppedServiceGivesNoNumbersSaysWhyAndGoesOnWhenItIsTakenBack() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let waiting = try await take(BookingOffice.passport, at: office)
    let stop = try await office.stops.stop(
      order(of: BookingOffice.passport, .system), by: .officer(OfficerID(8), .supervisor))
    let refusal = await refusal { try await self.take(BookingOffice.passport, at: office) }
    guard case .stopped(let reason, nil, .some)? = refusal?.availability else {
      return XCTFail("\(String(describing: refusal))")
    }
    XCTAssertEqual(reason.cause, .system)
    _ = try await take(BookingOffice.permit, at: office)
    let told = try await office.queue.ticket(waiting.code)
    XCTAssertNil(told?.waitMinutes)
    for (language, cause) in [(Language.indonesian, "gangguan sistem"), (.english, "system failure")] {
      let words = try BookingOffice.locales().words(language)
      let page = TicketNow(ticket: try XCTUnwrap(told), words: words, zone: .wib).node.plainText
      XCTAssertTrue(page.contains(cause), page)
      let board = try await office.queue.snapshot().board(of: .wholeHall, in: office.booking.office)
      XCTAssertTrue(BoardView(board: board, words: words, zone: .wib).node.plainText.contains(cause))
    }
    try await office.stops.lift(stop.id, by: .officer(OfficerID(9), .supervisor))
    _ = try await take(BookingOffice.passport, at: office)
    let kinds = try await office.store.journal.events(after: 0, limit: 100).map(\.kind.description)
      .filter { $0.hasPrefix("service.") && $0 != "service.unattended" }
    XCTAssertEqual(kinds, ["service.stopped", "service.resumed"])
    let ledger = try await office.store.read { snapshot in
      (
        try office.vault.entries(of: .serviceStop, limit: 5, in: snapshot),
        try office.vault.entries(of: .serviceResumption, limit: 5, in: snapshot)
      )
    }
    XCTAssertEqual(ledger.0.first?.principal, "officer:8:supervisor")
    XCTAssertEqual(ledger.0.first?.facts["cause"], "system")
    XCTAssertEqual(ledger.1.first?.principal, "officer:9:supervisor")
    await office.close()
  }

  func testAStopOfTheOfficePlannedForALaterDayIsToldAmongTheClosures() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let tomorrow = BookingOffice.monday.adding(days: 1)
    let noon = try XCTUnwrap(CivilTime("09:00"))
    for (days, service, from) in [
      (1, nil, CivilTime(minuteOfDay: 0)), (2, nil, noon), (3, BookingOffice.passport, CivilTime(minuteOfDay: 0)),
      (5, nil, CivilTime(minuteOfDay: 0)),
    ] as [(Int, ServiceCode?, CivilTime)] {
      let day = BookingOffice.monday.adding(days: days)
      _ = try await office.stops.stop(
        StopOrder(
          service: service, span: OpeningSpan(from: from, to: StopPeriod.endOfDay), firstDay: day, lastDay: day,
          reason: StopReason(cause: .ceremony), submission: "henti-\(days)"), by: .officer(OfficerID(8), .supervisor))
    }
    let closures = try await office.queue.snapshot().closures
    let eight = try XCTUnwrap(CivilTime("08:00"))
    XCTAssertEqual(
      closures,
      [
        PlannedClosure(day: tomorrow, hours: [], reason: StopReason(cause: .ceremony)),
        PlannedClosure(
          day: tomorrow.adding(days: 1), hours: [OpeningSpan(from: eight, to: noon)],
          reason: StopReason(cause: .ceremony)),
      ], "one service's stop closes no office, and on a Saturday nothing is closed that would be open")
    await office.close()
  }

  func testTheStopLandsOnThePlacesOfTheDayAndOnThoseWhoHaveThem() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let today = BookingOffice.monday
    let before = try await office.free(on: today)
    let booked = try await office.book([try await office.apply()], on: today, at: "09:00")
    let held = try await office.hold([try await office.apply()], on: today, at: "09:30")
    let stop = try await office.stops.stop(
      order(of: nil, .weather, from: "08:30", to: "10:00"), by: .officer(OfficerID(8), .supervisor))
    let left = try await office.free(on: today)
    XCTAssertLessThan(left, before)
    let overview = try await office.stops.overview()
    XCTAssertEqual(overview.visits.map(\.number), [booked.number], "who only holds a slot has booked nothing yet")
    let hit = try await office.bookings.stop(hitting: booked)
    XCTAssertEqual(hit, stop)
    do {
      _ = try await office.bookings.confirm(held.code)
      XCTFail("a slot in the stop was confirmed")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "appointment.stopped")
    }
    office.clock.set(OfficeZone.wib.instant(today, CivilTime(minuteOfDay: 8 * 60 + 55)))
    do {
      _ = try await office.checkIns
        .checkIn(code: booked.code, channel: .kiosk, language: .indonesian)
      XCTFail("somebody was let in while the office is stopped")
    } catch let refusal as Unavailable {
      XCTAssertFalse(refusal.availability.takesArrivals)
    }
    try await office.stops.lift(stop.id, by: .officer(OfficerID(8), .supervisor))
    let none = try await office.bookings.stop(hitting: booked)
    XCTAssertNil(none)
    let tickets = try await office.checkIns
      .checkIn(code: booked.code, channel: .kiosk, language: .indonesian)
    XCTAssertEqual(tickets.count, 1)
    await office.close()
  }

  func testAStopUntilAnotherDayHoldsForTheHoursOfEachDayAndTakesTheirPlaces() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let (today, tomorrow) = (BookingOffice.monday, BookingOffice.monday.adding(days: 1))
    let before = try await office.free(on: tomorrow)
    let hit = try await office.book([try await office.apply()], on: tomorrow, at: "08:30")
    let spared = try await office.book([try await office.apply()], on: tomorrow, at: "09:30")
    let stop = try await office.stops.stop(
      order(of: BookingOffice.passport, .system, from: "09:00", to: "09:00", lastDay: tomorrow),
      by: .officer(OfficerID(8), .supervisor))

    let overview = try await office.stops.overview()
    XCTAssertEqual(overview.visits.map(\.number), [hit.number])
    let (none, found) = (try await office.bookings.stop(hitting: spared), try await office.bookings.stop(hitting: hit))
    XCTAssertNil(none)
    XCTAssertEqual(found?.id, stop.id)
    let left = try await office.free(on: tomorrow)
    XCTAssertLessThan(left, before - 2, "slots in the stop can be had")
    for (day, time, expected) in [
      (today, "08:30", nil),
      (
        today, "09:30",
        Availability.stopped(
          reason: stop.reason, resumesAt: nil, next: NextOpening(day: tomorrow, time: try XCTUnwrap(CivilTime("09:00")))
        )
      ),
      (tomorrow, "08:30", .stopped(reason: stop.reason, resumesAt: CivilTime("09:00"), next: nil)),
      (tomorrow, "09:30", nil),
    ] {
      office.clock.set(OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime(time))))
      let availability = try await office.queue.availability()
      if let expected {
        XCTAssertEqual(availability[BookingOffice.passport], expected, "\(day) \(time)")
      } else {
        XCTAssertFalse(availability[BookingOffice.passport].isStopped, "\(day) \(time)")
      }
      XCTAssertFalse(availability[BookingOffice.permit].isStopped, "\(day) \(time)")
    }
    office.clock.set(Self.morning)
    try await office.stops.lift(stop.id, by: .officer(OfficerID(8), .supervisor))
    let again = try await office.free(on: tomorrow)
    XCTAssertEqual(again, before - 2)
    await office.close()
  }

  func testAStopCanBeGivenForADayAheadAndForHoursOfItAndIsTakenBackBeforeItBegins() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let (today, tomorrow) = (BookingOffice.monday, BookingOffice.monday.adding(days: 1))
    let waiting = try await take(BookingOffice.passport, at: office)
    let (before, freeToday) = (try await office.free(on: tomorrow), try await office.free(on: today))
    let stop = try await office.stops.stop(
      order(of: nil, .power, from: "09:00", to: "10:00", firstDay: tomorrow), by: .officer(OfficerID(8), .supervisor))
    XCTAssertEqual(
      stop.period,
      StopPeriod(
        first: tomorrow, from: try XCTUnwrap(CivilTime("09:00")), last: tomorrow, to: try XCTUnwrap(CivilTime("10:00")))
    )
    let left = try await office.free(on: tomorrow)
    XCTAssertLessThan(left, before)
    let leftToday = try await office.free(on: today)
    XCTAssertEqual(leftToday, freeToday, "today goes on as it was")
    let now = try await office.queue.availability()
    XCTAssertFalse(now.office.isStopped)
    let overview = try await office.stops.overview()
    XCTAssertEqual(overview.stops.map(\.id), [stop.id])
    XCTAssertTrue(overview.tickets.isEmpty, "\(waiting.number) waits today")
    for (time, isStopped) in [("08:30", false), ("09:30", true), ("10:30", false)] {
      office.clock.set(OfficeZone.wib.instant(tomorrow, try XCTUnwrap(CivilTime(time))))
      let then = try await office.queue.availability()
      XCTAssertEqual(then.office.isStopped, isStopped, time)
    }
    office.clock.set(Self.morning)
    try await office.stops.lift(stop.id, by: .officer(OfficerID(8), .supervisor))
    let again = try await office.free(on: tomorrow)
    XCTAssertEqual(again, before)
    for wrong in [
      order(of: nil, .power, firstDay: today.adding(days: -1)),
      order(of: nil, .power, lastDay: today, firstDay: tomorrow),
      order(of: nil, .power, firstDay: today.adding(days: StoppingService.dayCountMax)),
      order(of: nil, .power, from: "10:00", to: "09:00", firstDay: tomorrow),
    ] {
      let refused = try await problem { try await office.stops.stop(wrong, by: .officer(OfficerID(8), .supervisor)) }
      XCTAssertEqual(refused, "queue.stop-times")
    }
    await office.close()
  }

  func testWhoIsHitByAStopMovesBeyondTheLimitAtNoCost() async throws {
    let office = try await BookingOffice(at: Self.morning)
    let days = (1...3).map { BookingOffice.monday.adding(days: $0) }
    let first = try await office.book([try await office.apply()], on: days[1], at: "08:30")
    let moved = try await office.bookings.move(first.code, to: days[0], halfHour: try XCTUnwrap(CivilTime("08:30")))
    XCTAssertEqual(moved.moves, office.booking.rules.now.movesMax)
    XCTAssertFalse(office.booking.canMove(moved, despite: nil), "nothing is left to test")
    try await office.stops.stop(
      order(of: nil, .weather, to: "10:00", lastDay: days[0]), by: .officer(OfficerID(8), .supervisor))
    let overview = try await office.stops.overview()
    XCTAssertEqual(overview.visits.map(\.canMove), [true])
    let after = try await office.bookings.move(first.code, to: days[2], halfHour: try XCTUnwrap(CivilTime("09:00")))
    XCTAssertEqual(after.day, days[2])
    XCTAssertEqual(after.moves, moved.moves)
    let hit = try await office.bookings.stop(hitting: after)
    XCTAssertNil(hit)
    XCTAssertFalse(office.booking.canMove(after, despite: hit.map { .stop($0) }))
    await office.close()
  }

  /// Monday, 23 November 2026, 08.00 WIB.
  private static let morning = BookingOffice.morning

  private func order(
    of service: ServiceCode?, _ cause: StopReason.Cause, from: String = "08:00", to: String? = nil,
    lastDay: CivilDate? = nil, firstDay: CivilDate? = nil
  ) -> StopOrder {
    StopOrder(
      service: service,
      span: OpeningSpan(
        from: CivilTime(from) ?? StopPeriod.endOfDay, to: to.flatMap { CivilTime($0) } ?? StopPeriod.endOfDay),
      firstDay: firstDay, lastDay: lastDay, reason: StopReason(cause: cause), submission: UUID().uuidString)
  }

  private func take(_ service: ServiceCode, at office: BookingOffice) async throws -> Ticket {
    try await office.queue.takeNumber(
      TicketRequest(
        service: service, application: nil, needs: Needs(), channel: .kiosk, submission: UUID().uuidString))
  }

  private func refusal(_ work: () async throws -> Ticket) async -> Unavailable? {
    do {
      _ = try await work()
      return nil
    } catch {
      return error as? Unavailable
    }
  }
}
