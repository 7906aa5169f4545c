import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Forecast
@testable import Queue

/// What is kept of the hall for the next number is what reading it again gives.
final class KeptHallTests: XCTestCase {
  private struct TakenBack: Error {}

  /// Two processes on one database do what may be done in a hall, and some of it is taken back.
  func testWhatIsKeptIsWhatReadingAgainGivesWhateverHappens() async throws {
    let random = SeededRandom(seed: TestSeed.drawn())
    let hall = try await QueueHall(rules: ModelRun.rules, random: random)
    let office = HallSide(queue: hall.queue, counters: hall.counters, clock: hall.clock)
    let beside = try HallSide(beside: hall)
    var (acceptedCount, takenBackCount) = (0, 0)
    for turn in 0..<700 {
      let side = random.below(4) > 0 ? office : beside
      let isTakenBack = random.below(5) == 0
      do {
        let (accepted, difference) = try await side.queue.store.write { transaction -> (Int, String?) in
          var accepted = 0
          for _ in 0...random.below(3) {
            if try side.act(random, in: transaction) { accepted += 1 }
            if let difference = try side.difference(in: transaction) { return (accepted, difference) }
          }
          if isTakenBack { throw TakenBack() }
          return (accepted, nil)
        }
        acceptedCount += accepted
        if let difference { return XCTFail("turn \(turn): \(difference)") }
      } catch is TakenBack {
        takenBackCount += 1
      }
      for side in [office, beside] where random.below(2) == 0 {
        let difference = try await side.queue.store.write { try side.difference(in: $0) }
        if let difference { return XCTFail("after turn \(turn): \(difference)") }
      }
    }
    XCTAssertGreaterThan(acceptedCount, 400)
    XCTAssertGreaterThan(takenBackCount, 50)
    await beside.queue.store.close()
    await hall.close()
  }

  func testANumberIsGivenWithoutReadingWhoWaitsUntilTheTableChanges() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    let record = try await hall.record(first.id)
    let kept = hall.queue.kept
    // One who is in no table is counted as long as the table is not read.
    try await hall.store.write { transaction in
      var lines = try kept.takeLines(on: record.day, in: transaction)
      try lines?.add(record, .shipped, in: transaction)
      kept.put(lines)
    }
    let second = try await hall.take()
    XCTAssertEqual(second.peopleAhead, 2)
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, first.id)
    let third = try await hall.take()
    XCTAssertEqual(third.peopleAhead, 2, "a call is followed")
    try await hall.store.write { try $0.run("UPDATE queue_ticket SET passed_over = 0") }
    let fourth = try await hall.take()
    XCTAssertEqual(fourth.peopleAhead, 2, "the others are the second and the third")
    await hall.close()
  }

  func testACallChoosesAmongTheHeadsThatAreKeptAndReadsThemElse() async throws {
    let hall = try await QueueHall()
    let first = try await hall.take()
    let record = try await hall.record(first.id)
    _ = try await hall.take()
    let (kept, day) = (hall.queue.kept, record.day)
    let heads = try await hall.store.write { try kept.heads(on: day, .shipped, in: $0)?.map(\.id) }
    XCTAssertEqual(heads, [first.id])
    try await hall.store.write { try $0.run("UPDATE queue_ticket SET passed_over = 0") }
    let unknown = try await hall.store.write { try kept.heads(on: day, .shipped, in: $0)?.map(\.id) }
    XCTAssertNil(unknown, "another hand has changed the tickets")
    let called = try await hall.next(1)
    XCTAssertEqual(called?.id, first.id)
    await hall.close()
  }

  func testARefusedNumberLeavesWhatIsKept() async throws {
    let hall = try await QueueHall()
    let record = try await hall.record(try await hall.take().id)
    let closed = try await hall.store.write { transaction in
      try ClosedDayTable.close(record.day, at: hall.clock.now, in: transaction)
    }
    XCTAssertTrue(closed)
    let refusal = await failure { try await hall.take() }
    XCTAssertTrue(refusal is Unavailable, "\(String(describing: refusal))")
    let difference = try await hall.store.write { transaction in
      try HallSide(queue: hall.queue, counters: hall.counters, clock: hall.clock).difference(in: transaction)
    }
    XCTAssertNil(difference)
    await hall.close()
  }
}

/// What acts in the hall, in this process or in another one.
private struct HallSide: Sendable {
  let queue: HallQueue
  let counters: CounterService
  let clock: ManualClock
}

