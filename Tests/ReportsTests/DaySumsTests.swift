import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Synchronization
import XCTest

@testable import Queue
@testable import Reports

/// Reports are made of the sums of days, and those of days that are over are kept.
final class DaySumsTests: XCTestCase {
  private static let first = CivilDate(dayNumber: 20_780)

  private func random() -> SeededRandom {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    return SeededRandom(seed: seed)
  }

  func testSumsOfDaysComeToWhatTheStepsComeToWhateverIsAsked() {
    let random = random()
    var rowCount = 0
    for round in 0..<60 {
      let history = Self.history(of: 1 + random.below(5), random)
      for grouping in ReportQuestion.Grouping.allCases {
        var question = Self.question(random)
        question.grouping = grouping
        let report = HallReport(question, history: history, appointments: AppointmentUse(), zone: .wita)
        let (made, expected) = (StepReckoning(report), StepReckoning(question, history, zone: .wita))
        XCTAssertEqual(made, expected, "round \(round), \(question)")
        rowCount += report.rows.count
      }
    }
    XCTAssertGreaterThan(rowCount, 300, "most questions have an answer")
  }

  func testSumsAreReadAsTheyWereKeptAndTornOnesAreNot() throws {
    let history = Self.history(of: 1, random())
    let sums = DaySums(history, on: Self.first, zone: .wib)
    XCTAssertFalse(sums.parts.isEmpty)
    let bytes = sums.bytes
    XCTAssertEqual(DaySums(bytes, on: Self.first), sums)
    XCTAssertEqual(DaySums(DaySums(day: Self.first).bytes, on: Self.first), DaySums(day: Self.first))
    for count in 0..<bytes.count { XCTAssertNil(DaySums(Array(bytes.prefix(count)), on: Self.first)) }
    XCTAssertNil(DaySums(bytes + [0], on: Self.first))
    var reader = PackedReader([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00])
    XCTAssertEqual(reader.number(), 0)
    XCTAssertFalse(reader.isWhole, "a number of eleven bytes is none")
    var packed = PackedBytes()
    for number in [0, 127, 128, -1, Int.max, Int.min] { packed.append(number) }
    reader = PackedReader(packed.bytes)
    XCTAssertEqual((0..<6).map { _ in reader.number() }, [0, 127, 128, -1, Int.max, Int.min])
    XCTAssertTrue(reader.isWhole)
  }

  func testStepsOfADayThatIsOverAreReadOnceUntilAFurtherOneComes() async throws {
    let house = try ModuleOffice()
    try await house.store.migrate([ReportsModule.schema])
    let history = ChangingHistory(Self.history(of: 3, random()))
    let question = ReportQuestion(period: ReportPeriod(.month, around: Self.first))
    let last = Self.first.adding(days: 2)
    func read(_ day: CivilDate, _ zone: OfficeZone = .wib) async throws -> (StepReckoning, [CivilDate]) {
      let office = Office(name: house.office.name, zone: zone, address: "", telephone: "", counters: [])
      let reports = ReportService(
        store: house.store, office: office, history: history, appointments: nil, catalogue: nil, officers: nil)
      let report = try await reports.report(question, on: day, as: .system("test"))
      XCTAssertEqual(StepReckoning(report), StepReckoning(question, history.all, zone: zone))
      return (StepReckoning(report), history.takeReadDays())
    }
    let (made, all) = try await read(last)
    XCTAssertEqual(all, (0..<3).map { Self.first.adding(days: $0) })
    let (again, fresh) = try await read(last)
    XCTAssertEqual(again, made)
    XCTAssertEqual(fresh, [last], "of the day that is not over nothing is kept")
    history.add(Self.step(.withdraw, of: 1, on: Self.first, from: .finished, to: .finished, at: 900))
    let (changed, overtaken) = try await read(last.adding(days: 1))
    XCTAssertNotEqual(changed, made)
    XCTAssertEqual(overtaken, [Self.first, last])
    let (_, none) = try await read(last.adding(days: 1))
    XCTAssertEqual(none, [])
    let (_, moved) = try await read(last.adding(days: 1), .wit)
    XCTAssertEqual(moved, all, "hours are another zone's")
    await house.store.close()
  }

  /// Neither the number of a day's visits nor that of all days makes it dearer to ask whether its sums still hold.
  func testTheMarkOfADayIsOneStepInItsIndex() async throws {
    let hall = try await ReportHall()
    let day = Self.first
    let plan = try await hall.house.store.read { database in
      try database.rows("EXPLAIN QUERY PLAN \(HallHistory.latest(on: day))") { try $0.get(3) as String }
    }
    XCTAssertEqual(plan, ["SEARCH queue_transition USING INDEX queue_transition_day (day=?)"])
    await hall.close()
  }

