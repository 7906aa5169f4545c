import Contracts
import Core
import Expectations
import XCTest

@testable import Forecast

/// What is counted in the lines is what the whole order of calls says.
final class WaitingLinesTests: XCTestCase {
  private static let languages: [Language] = [.indonesian, .english]

  func testAPersonWhoIsAddedHasThePositionThatTheWholeHallGives() {
    let random = SeededRandom(seed: TestSeed.drawn())
    for round in 0..<40 {
      let rules = rules(random)
      var lines = WaitingLines()
      var people: [Candidate] = []
      for minute in 0..<60 {
        let now = Visits.morning + .seconds(minute * 50)
        let person = person(people.count + 1, at: now, rules, random)
        people.append(person)
        lines.insert(person)
        let counters = (1...4).filter { _ in random.below(4) > 0 }.map { counter($0, random) }
        let positions = TicketPositions(people, counters: counters, rule: rules.next, at: now)
        for one in [person, people[random.below(people.count)]] {
          XCTAssertEqual(
            lines.peopleAhead(of: one, counters: counters, rules: rules, at: now), positions.peopleAhead(of: one.id),
            "round \(round), minute \(minute)")
        }
      }
      XCTAssertEqual(lines, WaitingLines(people.reversed()), "round \(round): the order of adding does not matter")
      var fewer = lines
      for gone in people.prefix(20) { XCTAssertTrue(fewer.remove(gone)) }
      XCTAssertFalse(fewer.remove(people[0]))
      XCTAssertFalse(fewer.passOver(people[0].id))
      XCTAssertEqual(fewer, WaitingLines(Array(people.dropFirst(20))), "round \(round)")
      XCTAssertTrue(fewer.passOver(people[30].id))
      XCTAssertNotEqual(fewer, WaitingLines(Array(people.dropFirst(20))))
      XCTAssertEqual(lines.count, people.count)
      for service in [Visits.passport, Visits.permit, ServiceCode("tidak-ada")] {
        XCTAssertEqual(lines.count(of: service), people.count { $0.service == service })
      }
    }
  }

  func testAPersonWhoDoesNotWaitHasNoPosition() {
    let random = SeededRandom(seed: 1)
    let (one, other) = (
      person(1, at: Visits.morning, .shipped, random), person(2, at: Visits.morning, .shipped, random)
    )
    let lines = WaitingLines([one])
    XCTAssertNil(lines.peopleAhead(of: other, counters: [], rules: .shipped, at: Visits.morning))
    XCTAssertNil(WaitingLines().peopleAhead(of: one, counters: [], rules: .shipped, at: Visits.morning))
  }

  func testWhereTooManyWaitThePriorityLineIsForeseenAndThenThoseWhoCameFirst() {
    let random = SeededRandom(seed: TestSeed.drawn())
    let rules = QueueRules.shipped
    let people = (1...80).map { person($0, at: Visits.morning + .seconds($0 * 7), rules, random) }
    let expected = people.sorted { one, other in
      one.isPriority == other.isPriority ? one.comesBefore(other) : one.isPriority
    }.prefix(30)
    let foreseen = WaitingLines(people).people(limit: 30, headStart: rules.next.headStart)
    XCTAssertEqual(foreseen.map(\.id).sorted(), expected.map(\.id).sorted())
    XCTAssertEqual(foreseen.map(\.turn), foreseen.map(\.turn).sorted())
    XCTAssertEqual(WaitingLines(people).people(limit: 80, headStart: rules.next.headStart).count, 80)
  }

  private func rules(_ random: SeededRandom) -> QueueRules {
    var rules = QueueRules.shipped
    var headStart = NextRule.HeadStart()
    headStart.priority = random.below(60)
    headStart.appointment = random.below(60)
    rules.next = NextRule(passedOverMax: 1 + random.below(4), headStart: headStart)
    rules.steps = [
      Visits.passport: ["satu", "dua"].map { QueueRules.Step(code: $0, name: LocalizedText(inEveryLanguage: $0)) }
    ]
    return rules
  }

  private func person(_ id: Int, at now: Instant, _ rules: QueueRules, _ random: SeededRandom) -> Candidate {
    let service = random.below(2) == 0 ? Visits.passport : Visits.permit
    let step = service == Visits.passport ? random.below(2) : 0
    let isAppointment = random.below(4) == 0
    return Candidate(
      id: TicketID(Int64(id)), service: service, step: step, stepCode: rules.step(step, of: service)?.code,
      waitsFrom: now + .minutes(isAppointment ? random.below(40) - 10 : -(step * random.below(20))),
      isPriority: random.below(4) == 0, isAppointment: isAppointment, language: Self.languages[random.below(2)],
      target: random.below(8) == 0 ? .counter(1 + random.below(4)) : nil, passedOver: random.below(3))
  }

  private func counter(_ number: Int, _ random: SeededRandom) -> Skills {
    Skills(
      counter: number, officer: OfficerID(Int64(number)), services: number == 2 ? [Visits.permit] : [],
      steps: number == 3 ? ["dua"] : nil, languages: random.below(2) == 0 ? [.english] : [])
  }
}
