import Contracts
import Core
import Expectations
import Foundation
import Store
import XCTest

@testable import Forecast
@testable import Queue

/// Random operations against the real queue, on a real database, and against a model of it that is simple enough to be
/// right: same tickets, same states, same calls, same refusals, and nobody passed over more than configured.
///
/// `make test` does some thousands; `make soak` a million (`GAPURA_TEST_OPERATIONS`).
final class QueueModelTests: XCTestCase {
  /// Operations in one transaction: what is durable together costs one flush.
  private static let batchCount = 500

  func testRandomOperationsAgreeWithTheModel() async throws {
    let count = ProcessInfo.processInfo.environment["GAPURA_TEST_OPERATIONS"].flatMap { Int($0) } ?? 20_000
    let run = ModelRun(random: SeededRandom(seed: TestSeed.drawn()))
    let hall = try await QueueHall(rules: ModelRun.rules, random: run.random)
    var model = HallModel(rules: ModelRun.rules, now: hall.clock.now.milliseconds)
    var tally = ModelRun.Tally()
    for batch in 0..<(count + Self.batchCount - 1) / Self.batchCount {
      let before = (model, tally)
      (model, tally) = try await hall.store.write { transaction in
        var (model, tally) = before
        for _ in 0..<Self.batchCount {
          try run.step(hall, &model, &tally, in: transaction)
          if tally.difference != nil { break }
        }
        if tally.difference == nil { tally.difference = try run.difference(hall, model, in: transaction) }
        // Each day ends after some batches, so that no table grows without bound into one day.
        if batch % 8 == 7 { try run.endDay(hall, &model, in: transaction) }
        return (model, tally)
      }
      if let difference = tally.difference { return XCTFail("batch \(batch): \(difference)") }
    }
    print("\(tally.done) operations: \(tally.accepted) accepted, \(tally.refused) refused, \(tally.issued) tickets,")
    print("\(tally.called) calls; most often passed over while waiting longest: \(model.mostPassed)")
    XCTAssertLessThanOrEqual(model.mostPassed, ModelRun.rules.next.passedOverMax)
    XCTAssertGreaterThan(tally.called, count / 20)
    let numbers: Int? = try await hall.store.read {
      try $0.value("SELECT count(*) FROM (SELECT DISTINCT day, letter, number FROM queue_ticket) AS numbers")
    }
    XCTAssertEqual(numbers, tally.issued, "every ticket is there, with a number of its own")
    await hall.close()
  }
}

/// One run of random operations.
struct ModelRun: Sendable {
  struct Tally: Sendable {
    var done = 0
    var accepted = 0
    var refused = 0
    var issued = 0
    var called = 0
    var difference: String?
  }

  static var rules: QueueRules {
    var rules = QueueRules.shipped
    rules.next = NextRule(passedOverMax: 3)
    rules.callsBeforeNoShow = 2
    rules.arrivalWeightPercent = 60
    rules.steps = [
      QueueHall.passport: ["satu", "dua", "tiga"].map {
        QueueRules.Step(code: $0, name: LocalizedText(inEveryLanguage: $0))
      }
    ]
    rules.counterSteps = [3: ["dua", "tiga"]]
    return rules
  }

  private static let counterCount = 4
  /// More people than this only make the model slow.
  private static let waitingMax = 60

  let random: SeededRandom

  private func counter(_ number: Int) -> Office.Counter {
    Office.Counter(number: number, services: number == 2 ? [QueueHall.permit] : [])
  }

  /// Does one operation on both sides and compares the answers.
  func step(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, in transaction: borrowing Transaction
  ) throws {
    tally.done += 1
    // Now and then the clock is set back a little, as clocks are.
    hall.clock.advance(by: .milliseconds(random.below(40) == 0 ? -random.below(90_000) : random.below(24_000)))
    model.now = hall.clock.now.milliseconds
    let number = 1 + random.below(Self.counterCount)
    let waiting = model.people.count { $0.state == .waiting }
    switch random.below(100) {
    case 0..<22 where waiting < Self.waitingMax: try take(hall, &model, &tally, in: transaction)
    case 0..<45: try next(hall, &model, &tally, at: number, in: transaction)
    case 45..<48: try chosen(hall, &model, &tally, at: number, in: transaction)
    case 48..<53: try undo(hall, &model, &tally, at: number, in: transaction)
    case 53..<56: try post(hall, &model, &tally, at: number, in: transaction)
    case 56..<90: try act(hall, &model, &tally, at: number, isPlausible: true, in: transaction)
    default: try act(hall, &model, &tally, at: number, isPlausible: false, in: transaction)
    }
  }

