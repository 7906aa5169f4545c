import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue
@testable import Stops

/// Nobody is told what is not so: display and ticket while nobody is called, no number is given or the day is over.
final class ToldTests: XCTestCase {
  private let words = try? QueueHall.locales().words(.indonesian)

  // MARK: the display

  func testNearClosingTheDisplaySaysThatNumbersHaveEnded() async throws {
    let hall = try await office("15:50")
    try await hall.openCounters()
    let text = try display(try await hall.snapshot(), hall)
    XCTAssertTrue(text.contains("Nomor untuk hari ini sudah tidak diberikan lagi."), text)
    XCTAssertFalse(text.contains("Belum ada panggilan"), text)
    await hall.close()
  }

  func testAClosedDisplayInvitesNobody() async throws {
    let hall = try await office("15:30")
    try await hall.openCounters()
    _ = try await hall.take()
    hall.clock.advance(by: .minutes(31))
    let snapshot = try await hall.snapshot()
    XCTAssertEqual(
      try display(snapshot, hall).filter { $0 != "\n" },
      "TutupKantor sudah tutup hari ini.Buka lagi Selasa, 24 November 2026, pukul 08.00 WIB.")
    await hall.close()
  }

  /// The hours end without anything happening in the hall: a page that is fetched in another minute reads it anew.
  func testADisplayThatIsLoadedAgainFollowsTheHoursAtTheMinute() async throws {
    let hall = try await office("15:59")
    try await hall.openCounters()
    let live = try hall.live()
    let displays = try hall.displays(live)
    let feed = try hall.feed(live)
    try await feed.start()
    XCTAssertEqual(displays.board(of: nil)?.isClosed, false)
    hall.clock.advance(by: .minutes(1))
    try await live.catchUp()
    XCTAssertEqual(displays.board(of: nil)?.isClosed, true)
    feed.stop()
    await hall.close()
  }

  // MARK: pauses

  func testWhileTheOnlyCounterPausesNobodyIsToldToGetReady() async throws {
    let hall = try await office("09:00", counterCount: 1)
    try await hall.openCounters()
    let ticket = try await hall.take()
    try await hall.counters.pause(
      hall.office.counters[0], by: .officer(OfficerID(1), .clerk), named: nil, reason: PauseReason.prayer.rawValue)
    let paused = try await told(ticket, hall)
    XCTAssertTrue(paused.contains("sedang jeda: salat."), paused)
    XCTAssertFalse(paused.contains("segera dipanggil") || paused.contains("Anda berikutnya"), paused)
    let snapshot = try await hall.snapshot()
    let board = try display(snapshot, hall)
    XCTAssertFalse(board.contains(ticket.number), board)
    XCTAssertTrue(board.contains("Semua loket sedang jeda: salat."), board)
    try await hall.openCounters()
    let open = try await told(ticket, hall)
    XCTAssertTrue(open.contains("Anda berikutnya"), open)
    // An errand is the office's own affair.
    try await hall.counters.pause(
      hall.office.counters[0], by: .officer(OfficerID(1), .clerk), named: nil, reason: PauseReason.errand.rawValue)
    let errand = try await told(ticket, hall)
    XCTAssertTrue(errand.contains("sedang jeda."), errand)
    await hall.close()
  }

  func testOfTwoCountersOneMayPause() async throws {
    let hall = try await office("09:00", counterCount: 2)
    try await hall.openCounters()
    let ticket = try await hall.take()
    try await hall.counters.pause(
      hall.office.counters[0], by: .officer(OfficerID(1), .clerk), named: nil, reason: PauseReason.rest.rawValue)
    let text = try await told(ticket, hall)
    XCTAssertTrue(text.contains("Anda berikutnya"), text)
    await hall.close()
  }