extension HallSide {
  /// Another process on the same database, which has seen nothing of it yet.
  init(beside hall: QueueHall) throws {
    let store = try Store.open(at: hall.store.path, clock: hall.clock, log: SilentLog())
    queue = HallQueue(
      store: store, clock: hall.clock, random: hall.queue.random, zone: .wib, office: hall.office,
      rules: hall.queue.rules, catalogue: TwoServices(), applications: nil, accessibility: nil, openings: nil,
      pins: CasePIN(hash: QuickHash()), tracking: nil)
    counters = CounterService(
      store: store, clock: hall.clock, zone: .wib, office: hall.office, rules: hall.queue.rules, tracking: nil,
      ledger: nil, availability: queue)
    clock = hall.clock
  }

  private var day: CivilDate { OfficeZone.wib.date(of: clock.now) }

  /// What is kept and is not what the tables say; nil where they agree.
  func difference(in transaction: borrowing Transaction) throws -> String? {
    let posts = try queue.kept.posts(on: day, in: transaction)
    let freshPosts = try KeptHall.Posts.read(on: day, in: transaction)
    if posts != freshPosts { return "\(posts) is not \(freshPosts)" }
    let lines = try queue.kept.takeLines(on: day, in: transaction)
    defer { queue.kept.put(lines) }
    let mark = try transaction.mark(of: KeptHall.Lines.tables)
    let fresh = try KeptHall.Lines.read(on: day, at: mark, in: transaction)
    guard let lines, lines == fresh else {
      return "\(String(describing: lines)) is not \(String(describing: fresh))"
    }
    return try foreseen(lines.people, in: transaction)
  }

  /// Of whom a forecast is made with what is kept, and of whom it would be with what the tables say; nil where they agree.
  private func foreseen(_ people: WaitingLines, in transaction: borrowing Transaction) throws -> String? {
    let rules = queue.rules.now
    let waiting = try TicketTable.waiting(on: day, limit: HallQueue.playedCountMax, in: transaction)
    let all = WaitingLines(waiting.map { Candidate($0, rules: rules) })
    if people != all { return "\(people) is not \(all)" }
    let heads = try TicketTable.heads(on: day, in: transaction).map { Candidate($0, rules: rules) }
    let keptHeads = people.heads(rules: rules)
    if keptHeads != heads.sorted(by: { $0.comesBefore($1) }) { return "\(keptHeads) are not \(heads)" }
    let numbers = try TicketTable.numbers(
      waitingOn: day, limit: HallQueue.playedCountMax, rules: rules, in: transaction)
    XCTAssertEqual(numbers.map(\.candidate), waiting.map { Candidate($0, rules: rules) })
    XCTAssertEqual(
      numbers.map { "\($0.number) \($0.service) \($0.isPriority) \($0.issuedAt) \($0.isAddressed)" },
      waiting.map { "\($0.number) \($0.service) \($0.isPriority) \($0.issuedAt) \($0.target != nil)" })
    let kept = people.people(limit: HallQueue.playedCountMax, headStart: rules.next.headStart)
    let read = waiting.map { WaitingPerson($0, headStart: rules.next.headStart) }.sorted { $0.comesBefore($1) }
    let brief = try TicketTable.people(on: day, limit: HallQueue.playedCountMax, rules: rules, in: transaction)
    XCTAssertEqual(brief.map(\.candidate), waiting.map { Candidate($0, rules: rules) })
    XCTAssertEqual(brief.map(\.person.number), waiting.map(\.number))
    let foreseen = brief.map(\.person).sorted { $0.comesBefore($1) }
    XCTAssertEqual(foreseen.map(Self.words), read.map(Self.words))
    let (one, other) = (kept.map(Self.words), read.map(Self.words))
    return one == other ? nil : "\(one) is not \(other)"
  }

  private static func words(_ person: WaitingPerson) -> String {
    "\(person.id) \(person.line) \(String(describing: person.target)) \(person.turn) \(person.headStart) \(person.isPriority)"
  }

  /// - Returns: whether it was allowed.
  func act(_ random: SeededRandom, in transaction: borrowing Transaction) throws -> Bool {
    clock.advance(by: .milliseconds(random.below(30) == 0 ? -random.below(90_000) : random.below(40_000)))
    do {
      // More people than this only make the test slow.
      let isFull = try TicketTable.candidates(on: day, limit: 61, in: transaction).count > 60
      switch random.below(20) {
      case 0..<9 where !isFull: try take(random, in: transaction)
      case 9..<12 where !isFull: try admit(random, in: transaction)
      case 0..<15: try call(random, in: transaction)
      case 15..<18: try serve(random, in: transaction)
      case 18: try post(random, in: transaction)
      default: try elsewhere(random, in: transaction)
      }
      return true
    } catch is Problem {
      return false
    } catch is Unavailable {
      return false
    }
  }

