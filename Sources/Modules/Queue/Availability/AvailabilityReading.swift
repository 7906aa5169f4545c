import Contracts
import Core
import Forecast
import Store

/// All that availabilities are decided from, as one snapshot shows it: for many tickets it is read once.
struct AvailabilityReading: Sendable {
  let now: Instant
  let day: CivilDate
  let posts: [CounterPost]
  /// The stops of the day.
  let stops: [ServiceStop]
  /// The stops of the day and of later ones.
  let stopsAhead: [ServiceStop]
  /// The skills of the counters at which an officer sits.
  let skills: [Skills]
  /// Whether the day was closed before its hours were over.
  let isDayClosed: Bool
  /// Those who wait, where they are known without being read again.
  var lines: KeptHall.Lines?
  private let queue: HallQueue

  init<Database: Queryable & ~Copyable>(_ queue: HallQueue, in database: borrowing Database) throws {
    let now = queue.clock.now
    let day = queue.zone.date(of: now)
    self.init(
      queue, at: now, try KeptHall.Posts.read(on: day, in: database),
      stopsAhead: try queue.stopsAhead(from: day, in: database))
  }

  /// The same in a transaction; what counters and the day's end say is kept from the last one.
  init(of queue: HallQueue, in transaction: borrowing Transaction) throws {
    let now = queue.clock.now
    let day = queue.zone.date(of: now)
    self.init(
      queue, at: now, try queue.kept.posts(on: day, in: transaction),
      stopsAhead: try queue.stopsAhead(from: day, in: transaction))
  }

  /// The same for a number that is to be given, with those who wait; most of it is kept from the last one. The lines are
  /// put back when it has been given.
  init(taking kept: KeptHall, of queue: HallQueue, in transaction: borrowing Transaction) throws {
    let now = queue.clock.now
    let day = queue.zone.date(of: now)
    self.init(
      queue, at: now, try kept.posts(on: day, in: transaction),
      stopsAhead: try queue.stopsAhead(from: day, in: transaction))
    lines = try kept.takeLines(on: day, in: transaction)
  }

  private init(_ queue: HallQueue, at now: Instant, _ posts: KeptHall.Posts, stopsAhead: [ServiceStop]) {
    self.queue = queue
    self.now = now
    day = posts.day
    self.posts = posts.counters
    isDayClosed = posts.isDayClosed
    self.stopsAhead = stopsAhead
    stops = stopsAhead.compactMap { $0.on(posts.day) }
    let rules = queue.rules.now
    skills = queue.office.counters.compactMap { counter in
      guard let post = posts.counters.first(where: { $0.number == counter.number }), post.state != .closed,
        let officer = post.officer
      else { return nil }
      return Skills(counter, post: post, officer: officer, rules: rules)
    }
  }

  /// A counter's post; nil for one that has not been opened.
  func post(of counter: Int) -> CounterPost? { posts.first { $0.number == counter } }

  /// The posts at which an officer sits, calling or pausing.
  var seatedPosts: [CounterPost] { posts.filter(\.isSeated) }

  /// A service's, or the office's as a whole, before any forecast has its say.
  func availability(of service: ServiceCode?) -> Availability {
    guard let service else { return decide(nil, seated: seated { _ in true }) }
    let step = queue.rules.now.step(0, of: service)?.code
    return decide(service, seated: seated { $0.canCall(service, step: step, for: nil) })
  }

  /// What the holder of a waiting ticket is told: for the step and the counter that it waits for.
  func availability(of ticket: TicketRecord) -> Availability {
    availability(ofWaiting: ticket.service, step: ticket.step, for: ticket.target)
  }

  func availability(ofWaiting service: ServiceCode, step: Int, for target: TicketTarget?) -> Availability {
    let step = queue.rules.now.step(step, of: service)?.code
    return decide(service, seated: seated { $0.canCall(service, step: step, for: target) }, isWaiting: true)
  }

  /// The day's opening hours less the stops of the whole office; none once the day is closed.
  var hours: [OpeningSpan] {
    isDayClosed
      ? []
      : AvailabilityRule.open(queue.openings?.openingTimes(on: day) ?? [], without: stops.filter { $0.service == nil })
  }

  /// The skills of those counters that call.
  var callingSkills: [Skills] { skills.filter { isCalling($0.counter) } }

  /// Those by which positions are told: of the counters that call or, where all of them pause, of those that pause.
  var positioningSkills: [Skills] {
    let calling = callingSkills
    return calling.isEmpty ? skills : calling
  }

  private func isCalling(_ counter: Int) -> Bool { posts.contains { $0.number == counter && $0.state == .open } }

  /// Why all of these counters pause, where that is one reason and for people to know.
  private func pause(of counters: [Int]) -> Availability.PauseCause? {
    let reasons = Set(posts.filter { counters.contains($0.number) }.map(\.reason))
    guard reasons.count == 1, let reason = reasons.first?.flatMap(PauseReason.init(rawValue:)) else { return nil }
    return reason.told
  }

