import Contracts
import Core
import Store

/// Waiting times: what somebody who waits, or would come now, is told.
extension QueueDesk {
  /// How many of those who wait are looked at: more than any hall holds, and played through in some milliseconds.
  static let playedCountMax = 2_000

  /// What the holder of a waiting ticket is told now.
  func estimate<Database: Queryable & ~Copyable>(
    of ticket: TicketRecord, in database: borrowing Database
  ) throws -> WaitEstimate? {
    let picture = try estimates.picture(at: clock.now, of: ticket.id) ?? readPicture(in: database)
    return try estimate(of: ticket, from: picture, lessons(in: database))
  }

  /// What somebody without a head start who took a number for each service now would be told; nothing of services
  /// that no counter takes.
  func waitsOfNewcomers() async throws -> [WaitsView.Wait] {
    try await store.read { database in
      let day = zone.date(of: clock.now)
      let picture = try estimates.picture(at: clock.now, of: nil) ?? readPicture(in: database)
      let lessons = try lessons(in: database)
      let lengths = try TicketTable.waitingCounts(on: day, in: database)
      return (catalogue?.services(on: day) ?? []).compactMap { service in
        picture.forecast.newcomers[.init(service: service.code, headStart: 0)].map { forecast in
          WaitsView.Wait(
            service: service.name, peopleWaiting: lengths[service.code] ?? 0,
            minutes: told(forecast, from: picture, hasHeadStart: false, lessons).range)
        }
      }
    }
  }

  func estimate(of ticket: TicketRecord, from picture: Estimates.Picture, _ lessons: Estimates.Lessons)
    -> WaitEstimate?
  {
    let forecast =
      picture.forecast.people[ticket.id]
      ?? picture.forecast.newcomers[.init(service: ticket.service, headStart: headStart(of: ticket))]
    return forecast.map { told($0, from: picture, hasHeadStart: ticket.hasHeadStart, lessons) }
  }

  private func told(
    _ forecast: Double, from picture: Estimates.Picture, hasHeadStart: Bool, _ lessons: Estimates.Lessons
  ) -> WaitEstimate {
    let age = Double((clock.now - picture.at).milliseconds) / 60_000
    let left = max(0, forecast - max(0, age))
    return WaitEstimate(
      forecast: left, outlook: lessons.errors.outlook(forecast: left, hasHeadStart: hasHeadStart),
      roundedTo: rules.now.estimate.roundToMinutes)
  }

  // MARK: playing the hall through

  /// Plays the hall through as it stands in the survey, and keeps what came of it.
  @discardableResult
  func play<Database: Queryable & ~Copyable>(
    _ waiting: [HallSurvey.Waiting], in database: borrowing Database
  ) throws -> Estimates.Picture {
    let now = clock.now
    let rules = rules.now
    let lessons = try lessons(in: database)
    let newcomers = (catalogue?.services(on: zone.date(of: now)) ?? []).flatMap { service in
      Set([0, rules.next.headStart.priority, rules.next.headStart.appointment]).map {
        HallForecast.Newcomer(service: service.code, headStart: $0)
      }
    }
    let played = waiting.prefix(Self.playedCountMax)
    let wanted = Set(played.map(\.line.service)).union(newcomers.map(\.service))
    let posts = try CounterPostTable.all(in: database)
    let hours = servingHours(isServing: posts.contains { $0.state == .open })
    let desks = desks(
      for: wanted, posts, hands: try TicketTable.inHands(in: database), times: lessons.times, isBreak: hours.isBreak)
    let forecast = HallForecast(
      of: Array(played), newcomers: newcomers, desks: desks, times: lessons.times, rules: rules, at: now)
    let picture = Estimates.Picture(
      at: now, forecast: forecast.mapped(hours.clockMinutes), latest: waiting.map(\.id).max(),
      waitingCount: waiting.count)
    estimates.keep(picture)
    return picture
  }

  private func readPicture<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> Estimates.Picture {
    let now = clock.now
    let waiting = try TicketTable.waiting(on: zone.date(of: now), limit: Self.playedCountMax, in: database)
      .map { HallSurvey.Waiting($0, headStart: rules.now.next.headStart) }.sorted { $0.comesBefore($1) }
    return try play(waiting, in: database)
  }

