import Contracts
import Core
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Queue
@testable import Reports

final class DistributionTests: XCTestCase {
  func testMedianAndNinetiethAreTimesThatSomebodyWaited() {
    let minutes = Distribution((1...10).map { Int64($0) * 60_000 }.shuffled())
    XCTAssertEqual(minutes.median, 5)
    XCTAssertEqual(minutes.ninetieth, 9)
    XCTAssertEqual(Distribution([90_000]).median, 1.5)
    XCTAssertEqual(Distribution([90_000]).ninetieth, 1.5)
  }

  /// Many short times are the same, as where no one waits.
  func testMedianAndNinetiethAreThoseOfTheSortedTimes() {
    for seed in UInt64(1)...300 {
      let random = SeededRandom(seed: seed)
      let kinds = [2, 20, 1_000_000][random.below(3)]
      let times = (0...random.below(80)).map { _ in Int64(random.below(kinds)) }
      let (sorted, found) = (times.sorted(), Distribution(times))
      XCTAssertEqual(found.median, Double(sorted[(times.count * 50 + 99) / 100 - 1]) / 60_000, "seed \(seed)")
      XCTAssertEqual(found.ninetieth, Double(sorted[(times.count * 90 + 99) / 100 - 1]) / 60_000, "seed \(seed)")
      XCTAssertEqual(found, Distribution(sorted), "seed \(seed)")
      XCTAssertNotEqual(found, Distribution(times + [0]), "seed \(seed)")
    }
  }

  func testNothingHasNoMiddle() {
    XCTAssertNil(Distribution([]).median)
    XCTAssertNil(Distribution([]).ninetieth)
  }
}

final class ReportPeriodTests: XCTestCase {
  private func day(_ iso: String) throws -> CivilDate { try XCTUnwrap(CivilDate(iso: iso)) }

  func testWeekRunsFromMondayToSunday() throws {
    let week = ReportPeriod(.week, around: try day("2026-11-22"))
    XCTAssertEqual([week.first.description, week.last.description], ["2026-11-16", "2026-11-22"])
    XCTAssertEqual(week.next.first.description, "2026-11-23")
    XCTAssertEqual(week.previous.last.description, "2026-11-15")
  }

  func testMonthEndsOnItsLastDayInEveryMonth() throws {
    for (inside, last) in [
      ("2026-01-31", "2026-01-31"), ("2026-02-10", "2026-02-28"), ("2028-02-01", "2028-02-29"),
      ("2026-04-30", "2026-04-30"), ("2026-12-15", "2026-12-31"),
    ] {
      let month = ReportPeriod(.month, around: try day(inside))
      XCTAssertEqual(month.last.description, last)
      XCTAssertEqual(month.first.day, 1)
      XCTAssertEqual(month.next.first, month.last.adding(days: 1))
    }
  }
}

final class HallReportTests: XCTestCase {
  /// A day: three come, one is served in time, one too late and by another officer after an undone call, one leaves.
  private func day(_ question: ReportQuestion? = nil) throws -> HallReport {
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    var steps: [VisitStep] = []
    func add(
      _ ticket: Int64, _ action: TicketAction, _ from: TicketState?, _ to: TicketState, at time: String,
      spent minutes: Int = 0, counter: Int? = nil, officer: Int64? = nil, priority: Bool = false
    ) throws {
      // The first was promised 08.30, the second 09.00, the others 09.30.
      let promises: [Int64: PromiseOutcome] = [1: .kept, 2: .broken, 3: .broken]
      steps.append(
        VisitStep(
          ticket: TicketID(ticket), action: action, from: from, to: to,
          at: OfficeZone.wib.instant(monday, try XCTUnwrap(CivilTime(time))), spent: Int64(minutes) * 60_000,
          day: monday, service: ReportHall.passport, counter: counter, officer: officer.map { OfficerID($0) },
          channel: ticket == 1 ? .web : .kiosk, isPriority: priority, hasAppointment: false,
          promise: promises[ticket]))
    }
    try add(1, .issue, nil, .waiting, at: "08:00")
    try add(2, .issue, nil, .waiting, at: "08:10", priority: true)
    try add(3, .issue, nil, .waiting, at: "09:00")
    try add(1, .call, .waiting, .called, at: "08:30", spent: 30, counter: 1, officer: 7)
    try add(1, .start, .called, .serving, at: "08:31", spent: 1, counter: 1, officer: 7)
    try add(2, .call, .waiting, .called, at: "08:32", spent: 22, counter: 2, officer: 8, priority: true)
    try add(2, .undo, .called, .waiting, at: "08:33", spent: 1, counter: 2, officer: 8, priority: true)
    try add(1, .finish, .serving, .finished, at: "08:41", spent: 10, counter: 1, officer: 7)
    try add(2, .breakPromise, .waiting, .waiting, at: "09:00", priority: true)
    try add(2, .call, .waiting, .called, at: "09:25", spent: 75, counter: 1, officer: 7, priority: true)
    try add(2, .start, .called, .serving, at: "09:26", spent: 1, counter: 1, officer: 7, priority: true)
    try add(2, .hold, .serving, .hold, at: "09:30", spent: 4, counter: 1, officer: 7, priority: true)
    try add(3, .breakPromise, .waiting, .waiting, at: "09:30")
    try add(3, .settle, .waiting, .cancelled, at: "16:00", spent: 420)
    // Changed their mind before they were to be called.
    try add(4, .cancel, .waiting, .cancelled, at: "09:10", spent: 5)
    return HallReport(
      question ?? ReportQuestion(period: ReportPeriod(.day, around: monday)), history: steps, appointments: .init(),
      zone: .wib)
  }

