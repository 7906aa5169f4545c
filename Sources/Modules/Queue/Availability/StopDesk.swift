import Contracts
import Core
import Store

/// What supervisors do when people cannot be served as the calendar says: closing early, opening late, stopping one
/// service, and taking that back. Each is one transaction with its event, its ledger entry and the day's places.
struct StopDesk: Sendable {
  let desk: QueueDesk
  let ledger: (any LedgerService)?

  /// How far ahead a stop may begin and end; what is known for longer belongs into the calendar.
  static let dayCountMax = 14

  /// Stops the office or one service, from today or from a later day on. The same submission stops once.
  ///
  /// - Throws: `Problem` `queue.unknown-service`, `queue.stop-times` when it ends before it begins or is over already, or
  ///   lies too far ahead, `queue.reason-missing` for another reason than the listed ones without words.
  @discardableResult
  func stop(_ order: StopOrder, by officer: OfficerID) async throws -> ServiceStop {
    try await desk.store.write { try stop(order, by: officer, in: $0) }
  }

  func stop(
    _ order: StopOrder, by officer: OfficerID, in transaction: borrowing Transaction
  ) throws -> ServiceStop {
    if let same = try StopTable.stop(submission: order.submission, in: transaction) { return same }
    let now = desk.clock.now
    if let service = order.service, desk.catalogue?.service(service) == nil {
      throw Problem(.notFound, "queue.unknown-service")
    }
    guard let period = period(of: order, at: now) else { throw Problem(.invalid, "queue.stop-times") }
    guard order.isExplained else { throw Problem(.invalid, "queue.reason-missing") }
    guard let stop = try StopTable.insert(order, over: period, by: officer, at: now, in: transaction) else {
      throw Problem(.fault, "fault")
    }
    try note(stop, .serviceStop, QueueEvent.stopped(stop), by: officer, in: transaction)
    return stop
  }

  /// Takes a stop back: what it concerned can be had again at once.
  ///
  /// - Throws: `Problem` `queue.stop-over` when it is not in force any more.
  func lift(_ id: ServiceStopID, by officer: OfficerID) async throws {
    try await desk.store.write { transaction in
      let now = desk.clock.now
      let stop = try StopTable.ahead(from: desk.zone.date(of: now), in: transaction).first { $0.id == id }
      guard let stop, try StopTable.lift(id, by: officer, at: now, in: transaction) else {
        throw Problem(.conflict, "queue.stop-over")
      }
      try note(stop, .serviceResumption, QueueEvent.resumed(stop), by: officer, in: transaction)
    }
  }

  private func note(
    _ stop: ServiceStop, _ kind: LedgerKind, _ event: Event, by officer: OfficerID,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.append(event)
    try ledger?.append(
      LedgerEntry(
        kind, by: .officer(officer, .supervisor),
        facts: [LedgerFact("stop", stop.id.rawValue), LedgerFact("cause", stop.reason.cause)]),
      in: transaction)
    // Places that lie in the stop cannot be had; those that lay in it can again.
    for day in stop.period.days { try desk.hooks.tellHours(of: day, in: transaction) }
  }

  // MARK: those whom it hits

  /// The stops in force with those whom they hit, today and on later days.
  func picture() async throws -> StopPicture {
    try await desk.store.read { snapshot in
      let reading = try AvailabilityReading(desk, in: snapshot)
      // People on hold come back to be served, like those who wait.
      let waiting =
        try TicketTable.waiting(on: reading.day, limit: StopPicture.listedCountMax, in: snapshot)
        + TicketTable.held(in: snapshot).filter { $0.day == reading.day }
      let time = desk.zone.time(of: reading.now)
      let stops = reading.stopsAhead.filter { $0.period.last > reading.day || $0.period.to > time }
      return StopPicture(
        stops: stops,
        tickets: waiting.filter { ticket in
          stops.contains { $0.concerns(ticket.service) && $0.on(reading.day) != nil }
        }.map { ticket in
          StopPicture.Ticket(
            code: ticket.code, number: ticket.number, service: ticket.service, isOnHold: ticket.state == .hold,
            availability: reading.availability(of: ticket))
        },
        visits: try desk.hooks.appointments?.visits(
          hitBy: stops, limit: StopPicture.listedCountMax, in: snapshot) ?? [])
    }
  }

  /// How many a stop would hit, were it made now; nil where it could not be made.
  func wouldHit(_ order: StopOrder) async throws -> (period: StopPeriod, tickets: Int, visits: Int)? {
    try await desk.store.read { snapshot in
      let now = desk.clock.now
      let today = desk.zone.date(of: now)
      guard order.isExplained, let period = period(of: order, at: now) else { return nil }
      let stop = ServiceStop(
        id: ServiceStopID(0), day: period.first, service: order.service,
        span: period.span(on: period.first) ?? OpeningSpan(from: period.from, to: StopPeriod.endOfDay), period: period,
        reason: order.reason, officer: OfficerID(0), madeAt: now)
      let waiting =
        try TicketTable.waiting(on: today, limit: HallSurvey.waitingCountMax, in: snapshot)
        + TicketTable.held(in: snapshot).filter { $0.day == today }
      let visits = try desk.hooks.appointments?.visits(
        hitBy: [stop], limit: StopPicture.listedCountMax, in: snapshot)
      return (period, stop.on(today) == nil ? 0 : waiting.count { stop.concerns($0.service) }, visits?.count ?? 0)
    }
  }

  /// The period for which an order would hold; nil for one that cannot.
  private func period(of order: StopOrder, at now: Instant) -> StopPeriod? {
    let day = desk.zone.date(of: now)
    let first = order.firstDay ?? day
    let last = order.lastDay ?? first
    let isInOrder = last > first || order.span.from < order.span.to
    let isAhead = last > day || order.span.to > desk.zone.time(of: now)
    guard isInOrder, isAhead, first >= day, last >= first, last < day.adding(days: Self.dayCountMax) else { return nil }
    return StopPeriod(first: first, from: order.span.from, last: last, to: order.span.to)
  }
}

/// The stops and the tickets and appointments that they hit; codes and numbers, no names.
struct StopPicture: Sendable {
  static let listedCountMax = 500

  struct Ticket: Sendable {
    let code: PublicCode
    let number: String
    let service: ServiceCode
    let isOnHold: Bool
    /// What its holder is told.
    let availability: Availability
  }

  let stops: [ServiceStop]
  let tickets: [Ticket]
  /// The visits of people who have booked and not come yet.
  let visits: [StoppedVisit]
}