  /// What was learned from the last weeks; read once a day, and more often while there is little to learn from.
  func lessons<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Estimates.Lessons {
    let now = clock.now
    let day = zone.date(of: now)
    if let known = estimates.lessons(on: day, at: now) { return known }
    let rules = rules.now.estimate
    let first = day.adding(days: -rules.days)
    let lessons = Estimates.Lessons(
      day: day, at: now,
      times: VisitTimes(
        try EstimateTable.visits(from: first, to: day, in: database), assumedMinutes: Double(rules.assumedMinutes)),
      errors: ForecastErrors(
        try EstimateTable.samples(since: first, in: database), coveragePercent: rules.coveragePercent))
    estimates.keep(lessons)
    return lessons
  }

  // MARK: the counters

  /// The counters that work now, and for services that none of them takes those that could be opened.
  private func desks(
    for wanted: Set<ServiceCode>, _ posts: [CounterPost], hands: [TicketRecord], times: VisitTimes, isBreak: Bool
  ) -> [HallForecast.Desk] {
    let working = office.counters.compactMap { counter -> HallForecast.Desk? in
      guard let post = posts.first(where: { $0.number == counter.number }), post.state != .closed else { return nil }
      return HallForecast.Desk(
        ability: Ability(counter, post: post, officer: post.officer ?? OfficerID(0), rules: rules.now),
        hand: hands.first { $0.counter == counter.number }, post, times, rules.now, isBreak: isBreak, at: clock.now)
    }
    let missing = wanted.filter { service in !working.contains { $0.ability.serves(service) } }
    let others = office.counters.compactMap { counter -> HallForecast.Desk? in
      let services = missing.filter(counter.serves)
      guard !services.isEmpty, !working.contains(where: { $0.ability.counter == counter.number }) else { return nil }
      let ability = Ability(
        counter: counter.number, officer: OfficerID(0), services: services,
        steps: rules.now.counterSteps[counter.number], languages: [])
      return HallForecast.Desk(ability: ability, freeAfter: 0, hand: nil)
    }
    return working + others
  }

  private func servingHours(isServing: Bool) -> ServingHours {
    let day = zone.date(of: clock.now)
    let midnight = zone.instant(day, CivilTime(minuteOfDay: 0))
    return ServingHours(
      openings?.openingTimes(on: day) ?? [], now: Double((clock.now - midnight).milliseconds) / 60_000,
      isServing: isServing)
  }

  private func headStart(of ticket: TicketRecord) -> Int {
    HallSurvey.Waiting(ticket, headStart: rules.now.next.headStart).headStart
  }
}

extension HallForecast.Desk {
  /// A counter with somebody on it.
  fileprivate init(
    ability: Ability, hand: TicketRecord?, _ post: CounterPost, _ times: VisitTimes, _ rules: QueueRules, isBreak: Bool,
    at now: Instant
  ) {
    let minutesSince = { (moment: Instant) in Double((now - moment).milliseconds) / 60_000 }
    let person = hand.map { HallSurvey.Waiting($0, headStart: rules.next.headStart) }
    var freeAfter = 0.0
    if let hand, let person {
      freeAfter = times.minutesLeft(person.line, elapsed: minutesSince(hand.calledAt ?? hand.since))
    } else if post.state == .paused, !isBreak {
      // Whoever pauses for longer than usual is expected back after another third of it.
      let pause = Double(rules.estimate.pauseMinutes)
      freeAfter = max(pause - minutesSince(post.since), pause / 3)
    }
    self.init(ability: ability, freeAfter: freeAfter, hand: person)
  }
}

extension Ability {
  /// What a counter can do with that officer on it.
  init(_ counter: Office.Counter, post: CounterPost?, officer: OfficerID, rules: QueueRules) {
    let services = post.map(\.services).flatMap { $0.isEmpty ? nil : $0 } ?? counter.services
    self.init(
      counter: counter.number, officer: officer, services: Set(services), steps: rules.counterSteps[counter.number],
      languages: post?.languages ?? [])
  }

  func serves(_ service: ServiceCode) -> Bool { services.isEmpty || services.contains(service) }
}
