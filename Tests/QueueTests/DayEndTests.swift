import Contracts
import Core
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue

/// The day settles itself, some time after the office has closed.
final class DayEndTests: XCTestCase {
  /// 08.00 to 16.00 on working days.
  private struct Hours: OpeningTimesService {
    func openingTimes(on day: CivilDate) -> [OpeningSpan] {
      guard day.weekday <= 5 else { return [] }
      return [OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 960))]
    }

    func closure(on day: CivilDate) -> LocalizedText? { nil }
  }

  private func hall(
    at start: Instant = QueueHall.morning, grace: Int = 120, rules given: QueueRules = .shipped
  ) async throws -> QueueHall {
    var rules = given
    rules.closeGraceMinutes = grace
    // Up to the last minute a person may have a number that is still open.
    rules.admission = QueueRules.Admission(earlyMinutes: 240, lastMinutes: 0, isByForecast: false)
    return try await QueueHall(at: start, rules: rules, openings: Hours())
  }

  func testADayEndsItsGraceAfterClosingAndAClosedDayAtMidnight() async throws {
    let hall = try await hall()
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    let at = { (day: CivilDate, minute: Int) in OfficeZone.wib.instant(day, CivilTime(minuteOfDay: minute)) }
    XCTAssertEqual(hall.dayEnd.latest(at: at(monday, 480)), monday.adding(days: -1))
    XCTAssertEqual(hall.dayEnd.latest(at: at(monday, 960)), monday.adding(days: -1))
    XCTAssertEqual(hall.dayEnd.latest(at: at(monday, 1079)), monday.adding(days: -1))
    XCTAssertEqual(hall.dayEnd.latest(at: at(monday, 1080)), monday)
    XCTAssertEqual(hall.dayEnd.latest(at: at(monday.adding(days: 1), 0)), monday)
    let sunday = monday.adding(days: 6)
    XCTAssertEqual(hall.dayEnd.latest(at: at(sunday, 1439)), sunday.adding(days: -1))
    XCTAssertEqual(hall.dayEnd.latest(at: at(sunday.adding(days: 1), 0)), sunday)
    let long = try await self.hall(grace: 480)
    XCTAssertEqual(long.dayEnd.latest(at: at(monday, 1439)), monday.adding(days: -1))
    XCTAssertEqual(long.dayEnd.latest(at: at(monday.adding(days: 1), 0)), monday, "no day reaches into the next")
    await hall.close()
    await long.close()
  }

  func testAClosedDayInvitesNobodyEmptiesTheDisplayAndNamesTheNextOpening() async throws {
    let hall = try await hall()
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    let feed = try hall.feed()
    try await feed.start()
    try await hall.openCounters()
    _ = try await hall.take()
    _ = try await hall.next(1)
    let close = DayClose(counters: hall.counters)
    let before = try await hall.snapshot().board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(before.calls.count, 1)
    var updates = feed.watch().makeAsyncIterator()
    try await close.close(monday, by: .officer(OfficerID(8), .supervisor))
    let next = NextOpening(day: monday.adding(days: 1), time: CivilTime(minuteOfDay: 480))
    let told = try await hall.queue.availability()
    XCTAssertEqual(told.office, .over(next: next))
    XCTAssertEqual(told[QueueHall.passport], .over(next: next))
    // The board that is pushed, long before it would be read by itself.
    while let update = await updates.next(), !update.office.isClosedForToday {}
    let board = feed.live.latest.board(of: .wholeHall, in: hall.office)
    XCTAssertEqual(board.calls, [])
    let words = try QueueHall.locales().words(.indonesian)
    XCTAssertTrue(
      BoardView(board: board, words: words, zone: .wib).node.plainText.contains(next.sentence(words, in: .wib)))
    do {
      _ = try await hall.take()
      XCTFail("a number was given on a closed day")
    } catch let refusal as Unavailable {
      XCTAssertEqual(refusal.availability, .over(next: next))
    }
    try await close.reopen(monday, by: .officer(OfficerID(8), .supervisor))
    _ = try await hall.take()
    hall.clock.advance(by: .hours(24))
    try await close.close(monday, by: .system("command"))
    _ = try await hall.take()
    feed.stop()
    await hall.close()
  }

  func testWhoTidiesUpBeforeTheOfficeOpensDoesNotCloseTheDayToCome() async throws {
    let hall = try await hall(at: QueueHall.morning - .minutes(30))
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    try await DayClose(counters: hall.counters).close(monday, by: .system("command"))
    _ = try await hall.take()
    await hall.close()
  }

  func testNumbersThatAreOpenWhenTheGraceIsOverEndWithWordsAndTheOneInHandDoesNot() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7) + .minutes(50))
    var tickets: [Ticket] = []
    for _ in 0..<4 { tickets.append(try await hall.take()) }
    _ = try await hall.next(1)
    try await hall.act(.start, on: tickets[0].id, at: 1)
    _ = try await hall.next(2)
    try await hall.act(.hold, on: tickets[1].id, at: 2, ActionDetail(reason: "copy"))
    hall.clock.advance(by: .minutes(129))
    let close = DayClose(counters: hall.counters)
    let early = try await close.catchUp(hall.dayEnd)
    XCTAssertEqual(early.total, 0)
    hall.clock.advance(by: .minutes(1))
    let settled = try await close.catchUp(hall.dayEnd)
    XCTAssertEqual(settled, DayClose.Settlement(cancelled: 3))
    let again = try await close.catchUp(hall.dayEnd)
    XCTAssertEqual(again, DayClose.Settlement())

    for ticket in tickets.dropFirst() {
      let ended = try await hall.queue.ticket(ticket.code)
      XCTAssertEqual(ended?.state, .cancelled)
      XCTAssertEqual(ended?.ending, .dayEnded)
      XCTAssertNil(ended?.promise)
      XCTAssertNil(ended?.waitMinutes)
    }
    let serving = try await hall.act(.finish, on: tickets[0].id, at: 1)
    XCTAssertEqual(serving.state, .finished, "an officer still served it")
    let posts = try await hall.store.read { try CounterPostTable.all(in: $0) }
    XCTAssertEqual(posts.map(\.number), [1], "the counter without anybody was closed")
    let events = try await hall.store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'hall.day-ended'") as Int?
    }
    XCTAssertEqual(events, 1)
    await hall.close()
  }

  /// 45 numbers of which 22 were served, hours after the office has closed.
  private func leaveMuch(_ hall: QueueHall) async throws -> [Ticket] {
    try await hall.openCounters(1)
    var tickets: [Ticket] = []
    for _ in 0..<45 { tickets.append(try await hall.take()) }
    for _ in 0..<22 {
      let called = try await hall.next(1)
      try await hall.act(.start, on: XCTUnwrap(called).id, at: 1)
      try await hall.act(.finish, on: XCTUnwrap(called).id, at: 1)
    }
    hall.clock.advance(by: .hours(4))
    return tickets
  }

  /// A person mistyped the closing time, or the machine's date is a day ahead.
  func testADayOfWhichMuchIsLeftWaitsUntilSomebodyHasLooked() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7))
    let round = HallRound(counters: hall.counters, dayEnd: hall.dayEnd, log: SilentLog())
    let tickets = try await leaveMuch(hall)
    try await round.once()
    let leftover = try XCTUnwrap(round.leftover, "23 of 45")
    XCTAssertEqual(leftover.numbers, DayLeftover.Part(left: 23, all: 45))
    XCTAssertTrue(leftover.sentence.contains("23 of 45 numbers"))
    let waiting = try await hall.record(tickets[44].id)
    XCTAssertEqual(waiting.state, .waiting, "nothing has ended")
    let posts = try await hall.store.read { try CounterPostTable.all(in: $0).map(\.state) }
    XCTAssertEqual(posts, [.open], "nor was the counter closed")

    let ended = try await round.endLeftover(by: .officer(OfficerID(8), .supervisor))
    XCTAssertEqual(ended.total, 23)
    XCTAssertNil(round.leftover)
    try await round.once()
    XCTAssertNil(round.leftover)
    let after = try await hall.record(tickets[44].id)
    XCTAssertEqual(after.ending, .dayEnded)
    await hall.close()
  }

  func testTheCommandThatClosesADayWaitsForConfirmationWhereMuchIsOpen() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7))
    let tickets = try await leaveMuch(hall)
    let command = try XCTUnwrap(QueueCommands(counters: hall.counters, dayEnd: hall.dayEnd).commands().first)
    func close(_ options: [String: String]) async throws -> [String] {
      try await command.run(CommandInput(arguments: [], options: options) { _ in Personal("") }).lines
    }
    do {
      _ = try await close([:])
      XCTFail("23 of 45 were closed by a command that nobody confirmed")
    } catch let refusal as Problem {
      XCTAssertEqual(refusal.code, "queue.close-much")
      XCTAssertEqual(refusal.arguments, ["count": "23", "total": "45"])
    }
    let waiting = try await hall.record(tickets[44].id)
    XCTAssertEqual(waiting.state, .waiting)
    let said = try await close(["confirm": ""])
    XCTAssertEqual(said.first?.hasPrefix("2026-11-23: 23 open tickets settled"), true, "\(said)")
    let again = try await close([:])
    XCTAssertEqual(again.first?.hasPrefix("2026-11-23: 0 open tickets settled"), true, "\(again)")
    await hall.close()
  }

  func testTwoSupervisorsWhoEndTheSameDayAtOnceEndItOnce() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7))
    let round = HallRound(counters: hall.counters, dayEnd: hall.dayEnd, log: SilentLog())
    _ = try await leaveMuch(hall)
    try await round.once()
    XCTAssertNotNil(round.leftover)
    async let one = round.endLeftover(by: .officer(OfficerID(8), .supervisor))
    async let other = round.endLeftover(by: .officer(OfficerID(9), .supervisor))
    let ended = try await [one, other].map(\.total).sorted()
    XCTAssertEqual(ended, [0, 23])
    XCTAssertNil(round.leftover)
    let counts = try await hall.store.read { snapshot in
      [
        try snapshot.value("SELECT count(*) FROM queue_transition WHERE action = 'tutup-hari'") as Int?,
        try snapshot.value("SELECT count(*) FROM store_events WHERE kind = 'hall.day-ended'") as Int?,
      ]
    }
    XCTAssertEqual(counts, [23, 1])
    await hall.close()
  }

  func testWhatTheDaysEndWillEndIsSaidAtClosingAndOnceMoreBeforeItEnds() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7))
    let log = KeptLog()
    let round = HallRound(counters: hall.counters, dayEnd: hall.dayEnd, log: log)
    let ticket = try await hall.take()
    _ = try await hall.take()
    try await round.once()
    XCTAssertNil(round.announcement, "the office is open")
    hall.clock.advance(by: .hours(1))
    for _ in 0..<2 { try await round.once() }
    XCTAssertEqual(
      round.announcement, "the day ends at 18:00 with 2 of 2 numbers and 0 of 0 appointments open")
    XCTAssertEqual(
      log.lines,
      [
        "notice numbers that are open when the day ends will end queue.numbers=2 queue.of=2 queue.appointments=0 "
          + "queue.at=2026-11-23T18:00+07:00"
      ])
    hall.clock.advance(by: .hours(2))
    try await round.once()
    XCTAssertNil(round.announcement)
    let last = log.lines.last
    XCTAssertEqual(
      last, "notice numbers of days that are over will end queue.numbers=2 queue.of=2 queue.appointments=0")
    let ended = try await hall.record(ticket.id)
    XCTAssertEqual(ended.ending, .dayEnded)
    await hall.close()
  }

  func testHalfADayOrAHandfulEndsByItself() async throws {
    for (issued, served) in [(44, 22), (20, 0)] {
      let hall = try await hall(at: QueueHall.morning + .hours(7))
      try await hall.openCounters(1)
      for _ in 0..<issued { _ = try await hall.take() }
      for _ in 0..<served {
        let called = try await hall.next(1)
        try await hall.act(.start, on: XCTUnwrap(called).id, at: 1)
        try await hall.act(.finish, on: XCTUnwrap(called).id, at: 1)
      }
      hall.clock.advance(by: .hours(4))
      let settled = try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
      XCTAssertEqual(settled, DayClose.Settlement(cancelled: issued - served))
      await hall.close()
    }
  }

  func testHowManyAlwaysEndIsForTheOfficeToSay() async throws {
    let file = try ConfigurationFile(path: "queue.json5", bytes: Array("{ closeAlways: 19 }".utf8))
    let hall = try await hall(at: QueueHall.morning + .hours(7), rules: try file.decode(QueueRules.self))
    for _ in 0..<20 { _ = try await hall.take() }
    hall.clock.advance(by: .hours(4))
    let settled = try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    XCTAssertEqual(settled.waiting?.numbers, DayLeftover.Part(left: 20, all: 20))
    XCTAssertEqual(settled.total, 0)
    await hall.close()
  }

  func testAVisitThatNobodyFinishedEndsHoursAfterTheDayAndSaysSo() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(7))
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.start, on: ticket.id, at: 1)
    hall.clock.advance(by: .hours(20))
    try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    let ended = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(ended?.state, .cancelled)
    XCTAssertEqual(ended?.ending, .dayEndedInService)
    let next = try await hall.take()
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, next.id, "the counter is free for the new day")
    await hall.close()
  }

  /// The machine was days ahead, and a sysadmin has put it right: no person will ever be called by those numbers.
  func testNumbersOfADayThatIsStillToComeEndOnceTheDateIsRight() async throws {
    let hall = try await hall(at: QueueHall.morning + .hours(72))
    var wrong: [Ticket] = []
    for _ in 0..<2 { wrong.append(try await hall.take()) }
    _ = try await hall.next(1)
    try await hall.act(.start, on: wrong[0].id, at: 1)
    hall.clock.set(QueueHall.morning + .hours(1))
    let fresh = try await hall.take()
    let settled = try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    XCTAssertEqual(settled, DayClose.Settlement(cancelled: 2))
    let endings = try await [hall.queue.ticket(wrong[0].code)?.ending, hall.queue.ticket(wrong[1].code)?.ending]
    XCTAssertEqual(endings, [.dayEndedInService, .dayEnded])
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, fresh.id, "nor does one lie in a counter's hand")
    await hall.close()
  }

  /// Days with the power off, over a weekend.
  func testDaysOffAreCaughtUpAndTheNewHolderOfANumberIsLeftAlone() async throws {
    let friday = QueueHall.morning + .hours(4 * 24)
    let hall = try await hall(at: friday)
    let old = try await hall.take()
    hall.clock.advance(by: .hours(72))
    let fresh = try await hall.take()
    XCTAssertEqual(fresh.number, old.number)
    try await DayClose(counters: hall.counters).catchUp(hall.dayEnd)
    let ended = try await hall.queue.ticket(old.code)
    XCTAssertEqual(ended?.ending, .dayEnded)
    XCTAssertEqual(ended?.day, CivilDate(iso: "2026-11-27"))
    let waiting = try await hall.queue.ticket(fresh.code)
    XCTAssertEqual(waiting?.state, .waiting)
    await hall.close()
  }

  func testWhoIsServedAfterTheDaysEndBySomebodyWhoWorksOnHasUntilMidnight() async throws {
    // Where nobody keeps a calendar for the numbers, one may still be given in the evening.
    let hall = try await QueueHall(at: QueueHall.morning + .hours(12))
    let dayEnd = DayEnd(openings: Hours(), zone: .wib, rules: RulesInForce(.shipped))
    let ticket = try await hall.take()
    let close = DayClose(counters: hall.counters)
    try await close.catchUp(dayEnd)
    let waiting = try await hall.record(ticket.id)
    XCTAssertEqual(waiting.state, .waiting)
    hall.clock.advance(by: .hours(4))
    try await close.catchUp(dayEnd)
    let ended = try await hall.record(ticket.id)
    XCTAssertEqual(ended.state, .cancelled)
    await hall.close()
  }

  func testEveryEndingIsSaidWithWhatToDoNextAndWithoutAnythingToWaitFor() async throws {
    let locales = try QueueHall.locales()
    for language in [Language.indonesian, .english] {
      let words = locales.words(language)
      for ending in TicketEnding.allCases {
        let ticket = QueueHall.ticket(.cancelled, ending: ending)
        let page = String(
          decoding: HTMLRenderer.render(TicketNow(ticket: ticket, words: words, zone: .wib).node), as: UTF8.self)
        XCTAssertTrue(page.contains(words(MessageKey("queue.ending", named: ending.rawValue))), page)
        XCTAssertFalse(page.contains(words("queue.ticket.next.title")), page)
        XCTAssertFalse(page.contains(words("queue.ticket.ahead")), page)
      }
    }
  }
}
