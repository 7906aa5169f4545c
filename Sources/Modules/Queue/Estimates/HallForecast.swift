import Contracts
import Core

/// When those who wait will be called: the hall played through in fast motion, by the rule by which counters call.
///
/// A counter that gets free takes, of all whom it may call, the one with the earliest turn, and is then busy for as
/// long as such visits have kept a counter in the last weeks. A person with further steps comes back for them with the
/// place that the rule gives. No one arrives and no counter pauses here; how far that is from what happens is
/// learned afterwards by comparing (`ForecastErrors`).
struct HallForecast: Sendable, Equatable {
  /// A counter that works, or will.
  struct Desk: Sendable {
    let ability: Ability
    /// Minutes until it can call.
    var freeAfter: Double
    /// The person who is there now; comes back when there are further steps.
    var hand: HallSurvey.Waiting?
  }

  /// A person who would take a number now.
  struct Newcomer: Sendable, Hashable {
    let service: ServiceCode
    /// Minutes by which the person may overtake others.
    let headStart: Int
  }

  /// Minutes until each of those who wait is called, without those whom no counter may call.
  private(set) var people: [TicketID: Double] = [:]
  private(set) var newcomers: [Newcomer: Double] = [:]

  init(
    of waiting: [HallSurvey.Waiting], newcomers: [Newcomer], desks: [Desk], times: VisitTimes, rules: QueueRules,
    at now: Instant
  ) {
    var play = Play(desks: desks, times: times, rules: rules, now: now)
    for person in waiting { play.add(person) }
    for desk in desks {
      if let hand = desk.hand { play.sendOn(hand, after: desk.freeAfter) }
    }
    for newcomer in newcomers { play.add(newcomer) }
    play.run()
    people = play.people
    self.newcomers = play.answers
  }

  /// The same with each number of minutes turned into another.
  func mapped(_ change: (Double) -> Double) -> HallForecast {
    var forecast = self
    forecast.people = people.mapValues(change)
    forecast.newcomers = newcomers.mapValues(change)
    return forecast
  }
}

/// The hall while it is played.
private struct Play {
  struct Kind: Hashable {
    let line: HallSurvey.Line
    let target: TicketTarget?
  }

  struct Line {
    let kind: Kind
    /// The last one is called first.
    var people: [HallSurvey.Waiting] = []
    /// Whether each of the counters may call the line.
    let canBeCalled: [Bool]
  }

  /// A person on the way to the next step.
  struct Returning {
    let after: Double
    let person: HallSurvey.Waiting
  }

  /// Far more than a full hall needs; so that a mistake in the rules cannot keep the program busy.
  static let callCountMax = 50_000

  var desks: [HallForecast.Desk]
  let times: VisitTimes
  let rules: QueueRules
  let now: Instant

  private var lines: [Line] = []
  private var places: [Kind: Int] = [:]
  /// The last one comes first.
  private var returning: [Returning] = []
  private var asked: [(newcomer: HallForecast.Newcomer, line: Int, turn: Int64)] = []
  private var uncalled: Set<TicketID> = []
  private(set) var people: [TicketID: Double] = [:]
  private(set) var answers: [HallForecast.Newcomer: Double] = [:]

  init(desks: [HallForecast.Desk], times: VisitTimes, rules: QueueRules, now: Instant) {
    self.desks = desks
    self.times = times
    self.rules = rules
    self.now = now
  }

  mutating func add(_ person: HallSurvey.Waiting) {
    guard let line = line(of: Kind(line: person.line, target: person.target)) else { return }
    insert(person, into: line)
    uncalled.insert(person.id)
  }

  mutating func add(_ newcomer: HallForecast.Newcomer) {
    guard let line = line(of: Kind(line: .init(service: newcomer.service, step: 0), target: nil)) else { return }
    asked.append((newcomer, line, now.milliseconds - Int64(newcomer.headStart) * 60_000))
  }

