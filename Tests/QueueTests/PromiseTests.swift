import Contracts
import Core
import HTML
import Store
import XCTest

@testable import Queue
@testable import Reports

/// By when a person without an appointment will be called, as they are told when they take the number.
final class PromiseTests: XCTestCase {
  func testANumberComesWithAPromiseThatStaysAsItWasMade() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let first = try await hall.take()
    XCTAssertEqual(
      first.promisedTime?.description, "08:15", "nobody waits and somebody is promised less than 15 minutes")
    for _ in 0..<8 { _ = try await hall.take() }
    let last = try await hall.take()
    let expected = try XCTUnwrap(last.waitMinutes)
    XCTAssertEqual(last.promisedTime?.minuteOfDay, 8 * 60 + max(15, expected.upperBound))
    hall.clock.advance(by: .minutes(20))
    let later = try await hall.queue.ticket(last.code)
    XCTAssertEqual(later?.promise, last.promise)
    await hall.close()
  }

  func testARepeatedRequestIsPromisedNothingNew() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let ticket = try await hall.take(submission: "once")
    hall.clock.advance(by: .minutes(30))
    let again = try await hall.take(submission: "once")
    XCTAssertEqual(again.id, ticket.id)
    XCTAssertEqual(again.promisedTime, ticket.promisedTime)
    await hall.close()
  }

  /// One definition for the hall's page and the reports: what this person was told, not one figure for all.
  func testAPromiseIsAtRiskWhenTheCallIsExpectedLaterThanThisPersonWasPromised() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    _ = try await hall.take()
    _ = try await hall.next(1)
    for _ in 0..<6 { _ = try await hall.take() }
    func atRisk() async throws -> Int {
      try await hall.store.read {
        try HallOverview.read(hall.queue, hall.counters, nil, at: hall.clock.now, in: $0).atRisk
      }
    }
    let fresh = try await atRisk()
    XCTAssertEqual(fresh, 0, "what has just been promised is what is expected")
    // Nobody calls; those whose time is over are no longer at risk but overdue.
    var most = 0
    for _ in 0..<60 {
      hall.clock.advance(by: .minutes(1))
      most = max(most, try await atRisk())
    }
    XCTAssertGreaterThan(most, 0)
    let open = try await hall.store.read { try PromiseTable.open(in: $0).count }
    XCTAssertEqual(open, 6, "the one who was called is promised nothing more")
    await hall.close()
  }

  func testACallThatIsTakenBackLeavesThePromiseOpenAndOneThatHappenedDoesNot() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    _ = try await hall.take()
    func open() async throws -> Int {
      try await hall.store.read { try PromiseTable.open(in: $0).count }
    }
    _ = try await hall.next(1)
    _ = try await hall.undo(1)
    let undone = try await open()
    XCTAssertEqual(undone, 1)
    let called = try await hall.next(1)
    try await hall.act(.giveBack, on: try XCTUnwrap(called).id, at: 1)
    let sentBack = try await open()
    XCTAssertEqual(sentBack, 0)
    await hall.close()
  }

  func testWhoIsCalledIsNoLongerPromisedAnything() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    let called = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(called?.state, .called)
    XCTAssertNil(called?.promise)
    await hall.close()
  }

  // MARK: broken promises

  func testAPromiseWhoseTimePassesIsBrokenForEverWhateverBecomesOfTheTicket() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    var tickets: [Ticket] = []
    for _ in 0..<4 { tickets.append(try await hall.take()) }
    hall.clock.advance(by: .minutes(90))
    let broken = try await hall.noticeBroken()
    XCTAssertEqual(broken, 4)
    let again = try await hall.noticeBroken()
    XCTAssertEqual(again, 0, "each is noticed once")

    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, tickets[0].id)
    try await hall.counters.act(.cancel, on: tickets[1].id, at: nil, by: .applicant)
    _ = try await hall.next(2)
    try await hall.act(.noShow, on: tickets[2].id, at: 2)
    let overview = try await hall.overview()
    XCTAssertEqual(overview.promises.today, 4)
    XCTAssertEqual(overview.promises.overdue, 1)
    let report = try await hall.todaysReport()
    XCTAssertEqual(report.total.promises, 4)
    XCTAssertEqual(report.total.keptPercent, 0)
    await hall.close()
  }

  /// The call itself takes notice, when nothing else has done so before it.
  func testALateCallBreaksThePromiseAndAnUndoneOneDoesNotMendIt() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let ticket = try await hall.take()
    hall.clock.advance(by: .minutes(40))
    _ = try await hall.next(1)
    var report = try await hall.todaysReport()
    XCTAssertEqual(report.total.keptPercent, 0)
    _ = try await hall.undo(1)
    let waiting = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(waiting?.promise, .broken(try XCTUnwrap(ticket.promisedTime)))
    report = try await hall.todaysReport()
    XCTAssertEqual(report.total.promises, 1)
    XCTAssertEqual(report.total.keptPercent, 0)
    await hall.close()
  }

  func testACallInTimeThatIsTakenBackLetsThePromiseBreakLater() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    _ = try await hall.take()
    hall.clock.advance(by: .minutes(1))
    _ = try await hall.next(1)
    _ = try await hall.undo(1)
    hall.clock.advance(by: .minutes(40))
    let broken = try await hall.noticeBroken()
    XCTAssertEqual(broken, 1)
    let report = try await hall.todaysReport()
    XCTAssertEqual(report.total.keptPercent, 0)
    await hall.close()
  }

  func testATicketNeverShowsAPromisedTimeThatHasPassed() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let ticket = try await hall.take()
    let time = try XCTUnwrap(ticket.promisedTime)
    hall.clock.advance(by: .minutes(15))
    let last = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(last?.promise, .calledBy(time), "at the promised moment it can still be kept")
    hall.clock.advance(by: .milliseconds(1))
    let passed = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(passed?.promise, .broken(time), "also before anything has taken notice")
    XCTAssertNotNil(passed?.waitMinutes, "what is expected now is told")
    await hall.close()
  }

  func testWhoIsSentHomeAtTheDaysEndWasPromisedACallThatDidNotCome() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    _ = try await hall.take()
    try await DayClose(counters: hall.counters).close(OfficeZone.wib.date(of: hall.clock.now), by: .system("test"))
    let report = try await hall.todaysReport()
    XCTAssertEqual(report.total.promises, 1)
    XCTAssertEqual(report.total.keptPercent, 0)
    await hall.close()
  }

  func testWhoLeavesInTimeTakesNothingFromTheOfficesWord() async throws {
    let hall = try await QueueHall()
    try await hall.openCounters()
    let ticket = try await hall.take()
    try await hall.counters.act(.cancel, on: ticket.id, at: nil, by: .applicant)
    hall.clock.advance(by: .minutes(90))
    let broken = try await hall.noticeBroken()
    XCTAssertEqual(broken, 0)
    let report = try await hall.todaysReport()
    XCTAssertEqual(report.total.promises, 0)
    await hall.close()
  }

  func testTheSupervisorSeesOverduePromisesGrow() async throws {
    let hall = try await QueueHall(counterCount: 1)
    try await hall.openCounters()
    for _ in 0..<5 {
      _ = try await hall.take()
      hall.clock.advance(by: .minutes(2))
    }
    var seen: [Int] = []
    for _ in 0..<12 {
      hall.clock.advance(by: .minutes(10))
      _ = try await hall.noticeBroken()
      seen.append(try await hall.overview().promises.overdue)
    }
    XCTAssertEqual(seen, seen.sorted())
    XCTAssertLessThan(try XCTUnwrap(seen.first), 5)
    XCTAssertEqual(seen.last, 5)
    let overview = try await hall.overview()
    XCTAssertEqual(overview.atRisk, 0)
    XCTAssertEqual(overview.lines.first?.overdue, 5)
    XCTAssertNotNil(overview.promises.longestSince)
    await hall.close()
  }

  func testABrokenPromiseIsToldInWordsWithWhatIsExpectedNow() throws {
    let locales = try QueueHall.locales()
    let time = try XCTUnwrap(CivilTime("16:47"))
    for language in [Language.indonesian, .english] {
      let words = locales.words(language)
      let page = String(
        decoding: HTMLRenderer.render(
          TicketNow(ticket: .waiting(promise: .broken(time), wait: 10...25), words: words, zone: .wib).node),
        as: UTF8.self)
      XCTAssertTrue(page.contains(words("queue.promise.broken", ["time": "16.47"])), page)
      XCTAssertTrue(page.contains(words("queue.promise.now", ["from": "10", "to": "25"])), page)
      XCTAssertFalse(page.contains(words("appointment.promise.ticket", ["time": "16.47"])), page)
      let unserved = String(
        decoding: HTMLRenderer.render(
          TicketNow(ticket: .waiting(promise: .broken(time), wait: nil), words: words, zone: .wib).node), as: UTF8.self)
      XCTAssertTrue(unserved.contains(words("queue.promise.unserved")), unserved)
    }
  }
}