  func testTheDayAddsUp() throws {
    let total = try day().total
    XCTAssertEqual(total.arrivals, 3)
    XCTAssertEqual(total.finished, 1)
    XCTAssertEqual(total.holds, 1)
    XCTAssertEqual(total.abandoned, 2)
    XCTAssertEqual(total.noShows, 0)
    XCTAssertEqual(total.waits.count, 2, "the call that was taken back did not happen")
    XCTAssertEqual(total.waits.median, 30)
    XCTAssertEqual(total.waits.ninetieth, 75)
    XCTAssertEqual(total.promises, 3)
    XCTAssertEqual(total.keptPercent, 33, "one in time, one late, one still waiting when the day ended")
    XCTAssertEqual(total.services.median, 10)
  }

  func testAPersonWaitsOnceUntilServedHoweverOftenTheNumberIsPutBack() throws {
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    var minute = 0
    func step(
      _ ticket: Int64, _ action: TicketAction, _ from: TicketState, _ to: TicketState, spent: Int64 = 0,
      counter: Int = 1
    ) -> VisitStep {
      minute += 1
      return VisitStep(
        ticket: TicketID(ticket), action: action, from: from, to: to,
        at: OfficeZone.wib.instant(monday, CivilTime(minuteOfDay: 9 * 60)) + .minutes(minute), spent: spent * 60_000,
        day: monday, service: ReportHall.passport, counter: counter, officer: OfficerID(7), channel: .web,
        isPriority: false, hasAppointment: false)
    }
    func report(_ steps: [VisitStep], _ grouping: ReportQuestion.Grouping = .day) -> HallReport {
      var question = ReportQuestion(period: ReportPeriod(.day, around: monday))
      question.grouping = grouping
      return HallReport(question, history: steps, appointments: .init(), zone: .wib)
    }

    let putBack = [
      step(1, .call, .waiting, .called, spent: 10), step(1, .giveBack, .called, .waiting, spent: 1),
      step(1, .call, .waiting, .called, spent: 2, counter: 2), step(1, .start, .called, .serving, counter: 2),
      step(1, .giveBack, .serving, .waiting, counter: 2), step(1, .call, .waiting, .called, spent: 3, counter: 3),
      step(1, .finish, .serving, .finished, spent: 5, counter: 3),
    ]
    XCTAssertEqual(report(putBack).total.waits.count, 1)
    XCTAssertEqual(report(putBack).total.waits.median, 15)
    let byCounter = report(putBack, .counter).rows.map(\.tally.waits.median)
    XCTAssertEqual(byCounter, [nil, nil, 15], "it counts for the last of its calls")
    XCTAssertEqual(report(putBack).waitsByHour[9].median, 15)

    // Sent on before being served is the same wait, back after a missed call as well; after a step a new one begins.
    for (back, isOneWait) in [
      (step(2, .transfer, .called, .waiting), true), (step(2, .comeBack, .noShow, .waiting), true),
      (step(2, .transfer, .serving, .waiting), false), (step(2, .finishStep, .serving, .waiting), false),
    ] {
      let waits = report([
        step(2, .call, .waiting, .called, spent: 10), back, step(2, .call, .waiting, .called, spent: 2),
        step(3, .callChosen, .waiting, .called, spent: 7),
      ]).total.waits
      let minutes: [Int64] = isOneWait ? [12, 7] : [10, 2, 7]
      XCTAssertEqual(waits, Distribution(minutes.map { $0 * 60_000 }), back.action.rawValue)
    }
  }

