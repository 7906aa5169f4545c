import Contracts
import Core
import Expectations
import Foundation
import XCTest

@testable import Forecast

final class NextRuleTests: XCTestCase {
  private let morning = Visits.morning

  /// The property: who waits longest, of those a counter could call, is never passed over more often than configured,
  /// whatever arrives, returns and is called by whom.
  func testNobodyWhoWaitsLongestIsPassedOverMoreOftenThanConfigured() {
    let random = SeededRandom(seed: TestSeed.drawn())
    for round in 0..<60 {
      let limit = 1 + random.below(5)
      let rule = NextRule(passedOverMax: limit, headStart: headStart(random))
      var hall = RandomHall(random: random)
      var passedOver: [TicketID: Int] = [:]
      for minute in 0..<400 {
        let now = morning + .minutes(minute)
        for _ in 0..<random.below(4) { hall.arrive(at: now) }
        let post = hall.post(1 + random.below(3))
        let able = hall.waiting.filter(post.canCall)
        let longest = able.min { $0.comesBefore($1) }
        let choice = rule.choose(among: hall.heads, for: post, at: now)
        XCTAssertEqual(choice == nil, able.isEmpty, "round \(round): somebody waits and nobody is called")
        guard let choice, let longest else { continue }
        if choice.ticket != longest.id {
          passedOver[longest.id, default: 0] += 1
          XCTAssertLessThanOrEqual(passedOver[longest.id, default: 0], limit, "round \(round), minute \(minute)")
        }
        hall.call(choice)
      }
    }
  }

  func testBestScoreOfAllIsAmongTheHeads() {
    let random = SeededRandom(seed: TestSeed.drawn())
    for _ in 0..<300 {
      let rule = NextRule(passedOverMax: 1_000, headStart: headStart(random))
      var hall = RandomHall(random: random)
      for minute in 0..<60 { hall.arrive(at: morning + .minutes(minute)) }
      let now = morning + .minutes(90)
      let post = hall.post(1)
      let ofHeads = rule.choose(among: hall.heads, for: post, at: now)
      let ofAll = rule.choose(among: hall.waiting, for: post, at: now)
      XCTAssertEqual(ofHeads?.ticket, ofAll?.ticket)
    }
  }

  func testAppointmentGoesFirstAroundItsTimeAndNotBefore() {
    let rule = NextRule.shipped
    let post = Skills(counter: 1, officer: OfficerID(1), services: [], steps: nil, languages: [])
    let walkIn = candidate(1, waitsFrom: morning)
    let appointed = candidate(2, waitsFrom: morning + .minutes(20), isAppointment: true)
    let early = rule.choose(among: [walkIn, appointed], for: post, at: morning + .minutes(10))
    XCTAssertEqual(early?.ticket, walkIn.id)
    let due = rule.choose(among: [walkIn, appointed], for: post, at: morning + .minutes(21))
    XCTAssertEqual(due?.ticket, appointed.id)
    XCTAssertEqual(due?.passedOver, [walkIn.id])
    XCTAssertEqual(due?.runnerUp?.ticket, walkIn.id)
  }

  func testOfficerWhoSpeaksTheLanguageIsPreferredAndNobodyElseIsKeptAway() {
    let rule = NextRule.shipped
    let local = candidate(1, waitsFrom: morning)
    let foreign = candidate(2, waitsFrom: morning + .minutes(3), language: .english)
    let now = morning + .minutes(10)
    for (languages, expected) in [(Set([Language.english]), foreign.id), (Set<Language>(), local.id)] {
      let post = Skills(counter: 1, officer: OfficerID(1), services: [], steps: nil, languages: languages)
      XCTAssertEqual(rule.choose(among: [local, foreign], for: post, at: now)?.ticket, expected)
    }
  }

  func testWhoeverWasSentToAnotherCounterIsNotCalledHere() {
    let post = Skills(counter: 1, officer: OfficerID(1), services: [], steps: nil, languages: [])
    let sent = candidate(1, waitsFrom: morning, target: .counter(2))
    XCTAssertNil(NextRule.shipped.choose(among: [sent], for: post, at: morning))
    let here = candidate(1, waitsFrom: morning, target: .officer(OfficerID(1)))
    XCTAssertEqual(NextRule.shipped.choose(among: [here], for: post, at: morning)?.ticket, here.id)
  }