  /// Whether an officer sits at a counter that can begin with it, also in a break or after closing.
  func isSeated(_ service: ServiceCode) -> Bool {
    let rules = queue.rules.now
    return skills.contains { $0.canBegin(service, rules) }
  }

  /// The stops of today that are not over yet and concern the office, or one of these services.
  func stops(of services: [ServiceCode]) -> [ServiceStop] {
    let time = queue.zone.time(of: now)
    return stops.filter { stop in
      stop.span.to > time && stop.service.map(services.contains) ?? true
    }
  }

  /// Whether a supervisor has stopped it just now.
  func isStopped(_ service: ServiceCode) -> Bool {
    let time = queue.zone.time(of: now)
    return stops.contains { $0.concerns(service) && $0.covers(time) }
  }

  private func seated(where serves: (Skills) -> Bool) -> [Int] { skills.filter(serves).map(\.counter) }

  private func decide(_ service: ServiceCode?, seated: [Int], isWaiting: Bool = false) -> Availability {
    let calling = seated.filter(isCalling)
    return AvailabilityRule(admission: queue.rules.now.admission).decide(
      at: queue.zone.time(of: now),
      on: queue.openings.map { openings in
        let hours = openings.openingTimes(on: day)
        return AvailabilityRule.Day(hours: hours, closure: hours.isEmpty ? openings.closure(on: day) : nil)
      },
      isDayClosed: isDayClosed,
      stops: stops.filter { $0.concerns(service) },
      counters: AvailabilityRule.Counters(
        isServable: service.map(isServable) ?? true, seated: seated, calling: calling,
        pause: calling.isEmpty ? pause(of: seated) : nil),
      isWaiting: isWaiting,
      tomorrow: { nextOpening(of: service) }, planned: { nextOpening(without: []) })
  }

  /// The stops that have not begun yet and take opening hours away, in the order in which they begin. One that lies within
  /// another is not told beside it.
  var ahead: [StopAhead] {
    let time = queue.zone.time(of: now)
    return stopsAhead.filter { stop in
      (day, time) < (stop.period.first, stop.period.from) && takesHours(stop)
        && !stopsAhead.contains { $0.encloses(stop) }
    }
    .sorted { ($0.period.first, $0.period.from, $0.id) < ($1.period.first, $1.period.from, $1.id) }
    .map { stop in
      StopAhead(
        service: stop.service, name: stop.service.map(queue.serviceName), period: stop.period, reason: stop.reason,
        isToday: stop.period.first == day)
    }
  }

  /// The first stop later today that a person who waits for a service is told of; nil for none.
  func stopLaterToday(of service: ServiceCode) -> StopAhead? { ahead.first { $0.isToday && $0.concerns(service) } }

  private func takesHours(_ stop: ServiceStop) -> Bool {
    guard let openings = queue.openings else { return true }
    return stop.period.days.contains { date in
      guard date != day || !isDayClosed, let span = stop.period.span(on: date) else { return false }
      return openings.openingTimes(on: date).contains { span.from < $0.to && $0.from < span.to }
    }
  }

  /// The later days from which stops of the whole office take hours.
  func closures(dayCount: Int) -> [PlannedClosure] {
    (1...dayCount).compactMap { closure(on: day.adding(days: $0)) }
  }

  /// What stops of the whole office leave of today's hours; nil where they take none.
  var closureToday: PlannedClosure? { closure(on: day) }

  private func closure(on date: CivilDate) -> PlannedClosure? {
    let stops = stopsAhead.filter { $0.service == nil }.compactMap { $0.on(date) }
    guard !stops.isEmpty else { return nil }
    let planned = queue.openings?.openingTimes(on: date) ?? []
    let hitting = stops.filter { stop in planned.contains { stop.span.from < $0.to && $0.from < stop.span.to } }
    guard let decisive = ServiceStop.decisive(among: hitting) else { return nil }
    return PlannedClosure(day: date, hours: AvailabilityRule.open(planned, without: hitting), reason: decisive.reason)
  }

  /// The first opening on a later day on which it is not stopped; none within two months is a calendar that has not been
  /// filled in.
  func nextOpening(of service: ServiceCode?) -> NextOpening? {
    nextOpening(without: stopsAhead.filter { $0.concerns(service) })
  }

  private func nextOpening(without stops: [ServiceStop]) -> NextOpening? {
    for later in (1...60).lazy.map({ day.adding(days: $0) }) {
      let hours = AvailabilityRule.open(
        queue.openings?.openingTimes(on: later) ?? [], without: stops.compactMap { $0.on(later) })
      if let first = hours.first { return NextOpening(day: later, time: first.from) }
    }
    return nil
  }

  /// Whether any counter is able to serve it: by the configuration, or because a supervisor has given it one.
  private func isServable(_ service: ServiceCode) -> Bool {
    queue.office.counters.contains { counter in
      counter.serves(service) || posts.contains { $0.number == counter.number && $0.services.contains(service) }
    }
  }
}

extension Skills {
  /// Whether it may call a person who comes for a service: for its first step.
  func canBegin(_ service: ServiceCode, _ rules: QueueRules) -> Bool {
    canCall(service, step: rules.step(0, of: service)?.code, for: nil)
  }
}