  func testArrivalsStandInTheirLocalHourAndWeekday() throws {
    let report = try day()
    XCTAssertEqual(report.arrivalsByHour[8], 2)
    XCTAssertEqual(report.arrivalsByHour[9], 1)
    XCTAssertEqual(report.load[0][8], 2, "a Monday")
    XCTAssertEqual(report.load.dropFirst().joined().reduce(0, +), 0)
    XCTAssertEqual(report.hours, 8..<10)
  }

  func testRowsAreGroupedAndFiltered() throws {
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    var question = ReportQuestion(period: ReportPeriod(.day, around: monday))
    question.grouping = .officer
    XCTAssertEqual(try day(question).rows.map(\.group), [.officer(OfficerID(7))])
    XCTAssertFalse(question.countsArrivals)
    question.grouping = .priority
    XCTAssertEqual(try day(question).rows.map(\.tally.arrivals), [1, 2])
    question.channel = .web
    XCTAssertEqual(try day(question).total.arrivals, 1)
    question.service = ReportHall.permit
    XCTAssertTrue(try day(question).rows.isEmpty)
  }

  func testQuestionSurvivesItsAddress() throws {
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    let values = [
      "jangka": "minggu", "tanggal": "2026-11-25", "menurut": "loket", "loket": "3", "petugas": "9", "saluran": "web",
      "prioritas": "tidak", "layanan": "paspor",
    ]
    let question = ReportQuestion(today: monday) { values[$0] }
    let link = question.asked(at: "/petugas/laporan").description
    let again = Dictionary(
      link.split(separator: "?")[1].split(separator: "&").map { part in
        let sides = part.split(separator: "=")
        return (String(sides[0]), String(sides[1]))
      }, uniquingKeysWith: { first, _ in first })
    XCTAssertEqual(ReportQuestion(today: monday) { again[$0] }, question)
    XCTAssertEqual(
      ReportQuestion(today: monday) { _ in "'; DROP TABLE" },
      {
        var nothing = ReportQuestion(period: ReportPeriod(.day, around: monday))
        nothing.service = ServiceCode("'; DROP TABLE")
        return nothing
      }())
  }

  func testTheRealHistoryIsRead() async throws {
    let hall = try await ReportHall()
    for counter in hall.house.office.counters {
      try await hall.queue.hall.counters.open(counter, by: OfficerID(Int64(counter.number)), named: nil)
    }
    for number in 0..<6 { try await hall.take(priority: number == 2) }
    for _ in 0..<4 {
      hall.house.clock.advance(by: .minutes(5))
      let called = try await hall.next(1)
      guard let called else { continue }
      try await hall.act(.start, on: called, at: 1)
      hall.house.clock.advance(by: .minutes(8))
      try await hall.act(.finish, on: called, at: 1)
    }
    let today = OfficeZone.wib.date(of: hall.house.clock.now)
    let history = hall.services.require((any QueueHistory).self)
    let appointments = hall.services.require((any AppointmentHistory).self)
    let steps = try await hall.house.store.read { try history.steps(from: today, to: today, in: $0) }
    let report = HallReport(
      ReportQuestion(period: ReportPeriod(.day, around: today)), history: steps,
      appointments: try await hall.house.store.read {
        try appointments.use(from: today, to: today, of: nil, in: $0)
      }, zone: .wib)
    XCTAssertEqual(report.total.arrivals, 6)
    XCTAssertEqual(report.total.finished, 4)
    XCTAssertEqual(report.total.services.median, 8)
    XCTAssertEqual(report.total.promises, 4)
    let open = try await hall.house.store.read { try PromiseTable.open(in: $0).count }
    XCTAssertEqual(open, 2)
    XCTAssertEqual(report.appointments, .init())
    await hall.close()
  }
}
