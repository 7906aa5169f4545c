import Contracts
import Core
import Forecast
import Store

/// Waiting times: what a person who waits, or would come now, is told.
extension HallQueue {
  /// How many of those who wait are looked at: more than any hall holds, and played through in some milliseconds.
  static let playedCountMax = 2_000

  /// What the holder of a waiting ticket is told now.
  ///
  /// - Returns: nil when no counter serves it, or nothing is known yet.
  func estimate<Database: Queryable & ~Copyable>(
    of ticket: TicketRecord, in database: borrowing Database
  ) throws -> WaitEstimate? {
    try estimate(of: ticket, AvailabilityReading(self, in: database), in: database)
  }

  /// The same, with what has been read already.
  func estimate<Database: Queryable & ~Copyable>(
    of ticket: TicketRecord, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> WaitEstimate? {
    guard reading.availability(of: ticket).givesEstimates else { return nil }
    let playthrough = try playthrough(for: ticket.id, reading, in: database)
    return try estimate(of: ticket, from: playthrough, calibration(in: database))
  }

  /// Each service of today: whether it can be had, and what a person without a head start who took a number for it now
  /// would be told.
  func waitsOfNewcomers() async throws -> [WaitsView.Wait] {
    try await store.read { database in
      let reading = try AvailabilityReading(self, in: database)
      let calibration = try calibration(in: database)
      let lengths = try TicketTable.waitingCounts(on: reading.day, in: database)
      return try (catalogue?.services(on: reading.day) ?? []).map { service in
        let availability = try availability(of: service.code, reading, in: database)
        let forecast = try forecast(of: service.code, headStart: 0, availability, reading, in: database)
        return WaitsView.Wait(
          service: service.name, availability: availability, peopleWaiting: lengths[service.code] ?? 0,
          minutes: forecast.map { told($0.minutes, from: $0.playthrough, hasHeadStart: false, calibration).range })
      }
    }
  }

  /// The middle of what a person who came now would wait, in minutes on the clock; nil when no counter serves it.
  func expectedMinutes<Database: Queryable & ~Copyable>(
    of service: ServiceCode, headStart: Int, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Double? {
    let availability = reading.availability(of: service)
    return try forecast(of: service, headStart: headStart, availability, reading, in: database).map {
      told($0.minutes, from: $0.playthrough, hasHeadStart: headStart > 0, try calibration(in: database)).expected
    }
  }

  private func forecast<Database: Queryable & ~Copyable>(
    of service: ServiceCode, headStart: Int, _ availability: Availability, _ reading: AvailabilityReading,
    in database: borrowing Database
  ) throws -> (minutes: Double, playthrough: Estimates.Playthrough)? {
    guard availability.givesEstimates else { return nil }
    let playthrough = try playthrough(for: nil, reading, in: database)
    return playthrough.forecast.newcomers[.init(service: service, headStart: headStart)].map { ($0, playthrough) }
  }

  private func playthrough<Database: Queryable & ~Copyable>(
    for ticket: TicketID?, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Estimates.Playthrough {
    let kept = try estimates.playthrough(
      at: clock.now, of: ticket, served: reading.skills, hours: reading.hours
    ) { try TicketTable.count(after: $0, upTo: $1, in: database) }
    return try kept ?? playAnew(reading, in: database)
  }

  func estimate(of ticket: TicketRecord, from playthrough: Estimates.Playthrough, _ calibration: Estimates.Calibration)
    -> WaitEstimate?
  {
    let forecast =
      playthrough.forecast.people[ticket.id]
      ?? playthrough.forecast.newcomers[.init(service: ticket.service, headStart: headStart(of: ticket))]
    return forecast.map { told($0, from: playthrough, hasHeadStart: ticket.hasHeadStart, calibration) }
  }

  private func told(
    _ forecast: Double, from playthrough: Estimates.Playthrough, hasHeadStart: Bool,
    _ calibration: Estimates.Calibration
  ) -> WaitEstimate {
    let age = Double((clock.now - playthrough.at).milliseconds) / 60_000
    let left = max(0, forecast - max(0, age))
    return WaitEstimate(
      forecast: left, outlook: calibration.errors.outlook(forecast: left, hasHeadStart: hasHeadStart),
      roundedTo: rules.now.estimate.roundToMinutes)
  }

  // MARK: playing the hall through

  /// Plays the hall through as it was read, and keeps what came of it.
  @discardableResult
  func play<Database: Queryable & ~Copyable>(
    _ waiting: [WaitingPerson], _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Estimates.Playthrough {
    let now = reading.now
    let rules = rules.now
    let calibration = try calibration(in: database)
    let newcomers = (catalogue?.services(on: zone.date(of: now)) ?? []).flatMap { service in
      Set([0, rules.next.headStart.priority, rules.next.headStart.appointment]).map {
        HallForecast.Newcomer(service: service.code, headStart: $0)
      }
    }
    let played = waiting.prefix(Self.playedCountMax)
    let hours = servingHours(reading)
    let counters = counters(
      reading, hands: try TicketTable.inHands(in: database), times: calibration.times, isBreak: hours.isBreak)
    let forecast = HallForecast(
      of: Array(played), newcomers: newcomers, counters: counters, times: calibration.times, rules: rules, at: now)
    let playthrough = Estimates.Playthrough(
      at: now, forecast: forecast.mapped(hours.clockMinutes), latest: waiting.map(\.id).max(),
      waitingCount: waiting.count, served: reading.skills, hours: reading.hours)
    estimates.keep(playthrough)
    return playthrough
  }

  private func playAnew<Database: Queryable & ~Copyable>(
    _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Estimates.Playthrough {
    let rules = rules.now
    if let lines = reading.lines {
      return try play(
        lines.people.people(limit: Self.playedCountMax, headStart: rules.next.headStart), reading, in: database)
    }
    let people = try TicketTable.people(on: reading.day, limit: Self.playedCountMax, rules: rules, in: database)
    return try play(people.map(\.person).sorted { $0.comesBefore($1) }, reading, in: database)
  }

  /// What was learned from the last weeks; read once a day, and more often while there is little to learn from.
  func calibration<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Estimates.Calibration {
    let now = clock.now
    let day = zone.date(of: now)
    if let known = estimates.calibration(on: day, at: now) { return known }
    let rules = rules.now.estimate
    let first = day.adding(days: -rules.days)
    let calibration = Estimates.Calibration(
      day: day, at: now,
      times: VisitTimes(
        try EstimateTable.visits(from: first, to: day, in: database), assumedMinutes: Double(rules.assumedMinutes)),
      errors: ForecastErrors(
        try EstimateTable.samples(from: first, to: day, in: database), coveragePercent: rules.coveragePercent))
    estimates.keep(calibration)
    return calibration
  }

  // MARK: the counters

  /// The counters with an officer. One that could be opened counts only once it is.
  private func counters(
    _ reading: AvailabilityReading, hands: [TicketRecord], times: VisitTimes, isBreak: Bool
  ) -> [HallForecast.Counter] {
    reading.skills.compactMap { skills in
      reading.posts.first { $0.number == skills.counter }.map { post in
        HallForecast.Counter(
          skills: skills, hand: hands.first { $0.counter == skills.counter }, post, times, rules.now,
          isBreak: isBreak, at: reading.now)
      }
    }
  }

  private func servingHours(_ reading: AvailabilityReading) -> ServingHours {
    let midnight = zone.instant(reading.day, CivilTime(minuteOfDay: 0))
    return ServingHours(
      reading.hours, now: Double((reading.now - midnight).milliseconds) / 60_000,
      isServing: reading.posts.contains { $0.state == .open })
  }

  private func headStart(of ticket: TicketRecord) -> Int {
    WaitingPerson(ticket, headStart: rules.now.next.headStart).headStart
  }
}

extension HallForecast.Counter {
  /// A counter at which an officer sits.
  fileprivate init(
    skills: Skills, hand: TicketRecord?, _ post: CounterPost, _ times: VisitTimes, _ rules: QueueRules, isBreak: Bool,
    at now: Instant
  ) {
    let minutesSince = { (moment: Instant) in Double((now - moment).milliseconds) / 60_000 }
    let person = hand.map { WaitingPerson($0, headStart: rules.next.headStart) }
    var freeAfter = 0.0
    if let hand, let person {
      freeAfter = times.minutesLeft(person.line, elapsed: minutesSince(hand.calledAt ?? hand.since))
    } else if post.state == .paused, !isBreak {
      // An officer who pauses for longer than usual is expected back after another third of it.
      let pause = Double(rules.estimate.pauseMinutes)
      freeAfter = max(pause - minutesSince(post.since), pause / 3)
    }
    self.init(skills: skills, freeAfter: freeAfter, hand: person)
  }
}

extension Skills {
  /// What a counter can serve with that officer on it.
  init(_ counter: Office.Counter, post: CounterPost?, officer: OfficerID, rules: QueueRules) {
    let services = post.map(\.services).flatMap { $0.isEmpty ? nil : $0 } ?? counter.services
    self.init(
      counter: counter.number, officer: officer, services: Set(services), steps: rules.counterSteps[counter.number],
      languages: post?.languages ?? [])
  }

  func serves(_ service: ServiceCode) -> Bool { services.isEmpty || services.contains(service) }
}