  func testCounterOfOneStepCallsOnlyThatStep() {
    let post = Skills(counter: 1, officer: OfficerID(1), services: [], steps: ["bayar"], languages: [])
    let documents = candidate(1, waitsFrom: morning, stepCode: "berkas")
    let payment = candidate(2, waitsFrom: morning, step: 2, stepCode: "bayar")
    XCTAssertEqual(NextRule.shipped.choose(among: [documents, payment], for: post, at: morning)?.ticket, payment.id)
  }

  func testNobodyHasWaitedLessThanNotAtAll() {
    let candidate = Candidate(
      id: TicketID(1), service: Visits.passport, step: 0, stepCode: nil, waitsFrom: Visits.morning + .minutes(9),
      isPriority: false, isAppointment: true, language: .indonesian, target: nil, passedOver: 0)
    let score = NextRule.shipped.score(of: candidate, speaks: false, at: Visits.morning)
    XCTAssertEqual(score, Score())
  }

  private func headStart(_ random: SeededRandom) -> NextRule.HeadStart {
    var start = NextRule.HeadStart()
    start.priority = random.below(120)
    start.appointment = random.below(120)
    start.inProgress = random.below(120)
    start.language = random.below(60)
    start.sentHere = random.below(120)
    return start
  }

  private func candidate(
    _ id: Int64, waitsFrom: Instant, step: Int = 0, stepCode: String? = nil, isAppointment: Bool = false,
    language: Language = .indonesian, target: TicketTarget? = nil
  ) -> Candidate {
    Candidate(
      id: TicketID(id), service: Visits.passport, step: step, stepCode: stepCode, waitsFrom: waitsFrom,
      isPriority: false,
      isAppointment: isAppointment, language: language, target: target, passedOver: 0)
  }
}

/// People of every kind in a hall with three counters of different skills.
private struct RandomHall {
  let random: SeededRandom
  private(set) var waiting: [Candidate] = []
  private var issued: Int64 = 0

  init(random: SeededRandom) { self.random = random }

  /// The earliest of each line, found the slow way.
  var heads: [Candidate] {
    Dictionary(grouping: waiting) {
      "\($0.service)/\($0.step)/\($0.isPriority)/\($0.isAppointment)/\($0.language)/\(String(describing: $0.target))"
    }.values.compactMap { line in line.min { $0.comesBefore($1) } }
  }

  func post(_ counter: Int) -> Skills {
    Skills(
      counter: counter, officer: OfficerID(Int64(counter)), services: counter == 2 ? [Visits.permit] : [],
      steps: counter == 3 ? ["one"] : nil, languages: counter == 1 ? [.english] : [])
  }

  mutating func arrive(at now: Instant) {
    issued += 1
    let step = random.below(2)
    let isAppointment = random.below(4) == 0
    let offset = isAppointment ? random.below(40) - 10 : -(step * random.below(60))
    waiting.append(
      Candidate(
        id: TicketID(issued), service: random.below(2) == 0 ? Visits.passport : Visits.permit, step: step,
        stepCode: step == 0 ? "zero" : "one", waitsFrom: now + .minutes(offset), isPriority: random.below(4) == 0,
        isAppointment: isAppointment, language: random.below(5) == 0 ? .english : .indonesian,
        target: random.below(12) == 0 ? .counter(1 + random.below(3)) : nil, passedOver: 0))
  }

  mutating func call(_ choice: Choice) {
    waiting.removeAll { $0.id == choice.ticket }
    waiting = waiting.map { candidate in
      guard choice.passedOver.contains(candidate.id) else { return candidate }
      return Candidate(
        id: candidate.id, service: candidate.service, step: candidate.step, stepCode: candidate.stepCode,
        waitsFrom: candidate.waitsFrom, isPriority: candidate.isPriority, isAppointment: candidate.isAppointment,
        language: candidate.language, target: candidate.target, passedOver: candidate.passedOver + 1)
    }
  }
}