  private func take(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, in transaction: borrowing Transaction
  ) throws {
    let service = random.below(2) == 0 ? QueueHall.passport : QueueHall.permit
    let isPriority = random.below(4) == 0
    let language: Language = random.below(6) == 0 ? .english : .indonesian
    let needs = Needs(priority: isPriority ? .elderly : nil)
    let appointedAt = random.below(4) == 0 ? hall.clock.now + .minutes(random.below(50) - 15) : nil
    let ticket =
      if let appointedAt {
        try hall.queue.admit(
          Arrival(
            code: PublicCode(from: random), service: service, application: nil, needs: needs, channel: .web,
            language: language, bookedAt: hall.clock.now - .hours(20), appointedAt: appointedAt), by: .kiosk("hall"),
          in: transaction)
      } else {
        try hall.queue.issue(
          TicketRequest(
            service: service, application: nil, needs: needs, channel: .kiosk, submission: String(random.uint64()),
            language: language), in: transaction)
      }
    tally.issued += 1
    tally.accepted += 1
    if model.person(ticket.id.rawValue) != nil { tally.difference = "ticket \(ticket.id) was issued twice" }
    model.take(
      id: ticket.id.rawValue, service: service, isPriority: isPriority, language: language,
      appointedAt: appointedAt?.milliseconds)
  }

  private func next(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, at number: Int,
    in transaction: borrowing Transaction
  ) throws {
    let expected = outcome { try model.next(number).map { "\($0)" } ?? "nobody" }
    let actual = try outcome(in: transaction) { transaction in
      try hall.counters.callNext(to: counter(number), by: .officer(OfficerID(Int64(number)), .clerk), in: transaction)
        .map { "\($0.id)" } ?? "nobody"
    }
    if case .success(let who) = actual, who != "nobody" { tally.called += 1 }
    tally.compare(actual, expected, "next at \(number)")
  }

  private func chosen(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, at number: Int,
    in transaction: borrowing Transaction
  ) throws {
    guard let person = random.one(of: model.people) else { return }
    let expected = outcome {
      try model.callChosen(person.id, to: number)
      return "called"
    }
    let actual = try outcome(in: transaction) { transaction in
      _ = try hall.counters.callChosen(
        TicketID(person.id), to: counter(number), by: .officer(OfficerID(Int64(number)), .clerk), reason: "uji",
        in: transaction)
      return "called"
    }
    tally.compare(actual, expected, "chosen \(person.id) at \(number)")
  }

  private func undo(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, at number: Int,
    in transaction: borrowing Transaction
  ) throws {
    let expected = outcome {
      try model.undo(number)
      return "undone"
    }
    let actual = try outcome(in: transaction) { transaction in
      try hall.counters.undo(at: counter(number), by: .officer(OfficerID(Int64(number)), .clerk), in: transaction)
      return "undone"
    }
    tally.compare(actual, expected, "undo at \(number)")
  }

  private func post(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, at number: Int,
    in transaction: borrowing Transaction
  ) throws {
    let kind = random.below(8)
    let expected = outcome {
      switch kind {
      case 0: try model.pause(number)
      case 1: try model.close(number)
      default: model.open(number, languages: number == 1 ? [.english] : [])
      }
      return "done"
    }
    let actual = try outcome(in: transaction) { transaction in
      let officer = OfficerID(Int64(number))
      switch kind {
      case 0:
        try hall.counters.pause(
          counter(number), by: .officer(officer, .clerk), named: nil, reason: "rest", in: transaction)
      case 1: try hall.counters.close(counter(number), by: .officer(officer, .clerk), reason: .other, in: transaction)
      default:
        try hall.counters.open(
          counter(number), by: .officer(officer, .clerk), named: nil, languages: number == 1 ? [.english] : [],
          in: transaction)
      }
      return "done"
    }
    tally.compare(actual, expected, "post \(kind) at \(number)")
  }

