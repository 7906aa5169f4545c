import Contracts
import Core
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue

/// What is decided about a real hall: in the transaction that draws a number, on the tickets, and for every face.
final class AvailabilityTests: XCTestCase {
  // MARK: numbers

  func testNoNumberIsDrawnOnASundayOnAHolidayAtNightNorBeforeTheDoorFills() async throws {
    for (day, time, isClosed) in [
      ("2026-11-29", "10:00", true), ("2026-12-25", "10:00", true), ("2026-11-23", "20:00", false),
      ("2026-11-23", "05:30", false), ("2026-11-23", "15:45", false),
    ] {
      let hall = try await office(at: day, time)
      try await hall.openCounters()
      let refusal = await refusal { try await hall.take() }
      let availability = try XCTUnwrap(refusal?.availability, "\(day) \(time)")
      if case .closed = availability { XCTAssertTrue(isClosed) } else { XCTAssertFalse(isClosed, "\(availability)") }
      let drawn = try await hall.store.read { try $0.value("SELECT count(*) FROM queue_ticket") as Int? }
      XCTAssertEqual(drawn, 0, "\(day) \(time)")
      await hall.close()
    }
  }

  func testTheNextOpeningLeapsOverWeekendsAndHolidays() async throws {
    let friday = try await office(at: "2026-11-27", "17:00")
    let monday = NextOpening(day: try day("2026-11-30"), time: clock("08:00"))
    let weekend = try await friday.queue.availability().office
    XCTAssertEqual(weekend, .over(next: monday))
    await friday.close()
    // Collective leave on Thursday, Christmas on Friday, then the weekend.
    let leave = try await office(at: "2026-12-24", "09:00")
    let after = NextOpening(day: try day("2026-12-28"), time: clock("08:00"))
    let closed = try await leave.queue.availability().office
    XCTAssertEqual(closed, .closed(reason: ShippedDays.leave, next: after))
    let indonesian = try QueueHall.locales().words(.indonesian)
    XCTAssertEqual(closed.title(indonesian, in: .wib), "Hari ini kantor tutup: Cuti bersama.")
    XCTAssertEqual(closed.text(indonesian, in: .wib), "Buka lagi Senin, 28 Desember 2026, pukul 08.00 WIB.")
    await leave.close()
  }

  func testARepeatedRequestGetsItsNumberAlsoAfterTheLastAdmission() async throws {
    let hall = try await office(at: "2026-11-23", "15:40")
    try await hall.openCounters()
    let ticket = try await hall.take(submission: "once")
    hall.clock.advance(by: .minutes(10))
    let again = try await hall.take(submission: "once")
    XCTAssertEqual(again.id, ticket.id)
    let refused = await refusal { try await hall.take() }
    XCTAssertNotNil(refused)
    await hall.close()
  }

  func testWhoCouldNotBeCalledBeforeClosingGetsNoNumberAndWhoComesFirstDoes() async throws {
    let hall = try await office(at: "2026-11-23", "15:00", counterCount: 1)
    try await hall.openCounters()
    var given = 0
    var refused: Unavailable?
    // Ten minutes each until four o'clock: not even a dozen.
    while refused == nil, given < 30 {
      refused = await refusal { try await hall.take() }
      if refused == nil { given += 1 }
    }
    guard case .pastAdmission(_, .forecast, _)? = refused?.availability else {
      return XCTFail("\(String(describing: refused)) after \(given)")
    }
    XCTAssertTrue((4...12).contains(given), "\(given)")
    let priority = try await hall.take(priority: true)
    XCTAssertTrue(priority.isPriority, "the priority line is asked for its own forecast")
    await hall.close()
  }

  func testAServiceThatNoCounterIsAbleToServeIsNotOffered() async throws {
    let hall = try await office(at: "2026-11-23", "09:00", services: [1: [QueueHall.passport]])
    try await hall.openCounters()
    let refused = await refusal { try await hall.take(QueueHall.permit) }
    XCTAssertEqual(refused, Unavailable(service: QueueHall.permit, availability: .unservable))
    // A supervisor gives it to the counter.
    try await hall.counters.assign(
      hall.office.counters[0], services: [QueueHall.permit], by: .officer(OfficerID(8), .supervisor))
    let taken = try await hall.take(QueueHall.permit)
    XCTAssertEqual(taken.number, "B-001")
    await hall.close()
  }

  // MARK: estimates

  func testWithoutACounterATicketHasNoEstimateAndNoPromiseAndTheyComeWhenOneOpens() async throws {
    let hall = try await office(at: "2026-11-23", "09:00")
    let ticket = try await hall.take()
    XCTAssertNil(ticket.waitMinutes)
    XCTAssertNil(ticket.promise)
    XCTAssertEqual(ticket.availability?.isAlarming, true)
    let words = try QueueHall.locales().words(.indonesian)
    let page = TicketNow(ticket: ticket, words: words, zone: .wib).node.plainText
    XCTAssertFalse(page.contains("berikutnya"), page)
    XCTAssertTrue(page.contains("Belum ada loket"), page)
    try await hall.openCounters(1)
    let served = try await hall.queue.ticket(ticket.code)
    XCTAssertNotNil(served?.waitMinutes)
    XCTAssertEqual(served?.availability?.isServing, true)
    let after = TicketNow(ticket: try XCTUnwrap(served), words: words, zone: .wib).node.plainText
    XCTAssertTrue(after.contains("Anda berikutnya"), after)
    try await hall.close(1)
    let deserted = try await hall.queue.ticket(ticket.code)
    XCTAssertNil(deserted?.waitMinutes, "the counter closed again")
    await hall.close()
  }

