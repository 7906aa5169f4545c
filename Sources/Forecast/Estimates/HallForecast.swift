public import Contracts
public import Core

/// When those who wait will be called: the hall played through in fast motion, by the rule by which counters call.
///
/// A counter that gets free takes, of all whom it may call, the one with the earliest turn, and is then busy for as
/// long as such visits have kept a counter in the last weeks. A person with further steps comes back for them with the
/// position that the rule gives. No one arrives and no counter pauses here; how far that is from what happens is
/// learned afterwards by comparing (`ForecastErrors`).
public struct HallForecast: Sendable, Equatable {
  /// A counter that works, or will.
  public struct Counter: Sendable {
    let skills: Skills
    /// Minutes until it can call.
    var freeAfter: Double
    /// The person who is there now; comes back when there are further steps.
    var hand: WaitingPerson?

    /// A counter that is free after so many minutes.
    public init(skills: Skills, freeAfter: Double, hand: WaitingPerson?) {
      self.skills = skills
      self.freeAfter = freeAfter
      self.hand = hand
    }
  }

  /// A person who would take a number now.
  public struct Newcomer: Sendable, Hashable {
    let service: ServiceCode
    /// Minutes by which the person may overtake others.
    let headStart: Int

    /// A person who would come for that service.
    public init(service: ServiceCode, headStart: Int) {
      self.service = service
      self.headStart = headStart
    }
  }

  /// Minutes until each of those who wait is called, without those whom no counter may call.
  public private(set) var people: [TicketID: Double] = [:]
  /// Minutes until each of those who might come would be called.
  public private(set) var newcomers: [Newcomer: Double] = [:]

  /// Plays the hall through.
  ///
  /// - Parameters:
  ///   - newcomers: for whom it is asked as well; they take no position from others.
  ///   - counters: those that call, or will.
  public init(
    of waiting: [WaitingPerson], newcomers: [Newcomer], counters: [Counter], times: VisitTimes, rules: QueueRules,
    at now: Instant
  ) {
    var play = Play(counters: counters, times: times, rules: rules, now: now)
    for person in waiting { play.add(person) }
    for counter in counters {
      if let hand = counter.hand { play.sendOn(hand, after: counter.freeAfter) }
    }
    for newcomer in newcomers { play.add(newcomer) }
    play.run()
    people = play.people
    self.newcomers = play.answers
  }

  /// The same with each number of minutes turned into another.
  public func mapped(_ change: (Double) -> Double) -> HallForecast {
    var forecast = self
    forecast.people = people.mapValues(change)
    forecast.newcomers = newcomers.mapValues(change)
    return forecast
  }
}

/// The hall while it is played.
private struct Play {
  struct Kind: Hashable {
    let line: WaitingLine
    let target: TicketTarget?
  }

  struct Line {
    let kind: Kind
    /// The last one is called first.
    var people: [WaitingPerson] = []
    /// Whether each of the counters may call the line.
    let canBeCalled: [Bool]
  }

  /// A person on the way to the next step.
  struct Returning {
    let after: Double
    let person: WaitingPerson
  }

  /// Far more than a full hall needs; so that a mistake in the rules cannot keep the program busy.
  static let callCountMax = 50_000

  var counters: [HallForecast.Counter]
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

  init(counters: [HallForecast.Counter], times: VisitTimes, rules: QueueRules, now: Instant) {
    self.counters = counters
    self.times = times
    self.rules = rules
    self.now = now
  }

  mutating func add(_ person: WaitingPerson) {
    guard let line = line(of: Kind(line: person.line, target: person.target)) else { return }
    insert(person, into: line)
    uncalled.insert(person.id)
  }

  mutating func add(_ newcomer: HallForecast.Newcomer) {
    guard let line = line(of: Kind(line: .init(service: newcomer.service, step: 0), target: nil)) else { return }
    asked.append((newcomer, line, now.milliseconds - Int64(newcomer.headStart) * 60_000))
  }