  func testEachStepOfTheRealHistoryMovesItsDaysMark() async throws {
    let hall = try await ReportHall()
    let today = OfficeZone.wib.date(of: hall.house.clock.now)
    let history = hall.services.require((any QueueHistory).self)
    func mark(_ day: CivilDate) async throws -> Int64 {
      try await hall.house.store.read { try history.mark(of: day, in: $0) }
    }
    let none = try await mark(today)
    XCTAssertEqual(none, 0)
    try await hall.take()
    let one = try await mark(today)
    try await hall.take()
    let two = try await mark(today)
    XCTAssertGreaterThan(one, 0)
    XCTAssertGreaterThan(two, one)
    let tomorrow = try await mark(today.adding(days: 1))
    XCTAssertEqual(tomorrow, 0)
    await hall.close()
  }
}

/// A history that a test adds to, which knows of which days the steps were read, and how often it was asked anything.
final class ChangingHistory: QueueHistory {
  private let state: Mutex<(steps: [VisitStep], readDays: [CivilDate], askedCount: Int)>

  init(_ steps: [VisitStep]) { state = Mutex((steps: steps, readDays: [], askedCount: 0)) }

  var askedCount: Int { state.withLock { $0.askedCount } }

  var all: [VisitStep] { state.withLock { $0.steps } }

  func add(_ step: VisitStep) { state.withLock { $0.steps.append(step) } }

  func takeReadDays() -> [CivilDate] {
    state.withLock { state in
      defer { state.readDays = [] }
      return state.readDays
    }
  }

  func steps<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [VisitStep] {
    state.withLock { state in
      state.readDays.append(first)
      state.askedCount += 1
      return state.steps.filter { $0.day >= first && $0.day <= last }
    }
  }

  func mark<Database: Queryable & ~Copyable>(of day: CivilDate, in database: borrowing Database) throws -> Int64 {
    state.withLock { state in
      state.askedCount += 1
      return Int64(state.steps.count { $0.day == day })
    }
  }

  func callsOutOfOrder<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [CallOutOfOrder] {
    state.withLock { $0.askedCount += 1 }
    return []
  }
}

extension DaySumsTests {
  /// Any steps of any visits of some days, each visit of one of them; not only those that a hall would have.
  private static func history(of dayCount: Int, _ random: SeededRandom) -> [VisitStep] {
    (0..<dayCount).flatMap { day in
      (0..<(20 + random.below(80))).map { _ -> VisitStep in
        let actions = TicketAction.allCases
        let states = TicketState.allCases
        return step(
          actions[random.below(actions.count)], of: Int64(day * 100 + random.below(25)), on: first.adding(days: day),
          from: random.below(6) == 0 ? nil : states[random.below(states.count)],
          to: states[random.below(states.count)], at: random.below(1440), spent: Int64(random.below(9_000_000)), random)
      }
    }
  }

  private static func step(
    _ action: TicketAction, of ticket: Int64, on day: CivilDate, from: TicketState?, to: TicketState, at minute: Int,
    spent: Int64 = 0, _ random: SeededRandom = SeededRandom(seed: 1)
  ) -> VisitStep {
    // What is the ticket's, and not the step's, is the same in all of its steps.
    let own = SeededRandom(seed: UInt64(ticket))
    let promises: [PromiseOutcome?] = [nil, .kept, .broken]
    return VisitStep(
      ticket: TicketID(ticket), action: action, from: from, to: to,
      at: OfficeZone.wib.instant(day, CivilTime(minuteOfDay: minute)), spent: spent, day: day,
      service: own.below(2) == 0 ? ReportHall.passport : ReportHall.permit,
      counter: random.below(4) == 0 ? nil : 1 + random.below(3),
      officer: random.below(4) == 0 ? nil : OfficerID(Int64(7 + random.below(3))),
      channel: own.below(2) == 0 ? .web : .kiosk, isPriority: own.below(3) == 0, hasAppointment: false,
      promise: promises[own.below(3)])
  }

  /// A question with each filter one time in five.
  private static func question(_ random: SeededRandom) -> ReportQuestion {
    var question = ReportQuestion(period: ReportPeriod(.month, around: first))
    if random.below(5) == 0 { question.service = ReportHall.permit }
    if random.below(5) == 0 { question.counter = 1 + random.below(3) }
    if random.below(5) == 0 { question.officer = OfficerID(Int64(7 + random.below(3))) }
    if random.below(5) == 0 { question.channel = .kiosk }
    if random.below(5) == 0 { question.isPriority = random.below(2) == 0 }
    return question
  }
}
