import Contracts
import Core
import Store

/// What supervisors do when people cannot be served as the calendar says: closing early, opening late, stopping one
/// service, and taking that back. Each is one transaction with its event, its ledger entry and the day's slots.
struct StoppingService: Sendable {
  /// How far ahead a stop may begin and end; what is known for longer belongs into the calendar.
  static let dayCountMax = 14
  /// How many numbers are counted that a stop would hit: more than wait in any hall.
  static let countedCountMax = 10_000

  let store: Store
  let clock: any WallClock
  let zone: OfficeZone
  /// nil where no module offers services.
  let catalogue: (any CatalogueService)?
  let queue: any QueueService
  /// nil where no module gives appointments.
  let appointments: (any AppointmentHistory)?
  /// nil where no module keeps a ledger.
  let ledger: (any LedgerService)?

  /// Stops the office or one service, from today or from a later day on. The same submission stops once.
  ///
  /// - Throws: `Problem` `queue.unknown-service`, `queue.stop-times` when it ends before it begins or is over already, or
  ///   lies too far ahead, `queue.reason-missing` for another reason than the listed ones without words; `forbidden`.
  @discardableResult
  func stop(_ order: StopOrder, by principal: Principal) async throws -> ServiceStop {
    try await store.write { try stop(order, by: principal, in: $0) }
  }

  func stop(
    _ order: StopOrder, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> ServiceStop {
    let officer = try principal.requireOfficer(with: .stops)
    if let same = try StopTable.stop(submission: order.submission, in: transaction) { return same }
    let now = clock.now
    if let service = order.service, catalogue?.service(service) == nil {
      throw Problem(.notFound, "queue.unknown-service")
    }
    guard let period = period(of: order, at: now) else { throw Problem(.invalid, "queue.stop-times") }
    guard order.isExplained else { throw Problem(.invalid, "queue.reason-missing") }
    guard let stop = try StopTable.insert(order, over: period, by: officer, at: now, in: transaction) else {
      throw Problem(.fault, "fault")
    }
    try note(stop, .serviceStop, StopEvent.stopped(stop), by: principal, in: transaction)
    return stop
  }

  /// Takes a stop back: what it concerned can be had again at once.
  ///
  /// - Throws: `Problem` `queue.stop-over` when it is not in force any more; `forbidden`.
  func lift(_ id: ServiceStopID, by principal: Principal) async throws {
    let officer = try principal.requireOfficer(with: .stops)
    try await store.write { transaction in
      let now = clock.now
      let stop = try StopTable.ahead(from: zone.date(of: now), in: transaction).first { $0.id == id }
      guard let stop, try StopTable.lift(id, by: officer, at: now, in: transaction) else {
        throw Problem(.conflict, "queue.stop-over")
      }
      try note(stop, .serviceResumption, StopEvent.resumed(stop), by: principal, in: transaction)
    }
  }

  private func note(
    _ stop: ServiceStop, _ kind: LedgerKind, _ event: Event, by principal: Principal,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.append(event)
    try ledger?.append(
      LedgerEntry(
        kind, by: principal,
        facts: [LedgerFact("stop", stop.id.rawValue), LedgerFact("cause", stop.reason.cause)]),
      in: transaction)
    // Places that lie in the stop cannot be had; those that lay in it can again.
    for day in stop.period.days { try queue.tellHours(of: day, in: transaction) }
  }

  /// What people call a service.
  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(inEveryLanguage: code.rawValue)
  }

  // MARK: those whom it hits

  /// The stops in force with those whom they hit, today and on later days.
  func overview() async throws -> StopOverview {
    try await store.read { snapshot in
      let now = clock.now
      let (day, time) = (zone.date(of: now), zone.time(of: now))
      let stops = try StopTable.ahead(from: day, in: snapshot)
        .filter { $0.period.last > day || $0.period.to > time }
      return StopOverview(
        stops: stops,
        tickets: try queue.tickets(hitBy: stops, limit: StopOverview.listedCountMax, in: snapshot),
        visits: try appointments?.visits(
          hitBy: stops, limit: StopOverview.listedCountMax, in: snapshot) ?? [])
    }
  }

  /// How many a stop would hit, were it made now; nil where it could not be made.
  func wouldHit(_ order: StopOrder) async throws -> (period: StopPeriod, tickets: Int, visits: Int)? {
    try await store.read { snapshot in
      let now = clock.now
      guard order.isExplained, let period = period(of: order, at: now) else { return nil }
      let stop = ServiceStop(
        id: ServiceStopID(0), day: period.first, service: order.service,
        span: period.span(on: period.first) ?? OpeningSpan(from: period.from, to: StopPeriod.endOfDay), period: period,
        reason: order.reason, officer: OfficerID(0), madeAt: now)
      let tickets = try queue.tickets(hitBy: [stop], limit: Self.countedCountMax, in: snapshot)
      let visits = try appointments?.visits(
        hitBy: [stop], limit: StopOverview.listedCountMax, in: snapshot)
      return (period, tickets.count, visits?.count ?? 0)
    }
  }

  /// The period for which an order would hold; nil for one that cannot.
  private func period(of order: StopOrder, at now: Instant) -> StopPeriod? {
    let day = zone.date(of: now)
    let first = order.firstDay ?? day
    let last = order.lastDay ?? first
    let isInOrder = last > first || order.span.from < order.span.to
    let isAhead = last > day || order.span.to > zone.time(of: now)
    guard isInOrder, isAhead, first >= day, last >= first, last < day.adding(days: Self.dayCountMax) else { return nil }
    return StopPeriod(first: first, from: order.span.from, last: last, to: order.span.to)
  }
}

/// The stops and the tickets and appointments that they hit; codes and numbers, no names.
struct StopOverview: Sendable {
  static let listedCountMax = 500

  let stops: [ServiceStop]
  /// The numbers of today.
  let tickets: [StoppedTicket]
  /// The visits of people who have booked and not come yet.
  let visits: [StoppedVisit]
}