extension Ticket {
  /// The promised time, kept or not.
  var promisedTime: CivilTime? {
    switch promise {
    case .calledBy(let time), .broken(let time): time
    case nil: nil
    }
  }

  fileprivate static func waiting(promise: TicketPromise, wait: ClosedRange<Int>?) -> Ticket {
    Ticket(
      id: TicketID(1), code: PublicCode(from: SeededRandom(seed: 5)),
      reference: TicketNumber(from: SeededRandom(seed: 5)), pin: nil, day: CivilDate(dayNumber: 20_780),
      number: "A-001", service: QueueHall.passport,
      serviceName: LocalizedText([.indonesian: "Paspor", .english: "Passport"]),
      application: nil, isPriority: false, state: .waiting, counter: nil, issuedAt: QueueHall.morning, calledAt: nil,
      peopleAhead: 2, waitMinutes: wait, promise: promise)
  }
}

extension QueueHall {
  func noticeBroken() async throws -> Int {
    try await store.write { try PromiseBook.noticeBroken(at: self.clock.now, in: $0) }
  }

  func overview() async throws -> HallOverview {
    try await store.read { try HallOverview.read(self.queue, self.counters, nil, at: self.clock.now, in: $0) }
  }

  func todaysReport() async throws -> HallReport {
    let question = ReportQuestion(period: ReportPeriod(.day, around: OfficeZone.wib.date(of: clock.now)))
    return try await ReportService(
      store: store, office: office, history: HallHistory(), appointments: nil, catalogue: nil, officers: nil
    ).report(question, as: .system("test"))
  }
}