  private func act(
    _ hall: QueueHall, _ model: inout HallModel, _ tally: inout Tally, at number: Int, isPlausible: Bool,
    in transaction: borrowing Transaction
  ) throws {
    let inHand = model.people.first { $0.counter == number && ($0.state == .called || $0.state == .serving) }
    let others = isPlausible ? model.people.filter { $0.state == .hold || $0.state == .noShow } : model.people
    guard let person = isPlausible ? inHand ?? random.one(of: others) : random.one(of: model.people) else { return }
    let plausible: [TicketState: [TicketAction]] = [
      .called: [.recall, .start, .start, .start, .start, .hold, .giveBack, .transfer, .noShow, .cancel],
      .serving: [.finish, .finish, .finish, .finish, .hold, .giveBack, .transfer],
      .hold: [.resume, .resume, .release, .noShow, .cancel], .noShow: [.comeBack],
    ]
    let all: [TicketAction] = [
      .recall, .start, .finish, .hold, .resume, .release, .giveBack, .transfer, .noShow, .cancel, .comeBack,
    ]
    let actions = isPlausible ? plausible[person.state] ?? all : all
    let action = actions[random.below(actions.count)]
    let detail = ActionDetail(
      reason: "other", holdMinutes: 1 + random.below(40),
      service: random.below(2) == 0 ? (random.below(2) == 0 ? QueueHall.passport : QueueHall.permit) : nil,
      target: random.below(2) == 0 ? .counter(1 + random.below(Self.counterCount)) : .officer(OfficerID(1)),
      keepsPosition: random.below(2) == 0, isConfirmed: true)
    let expected = outcome {
      try model.act(action, on: person.id, at: number, detail)
      return "done"
    }
    let actual = try outcome(in: transaction) { transaction in
      try hall.counters.act(
        action, on: TicketID(person.id), at: counter(number), by: .officer(OfficerID(Int64(number)), .clerk), detail,
        in: transaction)
      return "done"
    }
    tally.compare(actual, expected, "\(action) on \(person.id) at \(number) in \(person.state)")
  }

  /// Ends the day on both sides; the next one begins in the morning.
  func endDay(_ hall: QueueHall, _ model: inout HallModel, in transaction: borrowing Transaction) throws {
    let today = OfficeZone.wib.date(of: hall.clock.now)
    try DayClose(counters: hall.counters).close(today, by: .system("test"), in: transaction)
    let open = try TicketTable.open(upTo: today, orAfter: today, in: transaction)
    XCTAssertEqual(open.count, 0, "tickets are open after the day")
    model.closeDay()
    hall.clock.set(OfficeZone.wib.instant(today.adding(days: 1), CivilTime(minuteOfDay: 480)))
  }

  /// What the tables say otherwise than the model; nil when they agree on every open ticket.
  func difference(
    _ hall: QueueHall, _ model: HallModel, in transaction: borrowing Transaction
  ) throws -> String? {
    let today = OfficeZone.wib.date(of: hall.clock.now)
    let open = try TicketTable.open(upTo: today, orAfter: today, in: transaction)
    let expected = model.people.filter { !$0.state.isClosed }
    guard open.map(\.id.rawValue) == expected.map(\.id) else {
      return "open tickets are \(open.map(\.id)), not \(expected.map(\.id))"
    }
    for (ticket, person) in zip(open, expected) {
      let same =
        ticket.state == person.state && ticket.since.milliseconds == person.since && ticket.counter == person.counter
        && ticket.calls == person.calls && ticket.step == person.step
        && ticket.waitsFrom.milliseconds == person.waitsFrom
        && ticket.passedOver == person.passedOver && ticket.target == person.target
        && ticket.holdUntil?.milliseconds == person.holdUntil && ticket.service == person.service
      if !same { return "\(ticket) is not \(person)" }
    }
    return nil
  }

  private func outcome(_ work: () throws -> String) -> Result<String, HallModel.Refusal> {
    do {
      return .success(try work())
    } catch {
      return .failure((error as? HallModel.Refusal) ?? .movedOn)
    }
  }

  private func outcome(
    in transaction: borrowing Transaction, _ work: (borrowing Transaction) throws -> String
  ) throws -> Result<String, HallModel.Refusal> {
    do {
      return .success(try work(transaction))
    } catch let problem as Problem {
      guard let refusal = HallModel.Refusal(rawValue: problem.code) else { throw problem }
      return .failure(refusal)
    }
  }
}

extension ModelRun.Tally {
  fileprivate mutating func compare(
    _ actual: Result<String, HallModel.Refusal>, _ expected: Result<String, HallModel.Refusal>, _ what: String
  ) {
    if case .success = actual { accepted += 1 } else { refused += 1 }
    if actual != expected, difference == nil { difference = "\(what): \(actual), the model says \(expected)" }
  }
}

extension SeededRandom {
  fileprivate func one<Element>(of elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}
