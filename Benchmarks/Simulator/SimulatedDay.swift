import Contracts
import Core
import Queue
import Store

/// One day of the hall, event by event: people come, officers call, serve and pause. All of it happens in one
/// transaction of the real store, through the steps that kiosks and officers' keys take.
struct SimulatedDay {
  /// Looks at the hall after each event, inside the day's transaction.
  typealias Observer = @Sendable (PlayedHall, Instant, borrowing Transaction) throws -> Void

  enum Event {
    case comes(Int)
    case opens(Int)
    case isFree(Int)
    case calledAgain(Int)
    case givenUp(Int)
    case starts(Int)
    case finishes(Int)
    case wantsPause(Int)
  }

  private let hall: PlayedHall
  private let clock: ManualClock
  private let plan: DayPlan
  private let hours: DayHours
  private let chance: Chance
  private let pace: Double
  private var seats: [Seat]
  private var events = EventQueue<Event>()
  private var visits: [TicketID: Visit] = [:]
  private var waitingCount = 0
  private(set) var outcome = DayOutcome()
  private var means: MeanTimes
  private let observe: Observer?

  /// - Parameter means: what the naive estimate knows: the mean times of all days before.
  init(
    hall: PlayedHall, clock: ManualClock, plan: DayPlan, hours: DayHours, seats: [Seat], means: MeanTimes,
    chance: Chance, observe: Observer? = nil
  ) {
    self.observe = observe
    self.hall = hall
    self.clock = clock
    self.plan = plan
    self.hours = hours
    self.seats = seats
    self.means = means
    self.chance = chance
    pace = chance.lognormal(mean: 1, spread: HallHabits.daySpread)
  }

  /// Plays the day from before its opening until everybody has gone, and closes it.
  mutating func run(in transaction: borrowing Transaction) throws -> DayOutcome {
    for (place, visitor) in plan.visitors.enumerated() { events.add(.comes(place), at: visitor.comesAt) }
    for seat in seats.indices {
      events.add(.opens(seat), at: hours.opening + minutes(chance.between(0, HallHabits.lateMinutes)))
      for _ in 0..<chance.count(mean: HallHabits.pausesPerDay) {
        events.add(.wantsPause(seat), at: hours.opening + minutes(chance.between(60, hours.minuteCount - 60)))
      }
    }
    while let (event, instant) = events.next() {
      clock.set(instant)
      // Before and after anything has taken notice of the time that passed.
      try observe?(hall, instant, transaction)
      try hall.passTime(in: transaction)
      try happen(event, in: transaction)
      try observe?(hall, instant, transaction)
    }
    outcome.lastCall = max(0, Double((clock.now - hours.closing).milliseconds) / 60_000)
    outcome.leftOpen = try hall.closeDay(in: transaction)
    outcome.means = means
    return outcome
  }

  private mutating func happen(_ event: Event, in transaction: borrowing Transaction) throws {
    switch event {
    case .comes(let visitor): try come(visitor, in: transaction)
    case .opens(let seat): try open(seat, in: transaction)
    case .isFree(let seat): try callNext(seat, in: transaction)
    case .calledAgain(let seat):
      if let hand = seats[seat].hand { try hall.act(.recall, on: hand.ticket, at: seats[seat].number, in: transaction) }
    case .givenUp(let seat): try giveUp(seat, in: transaction)
    case .starts(let seat): try start(seat, in: transaction)
    case .finishes(let seat): try finish(seat, in: transaction)
    case .wantsPause(let seat): try wantPause(seat, in: transaction)
    }
  }

  // MARK: visitors

  private mutating func come(_ place: Int, in transaction: borrowing Transaction) throws {
    let visitor = plan.visitors[place]
    guard let told = try ask(for: visitor, place, in: transaction) else {
      outcome.turnedAwayCount += 1
      return
    }
    let open = seats.filter { $0.isOpen }
    let working = open.isEmpty ? seats : open
    visits[told.ticket] = Visit(
      visitor: visitor, told: told,
      naiveHall: Double(waitingCount) * means.overall / Double(working.count),
      naiveLine: Double(told.peopleAhead) * means.mean(visitor.service)
        / Double(max(1, working.count { $0.serves(visitor.service) })),
      cameWhileOpen: !open.isEmpty)
    waitingCount += 1
    outcome.arrivalCount += 1
    wakeIdle()
  }

  /// - Returns: nil when nobody new is admitted any more.
  private func ask(
    for visitor: SimulatedVisitor, _ place: Int, in transaction: borrowing Transaction
  ) throws -> PlayedHall.Told? {
    do {
      if let appointedAt = visitor.appointedAt {
        return try hall.checkIn(
          visitor.service, code: PublicCode(from: chance.randomSource), appointedAt: appointedAt, in: transaction)
      }
      return try hall.take(
        visitor.service, isPriority: visitor.isPriority, submission: "\(clock.now.milliseconds)/\(place)",
        in: transaction)
    } catch is Unavailable {
      return nil
    }
  }

  /// Officers without work notice that a person waits.
  private mutating func wakeIdle() {
    for seat in seats.indices where seats[seat].isIdle {
      seats[seat].isIdle = false
      events.add(.isFree(seat), at: clock.now + minutes(HallHabits.noticeMinutes))
    }
  }