  func testWhoWasSentToADesertedCounterIsToldOfThatCounter() async throws {
    let hall = try await office("09:00", counterCount: 2)
    try await hall.openCounters(1)
    let ticket = try await hall.take()
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, ticket.id)
    try await hall.act(.start, on: ticket.id, at: 1)
    try await hall.act(
      .transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(2), keepsPosition: true, isConfirmed: true))
    let text = try await told(ticket, hall)
    XCTAssertTrue(text.contains("Belum ada petugas di loket 2."), text)
    XCTAssertFalse(text.contains("Belum ada loket yang melayani layanan ini"), text)
    XCTAssertEqual(text.components(separatedBy: "Anda dialihkan ke loket 2").count, 2, text)
    await hall.close()
  }

  // MARK: closing early

  func testAnOfficeThatClosesEarlySaysSoOnTheDisplayAndOnTheTicketsOfThoseWhoAreStillToCome() async throws {
    let hall = try await office("09:00", counterCount: 1)
    try await hall.openCounters()
    let first = try await hall.take()
    let waiting = try await hall.take()
    let span = OpeningSpan(from: try XCTUnwrap(CivilTime("14:00")), to: StopPeriod.endOfDay)
    try await hall.stops.stop(
      StopOrder(service: nil, span: span, reason: StopReason(cause: .ceremony), submission: "14"),
      by: .officer(OfficerID(9), .supervisor))
    try await hall.stops.stop(
      StopOrder(
        service: QueueHall.permit, span: OpeningSpan(from: try XCTUnwrap(CivilTime("11:00")), to: span.to),
        reason: StopReason(cause: .system), submission: "11"), by: .officer(OfficerID(9), .supervisor))
    _ = try await hall.next(1)
    try await hall.act(.start, on: first.id, at: 1)
    let said = "Kantor tidak melayani hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan."
    let board = try display(try await hall.snapshot(), hall)
    XCTAssertTrue(board.contains(said), board)
    let ticket = try await told(waiting, hall)
    XCTAssertTrue(ticket.contains(said), ticket)
    XCTAssertFalse(ticket.contains("gangguan sistem"), "another service's stop")
    let served = try await told(first, hall)
    XCTAssertFalse(served.contains(said), served)
    try await hall.act(
      .hold, on: first.id, at: 1, ActionDetail(reason: HoldReason.copy.rawValue, holdMinutes: 15))
    let held = try await told(first, hall)
    XCTAssertTrue(held.contains(said), "who is to come back")
    let displays = try hall.displays(try hall.live())
    let terminals = try XCTUnwrap(displays.boards(of: nil))
    displays.show(QueueSnapshot(try await hall.snapshot()))
    displays.stop()
    var lines: [String] = []
    for await shown in terminals { lines = shown.ticker.map { $0[.indonesian] } }
    XCTAssertTrue(lines.contains(said), "\(lines)")
    await hall.close()
  }

  // MARK: tickets that ended or are set aside

  /// The day after is stopped, too: all faces name the one after it.
  func testAClosedDaysTicketNamesTheNextOpening() async throws {
    let hall = try await office("10:00", counterCount: 1)
    try await hall.openCounters()
    let ticket = try await hall.take()
    let tomorrow = OfficeZone.wib.date(of: hall.clock.now).adding(days: 1)
    let order = StopOrder(
      service: nil, span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay), firstDay: tomorrow,
      reason: StopReason(cause: .power), submission: "stop")
    try await hall.stops.stop(order, by: .officer(OfficerID(9), .supervisor))
    try await hall.store.write {
      _ = try DayClose(counters: hall.counters)
        .close(OfficeZone.wib.date(of: hall.clock.now), by: .system("queue"), in: $0)
    }
    let text = try await told(ticket, hall)
    XCTAssertTrue(text.contains("Buka lagi Rabu, 25 November 2026, pukul 08.00 WIB."), text)
    XCTAssertFalse(text.contains("hari kerja berikutnya") || text.contains("memanggil Anda"), text)
    await hall.close()
  }

  func testAHeldTicketSaysUntilWhenAndWhatToDo() async throws {
    let hall = try await office("09:00", counterCount: 1)
    try await hall.openCounters()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.start, on: ticket.id, at: 1)
    try await hall.act(
      .hold, on: ticket.id, at: 1, ActionDetail(reason: HoldReason.copy.rawValue, holdMinutes: 15))
    let text = try await told(ticket, hall)
    XCTAssertTrue(text.contains("ditunda sampai pukul 09.15"), text)
    XCTAssertTrue(text.contains("Fotokopi dokumen Anda"), text)
    await hall.close()
  }

  func testNobodyIsOfferedToComeBackToAClosedOffice() async throws {
    let hall = try await office("15:50", counterCount: 1, takenAt: "15:40")
    _ = try await hall.next(1)
    let called = try await hall.snapshot().calls
    XCTAssertEqual(called.count, 1)
    let ticket = try await hall.store.read { try TicketTable.inHand(of: 1, in: $0) }
    let id = try XCTUnwrap(ticket?.id)
    for _ in 1..<3 { try await hall.act(.recall, on: id, at: 1) }
    try await hall.act(.noShow, on: id, at: 1)
    let code = try await hall.record(id).code
    let open = try await hall.queue.ticket(code)
    XCTAssertEqual(open?.mayComeBack, true)
    hall.clock.advance(by: .minutes(10))
    let closed = try await hall.queue.ticket(code)
    XCTAssertEqual(closed?.mayComeBack, false)
    for (language, button) in [(Language.indonesian, "“Saya sudah hadir”"), (.english, "“I am here now”")] {
      let words = try QueueHall.locales().words(language)
      for (ticket, isOffered) in [(open, true), (closed, false)] {
        let page = TicketNow(ticket: try XCTUnwrap(ticket), words: words, zone: .wib).node.plainText
        XCTAssertEqual(page.contains(button), isOffered, page)
      }
    }
    await hall.close()
  }

  // MARK: officers

  /// Between two quarters more waited than at the end of either.
  func testTheCourseOfTheDayKnowsWhenMostWaited() async throws {
    let hall = try await office("09:01", counterCount: 1)
    try await hall.openCounters()
    for _ in 0..<3 { _ = try await hall.take() }
    hall.clock.advance(by: .minutes(1))
    for _ in 0..<2 {
      let called = try await hall.next(1)
      let id = try XCTUnwrap(called?.id)
      try await hall.act(.start, on: id, at: 1)
      try await hall.act(.finish, on: id, at: 1)
    }
    let day = OfficeZone.wib.date(of: hall.clock.now)
    let course = try await hall.store.read { try DayCourse.read(on: day, zone: .wib, in: $0) }
    XCTAssertEqual(course.points.map(\.waiting), [1])
    XCTAssertEqual(course.peak, DayCourse.Peak(minuteOfDay: 9 * 60 + 1, waiting: 3))
    await hall.close()
  }

  func testACounterIsToldWhetherThoseWhoWaitMayStillBeCalled() throws {
    let state = { (office: Availability, closedDay: Availability?) in
      CounterHallState(closedDay: closedDay, stops: [], office: office, servesNothing: false)
    }
    let stopped = Availability.stopped(reason: StopReason(cause: .power), resumesAt: nil, next: nil)
    XCTAssertEqual(state(.open(counters: [1], until: nil), nil).freeText, "queue.console.free-text")
    XCTAssertEqual(state(stopped, nil).freeText, "queue.console.free-stopped")
    XCTAssertEqual(state(.over(next: nil), nil).freeText, "queue.console.free-over")
    XCTAssertEqual(state(.over(next: nil), .over(next: nil)).freeText, "queue.console.free-day-closed")
  }

  // MARK: the hall

  private func office(
    _ time: String, counterCount: Int = 2, takenAt early: String? = nil
  ) async throws -> QueueHall {
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    let start = try XCTUnwrap(CivilTime(early ?? time))
    let hall = try await QueueHall(
      at: OfficeZone.wib.instant(day, start), counterCount: counterCount, openings: ShippedDays())
    if early != nil {
      try await hall.openCounters()
      _ = try await hall.take()
      let later = OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime(time)))
      hall.clock.advance(by: later - hall.clock.now)
    }
    return hall
  }

  private func told(_ ticket: Ticket, _ hall: QueueHall) async throws -> String {
    let now = try await hall.queue.ticket(ticket.code)
    return TicketNow(ticket: try XCTUnwrap(now), words: try XCTUnwrap(words), zone: .wib).node.plainText
  }

  private func display(_ snapshot: HallSnapshot, _ hall: QueueHall) throws -> String {
    BoardView(
      board: snapshot.board(of: .wholeHall, in: hall.office), words: try XCTUnwrap(words), zone: .wib
    ).node.plainText
  }
}