  private func take(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    try check(
      try queue.issue(
        TicketRequest(
          service: random.below(2) == 0 ? QueueHall.passport : QueueHall.permit, application: nil,
          needs: Needs(priority: random.below(4) == 0 ? .elderly : nil), channel: .kiosk,
          submission: String(random.uint64()), language: random.below(4) == 0 ? .english : .indonesian),
        in: transaction), in: transaction)
  }

  private func admit(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    try check(
      try queue.admit(
        Arrival(
          code: PublicCode(from: random), service: QueueHall.passport, application: nil, needs: Needs(), channel: .web,
          language: .indonesian, bookedAt: clock.now - .hours(20),
          appointedAt: clock.now + .minutes(random.below(60) - 20)), by: .kiosk("hall"), in: transaction),
      in: transaction)
  }

  /// What the holder was told is what the whole hall says.
  private func check(_ ticket: Ticket, in transaction: borrowing Transaction) throws {
    let reading = try AvailabilityReading(queue, in: transaction)
    let positions = try queue.positions(reading, in: transaction)
    XCTAssertEqual(ticket.peopleAhead, positions.peopleAhead(of: ticket.id))
    let record = try TicketTable.ticket(ticket.id, in: transaction)
    let estimate = try record.flatMap { try queue.estimate(of: $0, in: transaction) }
    XCTAssertEqual(ticket.waitMinutes, estimate?.range)
  }

  private func call(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    let counter = queue.office.counters[random.below(queue.office.counters.count)]
    let officer = OfficerID(Int64(counter.number))
    let waiting = try TicketTable.waiting(on: day, limit: 50, in: transaction)
    if random.below(6) == 0, !waiting.isEmpty {
      _ = try counters.callChosen(
        waiting[random.below(waiting.count)].id, to: counter, by: .officer(officer, .clerk), reason: "uji",
        in: transaction)
    } else {
      _ = try counters.callNext(to: counter, by: .officer(officer, .clerk), in: transaction)
    }
  }

  private func serve(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    let counter = queue.office.counters[random.below(queue.office.counters.count)]
    let principal = Principal.officer(OfficerID(Int64(counter.number)), .clerk)
    guard let ticket = try TicketTable.inHand(of: counter.number, in: transaction) else {
      if random.below(2) == 0 { _ = try counters.undo(at: counter, by: principal, in: transaction) }
      return
    }
    let actions: [TicketAction] =
      ticket.state == .called ? [.start, .hold, .giveBack, .transfer, .cancel] : [.finish, .finish, .hold, .transfer]
    let detail = ActionDetail(
      reason: "other", holdMinutes: 5, service: random.below(2) == 0 ? QueueHall.permit : nil,
      target: random.below(2) == 0 ? .counter(1 + random.below(4)) : nil, keepsPosition: random.below(2) == 0,
      isConfirmed: true)
    _ = try counters.act(
      actions[random.below(actions.count)], on: ticket.id, at: counter, by: principal, detail, in: transaction)
  }

  private func post(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    let counter = queue.office.counters[random.below(queue.office.counters.count)]
    let officer = OfficerID(Int64(counter.number))
    switch random.below(4) {
    case 0: try counters.pause(counter, by: .officer(officer, .clerk), named: nil, reason: "rest", in: transaction)
    case 1: try counters.close(counter, by: .officer(officer, .clerk), reason: .other, in: transaction)
    default:
      try counters.open(
        counter, by: .officer(officer, .clerk), named: nil, languages: random.below(2) == 0 ? [.english] : [],
        in: transaction)
    }
  }

  /// What none of the queue's own acts does, and what changes the rules or the day.
  private func elsewhere(_ random: SeededRandom, in transaction: borrowing Transaction) throws {
    switch random.below(4) {
    case 0:
      try transaction.run("UPDATE queue_ticket SET passed_over = 1 WHERE state = \(TicketState.waiting) AND step = 0")
    case 1:
      try transaction.run(
        """
        WITH late AS (SELECT max(id) AS id FROM queue_ticket)
        UPDATE queue_ticket SET waits_from = waits_from - 60000 WHERE id IN (SELECT id FROM late)
        """)
    case 2:
      var rules = ModelRun.rules
      rules.next = NextRule(passedOverMax: 1 + random.below(4))
      queue.rules.put(rules)
    default:
      guard random.below(4) == 0 else { return }
      _ = try DayClose(counters: counters).close(day, by: .system("test"), in: transaction)
      clock.set(OfficeZone.wib.instant(day.adding(days: 1), CivilTime(minuteOfDay: 480)))
    }
  }
}