  // MARK: officers

  private mutating func open(_ seat: Int, in transaction: borrowing Transaction) throws {
    try hall.open(seats[seat].number, in: transaction)
    seats[seat].isOpen = true
    try callNext(seat, in: transaction)
  }

  private mutating func wantPause(_ seat: Int, in transaction: borrowing Transaction) throws {
    seats[seat].wantsPause = true
    if seats[seat].isIdle { try pauseIfDue(seat, in: transaction) }
  }

  @discardableResult
  private mutating func pauseIfDue(_ seat: Int, in transaction: borrowing Transaction) throws -> Bool {
    guard seats[seat].isOpen else { return true }
    let end: Instant
    if let midday = hours.breakEnd(at: clock.now) {
      end = midday + minutes(chance.between(0, HallHabits.lateMinutes))
    } else if seats[seat].wantsPause {
      end =
        clock.now
        + minutes(chance.lognormal(mean: HallHabits.pauseMinutes.mean, spread: HallHabits.pauseMinutes.spread))
      seats[seat].wantsPause = false
    } else {
      return false
    }
    try hall.pause(seats[seat].number, in: transaction)
    seats[seat].isOpen = false
    seats[seat].isIdle = false
    events.add(.opens(seat), at: end)
    return true
  }

  private mutating func callNext(_ seat: Int, in transaction: borrowing Transaction) throws {
    guard seats[seat].hand == nil, try !pauseIfDue(seat, in: transaction) else { return }
    guard let called = try hall.next(at: seats[seat].number, in: transaction) else {
      seats[seat].isIdle = true
      return
    }
    seats[seat].isIdle = false
    seats[seat].hand = called
    waitingCount -= 1
    if called.step == 0 { note(called) }
    let walk = minutes(chance.lognormal(mean: HallHabits.walkMinutes.mean, spread: HallHabits.walkMinutes.spread))
    if called.step == 0, visits[called.ticket]?.visitor.isAway == true {
      events.add(.calledAgain(seat), at: clock.now + minutes(HallHabits.recallMinutes))
      events.add(.givenUp(seat), at: clock.now + minutes(HallHabits.giveUpMinutes))
    } else {
      events.add(.starts(seat), at: clock.now + walk)
    }
  }

  private mutating func start(_ seat: Int, in transaction: borrowing Transaction) throws {
    guard let hand = seats[seat].hand else { return }
    try hall.act(.start, on: hand.ticket, at: seats[seat].number, in: transaction)
    let visit = HallHabits.visits.first { $0.service == hand.service }
    let mean = visit.flatMap { $0.minutes.indices.contains(hand.step) ? $0.minutes[hand.step] : nil } ?? 8
    let spent = chance.lognormal(mean: mean * seats[seat].pace * pace, spread: visit?.spread ?? 0.5)
    means.add(spent, of: hand.service)
    outcome.servedMinutes += spent
    events.add(.finishes(seat), at: clock.now + minutes(spent))
  }

  private mutating func finish(_ seat: Int, in transaction: borrowing Transaction) throws {
    guard let hand = seats[seat].hand else { return }
    if try hall.finish(hand.ticket, at: seats[seat].number, in: transaction) {
      outcome.finishedCount += 1
    } else {
      waitingCount += 1
      wakeIdle()
    }
    tidy(seat)
  }

  private mutating func giveUp(_ seat: Int, in transaction: borrowing Transaction) throws {
    guard let hand = seats[seat].hand else { return }
    try hall.act(.noShow, on: hand.ticket, at: seats[seat].number, in: transaction)
    outcome.noShowCount += 1
    tidy(seat)
  }

  private mutating func tidy(_ seat: Int) {
    seats[seat].hand = nil
    events.add(
      .isFree(seat),
      at: clock.now
        + minutes(chance.lognormal(mean: HallHabits.tidyMinutes.mean, spread: HallHabits.tidyMinutes.spread)))
  }

  // MARK: books

  /// A person is called for the first time: what they were told can be compared.
  private mutating func note(_ called: PlayedHall.Called) {
    guard let visit = visits[called.ticket], !visit.isNoted else { return }
    visits[called.ticket]?.isNoted = true
    let waited = Double((clock.now - visit.visitor.comesAt).milliseconds) / 60_000
    outcome.waits.append(.init(minutes: waited, visitor: visit.visitor))
    guard let expected = visit.told.expectedMinutes, let range = visit.told.waitMinutes else { return }
    outcome.samples.append(
      Accuracy.Sample(
        waited: waited, expected: expected, range: range, naiveHall: visit.naiveHall, naiveLine: visit.naiveLine,
        isPlain: visit.cameWhileOpen && hours.isWithinOneSpan(visit.visitor.comesAt, clock.now)))
  }

  private func minutes(_ minutes: Double) -> Duration { .milliseconds(Int(minutes * 60_000)) }

  private struct Visit {
    let visitor: SimulatedVisitor
    let told: PlayedHall.Told
    let naiveHall: Double
    let naiveLine: Double
    let cameWhileOpen: Bool
    var isNoted = false
  }
}