  func testACounterForOtherServicesServesNobodyElse() async throws {
    let hall = try await office(
      at: "2026-11-23", "09:00", services: [1: [QueueHall.passport], 2: [QueueHall.permit]])
    try await hall.openCounters(1)
    let passport = try await hall.take()
    let permit = try await hall.take(QueueHall.permit)
    XCTAssertNotNil(passport.waitMinutes)
    XCTAssertNil(permit.waitMinutes)
    XCTAssertNil(permit.promise)
    let snapshot = try await hall.snapshot()
    XCTAssertEqual(snapshot.unattended, [QueueHall.permit: 1])
    await hall.close()
  }

  func testOnlyTheFirstWhoWaitsForNobodyRaisesTheAlarm() async throws {
    let hall = try await office(at: "2026-11-23", "09:00")
    for _ in 0..<3 { _ = try await hall.take() }
    let alarms = try await hall.store.read { snapshot in
      try snapshot.value("SELECT count(*) FROM store_events WHERE kind = 'service.unattended'") as Int?
    }
    XCTAssertEqual(alarms, 1)
    await hall.close()
  }

  func testOfEarlyComersAtTheDoorNobodyIsToldATime() async throws {
    let hall = try await office(at: "2026-11-23", "07:40")
    let ticket = try await hall.take()
    XCTAssertNil(ticket.waitMinutes)
    XCTAssertEqual(ticket.availability, .openingSoon(at: clock("08:00")))
    await hall.close()
  }

  // MARK: faces

  func testTheDisplaySaysWhyNobodyIsCalled() async throws {
    let hall = try await office(at: "2026-12-25", "10:00")
    let snapshot = try await hall.snapshot()
    let board = snapshot.board(of: .wholeHall, in: hall.office)
    for (language, name) in [(Language.indonesian, "Natal"), (.english, "Christmas")] {
      let text = BoardView(board: board, words: try QueueHall.locales().words(language), zone: .wib).node.plainText
      XCTAssertTrue(text.contains(name), text)
      XCTAssertTrue(text.contains("28"), text)
    }
    await hall.close()
  }

  func testEveryAvailabilityIsSaidInBothLanguages() throws {
    let next = NextOpening(day: CivilDate(dayNumber: 20_781), time: clock("08:00"))
    let reason = StopReason(cause: .power)
    let all: [Availability] = [
      .open(counters: [1], until: clock("16:00")), .open(counters: [1], until: nil), .unattended(until: nil),
      .paused(cause: nil, counters: [1], until: nil),
      .onBreak(resumesAt: clock("13:00"), counters: []), .onBreak(resumesAt: clock("13:00"), counters: [1]),
      .openingSoon(at: clock("08:00")), .beforeOpening(at: clock("08:00"), numbersFrom: clock("07:30")),
      .pastAdmission(closesAt: clock("16:00"), cause: .time, next: next),
      .pastAdmission(closesAt: clock("16:00"), cause: .forecast, next: next), .over(next: next), .over(next: nil),
      .closed(reason: nil, next: next), .closed(reason: ShippedDays.leave, next: next),
      .stopped(reason: reason, resumesAt: clock("10:00"), next: nil),
      .stopped(reason: reason, resumesAt: nil, next: next), .unservable,
    ]
    for language in [Language.indonesian, .english] {
      let words = try QueueHall.locales().words(language)
      for availability in all {
        for isOffice in [true, false] {
          let said = [
            availability.title(words, in: .wib, isOffice: isOffice),
            availability.text(words, in: .wib, isOffice: isOffice), availability.waitingText(words, in: .wib),
          ]
          for text in said {
            XCTAssertTrue(text.hasSuffix("."), "\(language): \(text)")
            XCTAssertFalse(text.contains("{") || text.contains("availability."), "\(language): \(text)")
          }
        }
      }
      for cause in Availability.PauseCause.allCases {
        let pause = Availability.paused(cause: cause, counters: [1], until: nil)
        XCTAssertFalse(pause.title(words, in: .wib).contains("availability."), cause.rawValue)
      }
      for cause in StopReason.Cause.allCases {
        XCTAssertFalse(StopReason(cause: cause).text(words).contains("availability."), cause.rawValue)
      }
    }
  }

  // MARK: the office

  private func office(
    at date: String, _ time: String, counterCount: Int = 2, services: [Int: [ServiceCode]] = [:]
  ) async throws -> QueueHall {
    try await QueueHall(
      at: OfficeZone.wib.instant(try day(date), clock(time)),
      counterCount: services.isEmpty ? counterCount : services.count, openings: ShippedDays(), services: services)
  }

  private func day(_ iso: String) throws -> CivilDate { try XCTUnwrap(CivilDate(iso: iso)) }

  private func clock(_ text: String) -> CivilTime { CivilTime(text) ?? CivilTime(minuteOfDay: 0) }

  private func refusal(_ work: () async throws -> Ticket) async -> Unavailable? {
    do {
      _ = try await work()
      return nil
    } catch let refusal as Unavailable {
      return refusal
    } catch {
      XCTFail("\(error)")
      return nil
    }
  }
}