  /// Lets a person whose step ends after that many minutes come back for the next one.
  mutating func sendOn(_ person: WaitingPerson, after minutes: Double) {
    guard person.line.step + 1 < rules.stepCount(of: person.line.service) else { return }
    let next = person.inNextStep(at: now + .milliseconds(Int(minutes * 60_000)), rules: rules)
    guard line(of: Kind(line: next.line, target: nil)) != nil else { return }
    let place = returning.firstIndex { $0.after <= minutes } ?? returning.endIndex
    returning.insert(Returning(after: minutes, person: next), at: place)
    // A counter that had nothing to do any more may have again.
    for counter in counters.indices where counters[counter].freeAfter == .infinity {
      counters[counter].freeAfter = minutes
    }
  }

  mutating func run() {
    var callCount = 0
    while !uncalled.isEmpty || !asked.isEmpty, callCount < Self.callCountMax,
      let counter = counters.indices.min(by: { counters[$0].freeAfter < counters[$1].freeAfter }),
      counters[counter].freeAfter < .infinity
    {
      let moment = counters[counter].freeAfter
      admit(until: moment)
      let next = firstLine(for: counter)
      answer(counter, before: next, at: moment)
      if let next, let person = lines[next].people.popLast() {
        callCount += 1
        if uncalled.remove(person.id) != nil { people[person.id] = moment }
        counters[counter].freeAfter = moment + times.minutes(person.line)
        sendOn(person, after: counters[counter].freeAfter)
      } else {
        counters[counter].freeAfter = nextMoment(after: moment)
      }
    }
  }

  // MARK: the steps

  /// The place of a line; nil for one that no counter may call.
  private mutating func line(of kind: Kind) -> Int? {
    if let known = places[kind] { return known }
    let code = rules.step(kind.line.step, of: kind.line.service)?.code
    let canBeCalled = counters.map { $0.skills.canCall(kind.line.service, step: code, for: kind.target) }
    guard canBeCalled.contains(true) else { return nil }
    places[kind] = lines.count
    lines.append(Line(kind: kind, canBeCalled: canBeCalled))
    return lines.count - 1
  }

  private mutating func insert(_ person: WaitingPerson, into line: Int) {
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
  private func firstLine(for counter: Int) -> Int? {
    var best: Int?
    for place in lines.indices where lines[place].canBeCalled[counter] {
      guard let head = lines[place].people.last else { continue }
      if let known = best, let other = lines[known].people.last, !head.comesBefore(other) { continue }
      best = place
    }
    return best
  }

  /// A newcomer is called as soon as a counter would take them before all others.
  private mutating func answer(_ counter: Int, before next: Int?, at moment: Double) {
    let turn = next.flatMap { lines[$0].people.last?.turn } ?? .max
    asked.removeAll { asked in
      guard lines[asked.line].canBeCalled[counter], asked.turn < turn else { return false }
      answers[asked.newcomer] = moment
      return true
    }
  }

  /// When something happens next for a counter without work.
  private func nextMoment(after moment: Double) -> Double {
    let busy = counters.lazy.map(\.freeAfter).filter { $0 > moment }.min()
    let back = returning.last.map(\.after).flatMap { $0 > moment ? $0 : nil }
    return min(busy ?? .infinity, back ?? .infinity)
  }
}

extension WaitingPerson {
  /// The same person in the line of the next step.
  fileprivate func inNextStep(at moment: Instant, rules: QueueRules) -> WaitingPerson {
    let waitsFrom = rules.nextStepWaitsFrom(arrivedAt: min(waitsFrom, moment), now: moment)
    let headStart = headStart + (line.step == 0 ? rules.next.headStart.inProgress : 0)
    return WaitingPerson(
      id: id, number: number, line: WaitingLine(service: line.service, step: line.step + 1), target: nil,
      waitsFrom: waitsFrom, headStart: headStart)
  }
}
