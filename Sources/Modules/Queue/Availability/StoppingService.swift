import Contracts
import Core
import Store

/// What supervisors do when people cannot be served as the calendar says: closing early, opening late, stopping one
/// service, and taking that back. Each is one transaction with its event, its ledger entry and the day's slots.
struct StoppingService: Sendable {
  let queue: HallQueue
  let ledger: (any LedgerService)?

  /// How far ahead a stop may begin and end; what is known for longer belongs into the calendar.
  static let dayCountMax = 14

  /// Stops the office or one service, from today or from a later day on. The same submission stops once.
  ///
  /// - Throws: `Problem` `queue.unknown-service`, `queue.stop-times` when it ends before it begins or is over already, or
  ///   lies too far ahead, `queue.reason-missing` for another reason than the listed ones without words.
  @discardableResult
  func stop(_ order: StopOrder, by officer: OfficerID) async throws -> ServiceStop {
    try await queue.store.write { try stop(order, by: officer, in: $0) }
  }

  func stop(
    _ order: StopOrder, by officer: OfficerID, in transaction: borrowing Transaction
  ) throws -> ServiceStop {
    if let same = try StopTable.stop(submission: order.submission, in: transaction) { return same }
    let now = queue.clock.now
    if let service = order.service, queue.catalogue?.service(service) == nil {
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
    try await queue.store.write { transaction in
      let now = queue.clock.now
      let stop = try StopTable.ahead(from: queue.zone.date(of: now), in: transaction).first { $0.id == id }
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
    for day in stop.period.days { try queue.hooks.tellHours(of: day, in: transaction) }
  }

  // MARK: those whom it hits

  /// The stops in force with those whom they hit, today and on later days.
  func overview() async throws -> StopOverview {
    try await queue.store.read { snapshot in
      let reading = try AvailabilityReading(queue, in: snapshot)
      // People on hold come back to be served, like those who wait.
      let waiting =
        try TicketTable.waiting(on: reading.day, limit: StopOverview.listedCountMax, in: snapshot)
        + TicketTable.held(in: snapshot).filter { $0.day == reading.day }
      let time = queue.zone.time(of: reading.now)
      let stops = reading.stopsAhead.filter { $0.period.last > reading.day || $0.period.to > time }
      return StopOverview(
        stops: stops,
        tickets: waiting.filter { ticket in
          stops.contains { $0.concerns(ticket.service) && $0.on(reading.day) != nil }
        }.map { ticket in
          StopOverview.Ticket(
            code: ticket.code, number: ticket.number, service: ticket.service, isOnHold: ticket.state == .hold,
            availability: reading.availability(of: ticket))
        },
        visits: try queue.hooks.appointments?.visits(
          hitBy: stops, limit: StopOverview.listedCountMax, in: snapshot) ?? [])
    }
  }

  /// How many a stop would hit, were it made now; nil where it could not be made.
  func wouldHit(_ order: StopOrder) async throws -> (period: StopPeriod, tickets: Int, visits: Int)? {
    try await queue.store.read { snapshot in
      let now = queue.clock.now
      let today = queue.zone.date(of: now)
      guard order.isExplained, let period = period(of: order, at: now) else { return nil }
      let stop = ServiceStop(
        id: ServiceStopID(0), day: period.first, service: order.service,
        span: period.span(on: period.first) ?? OpeningSpan(from: period.from, to: StopPeriod.endOfDay), period: period,
        reason: order.reason, officer: OfficerID(0), madeAt: now)
      let waiting =
        try TicketTable.waiting(on: today, limit: HallSnapshot.waitingCountMax, in: snapshot)
        + TicketTable.held(in: snapshot).filter { $0.day == today }
      let visits = try queue.hooks.appointments?.visits(
        hitBy: [stop], limit: StopOverview.listedCountMax, in: snapshot)
      return (period, stop.on(today) == nil ? 0 : waiting.count { stop.concerns($0.service) }, visits?.count ?? 0)
    }
  }

  /// The period for which an order would hold; nil for one that cannot.
  private func period(of order: StopOrder, at now: Instant) -> StopPeriod? {
    let day = queue.zone.date(of: now)
    let first = order.firstDay ?? day
    let last = order.lastDay ?? first
    let isInOrder = last > first || order.span.from < order.span.to
    let isAhead = last > day || order.span.to > queue.zone.time(of: now)
    guard isInOrder, isAhead, first >= day, last >= first, last < day.adding(days: Self.dayCountMax) else { return nil }
    return StopPeriod(first: first, from: order.span.from, last: last, to: order.span.to)
  }
}

/// The stops and the tickets and appointments that they hit; codes and numbers, no names.
struct StopOverview: Sendable {
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