  /// Lets a person whose step ends after that many minutes come back for the next one.
  mutating func sendOn(_ person: HallSurvey.Waiting, after minutes: Double) {
    guard person.line.step + 1 < rules.stepCount(of: person.line.service) else { return }
    let next = person.inNextStep(at: now + .milliseconds(Int(minutes * 60_000)), rules: rules)
    guard line(of: Kind(line: next.line, target: nil)) != nil else { return }
    let place = returning.firstIndex { $0.after <= minutes } ?? returning.endIndex
    returning.insert(Returning(after: minutes, person: next), at: place)
    // A counter that had nothing to do any more may have again.
    for desk in desks.indices where desks[desk].freeAfter == .infinity { desks[desk].freeAfter = minutes }
  }

  mutating func run() {
    var callCount = 0
    while !uncalled.isEmpty || !asked.isEmpty, callCount < Self.callCountMax,
      let desk = desks.indices.min(by: { desks[$0].freeAfter < desks[$1].freeAfter }),
      desks[desk].freeAfter < .infinity
    {
      let moment = desks[desk].freeAfter
      admit(until: moment)
      let next = firstLine(for: desk)
      answer(desk, before: next, at: moment)
      if let next, let person = lines[next].people.popLast() {
        callCount += 1
        if uncalled.remove(person.id) != nil { people[person.id] = moment }
        desks[desk].freeAfter = moment + times.minutes(person.line)
        sendOn(person, after: desks[desk].freeAfter)
      } else {
        desks[desk].freeAfter = nextMoment(after: moment)
      }
    }
  }

  // MARK: the steps

  /// The place of a line; nil for one that no counter may call.
  private mutating func line(of kind: Kind) -> Int? {
    if let known = places[kind] { return known }
    let code = rules.step(kind.line.step, of: kind.line.service)?.code
    let canBeCalled = desks.map { $0.ability.canCall(kind.line.service, step: code, for: kind.target) }
    guard canBeCalled.contains(true) else { return nil }
    places[kind] = lines.count
    lines.append(Line(kind: kind, canBeCalled: canBeCalled))
    return lines.count - 1
  }

  private mutating func insert(_ person: HallSurvey.Waiting, into line: Int) {
    var (low, high) = (0, lines[line].people.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[line].people[middle].comesBefore(person) { high = middle } else { low = middle + 1 }
    }
    lines[line].people.insert(person, at: low)
  }

  private mutating func admit(until moment: Double) {
    while let first = returning.last, first.after <= moment {
      returning.removeLast()
      if let line = line(of: Kind(line: first.person.line, target: nil)) { insert(first.person, into: line) }
    }
  }

  /// The line whose first person the counter calls next.
  private func firstLine(for desk: Int) -> Int? {
    var best: Int?
    for place in lines.indices where lines[place].canBeCalled[desk] {
      guard let head = lines[place].people.last else { continue }
      if let known = best, let other = lines[known].people.last, !head.comesBefore(other) { continue }
      best = place
    }
    return best
  }

  /// A newcomer is called as soon as a counter would take them before all others.
  private mutating func answer(_ desk: Int, before next: Int?, at moment: Double) {
    let turn = next.flatMap { lines[$0].people.last?.turn } ?? .max
    asked.removeAll { asked in
      guard lines[asked.line].canBeCalled[desk], asked.turn < turn else { return false }
      answers[asked.newcomer] = moment
      return true
    }
  }

  /// When something happens next for a counter without work.
  private func nextMoment(after moment: Double) -> Double {
    let busy = desks.lazy.map(\.freeAfter).filter { $0 > moment }.min()
    let back = returning.last.map(\.after).flatMap { $0 > moment ? $0 : nil }
    return min(busy ?? .infinity, back ?? .infinity)
  }
}

extension HallSurvey.Waiting {
  /// The same person in the line of the next step.
  fileprivate func inNextStep(at moment: Instant, rules: QueueRules) -> HallSurvey.Waiting {
    let place = rules.nextStepPlace(arrivedAt: min(place, moment), now: moment)
    let headStart = headStart + (line.step == 0 ? rules.next.headStart.inProgress : 0)
    return HallSurvey.Waiting(
      id: id, number: number, line: HallSurvey.Line(service: line.service, step: line.step + 1), target: nil,
      place: place, headStart: headStart)
  }
}
