import Contracts
import Core
import Store

/// What supervisors do when people cannot be served as the calendar says: closing early, opening late, stopping one
/// service, and taking that back. Each is one transaction with its event, its ledger entry and the day's places.
struct StopDesk: Sendable {
  let desk: QueueDesk
  let ledger: (any LedgerService)?

  /// Stops the office or one service for a while of today. The same submission stops once.
  ///
  /// - Throws: `Problem` `queue.unknown-service`, `queue.stop-times` when it ends before it begins or is over already,
  ///   `queue.reason-missing` for another reason than the listed ones without words.
  @discardableResult
  func stop(_ order: StopOrder, by officer: OfficerID) async throws -> ServiceStop {
    try await desk.store.write { try stop(order, by: officer, in: $0) }
  }

  func stop(
    _ order: StopOrder, by officer: OfficerID, in transaction: borrowing Transaction
  ) throws -> ServiceStop {
    if let same = try StopTable.stop(submission: order.submission, in: transaction) { return same }
    let now = desk.clock.now
    let day = desk.zone.date(of: now)
    if let service = order.service, desk.catalogue?.service(service) == nil {
      throw Problem(.notFound, "queue.unknown-service")
    }
    guard order.span.from < order.span.to, order.span.to > desk.zone.time(of: now) else {
      throw Problem(.invalid, "queue.stop-times")
    }
    guard order.reason.cause != .other || order.reason.notes[.indonesian] != nil else {
      throw Problem(.invalid, "queue.reason-missing")
    }
    guard let stop = try StopTable.insert(order, on: day, by: officer, at: now, in: transaction) else {
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
      let stop = try StopTable.inForce(on: desk.zone.date(of: now), in: transaction).first { $0.id == id }
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
    if let house = desk.appointments, house.isOffered {
      try AppointmentKeeper(house: house).plan(stop.day, in: transaction)
    }
  }

  // MARK: those whom it hits

  /// The stops in force today with those whom they hit.
  func picture() async throws -> StopPicture {
    try await desk.store.read { snapshot in
      let reading = try AvailabilityReading(desk, in: snapshot)
      let waiting = try TicketTable.waiting(on: reading.day, limit: StopPicture.listedCountMax, in: snapshot)
      let appointments = try AppointmentTable.appointments(
        from: reading.day, to: reading.day, limit: StopPicture.listedCountMax, in: snapshot)
      let stops = reading.stops.filter { $0.span.to > desk.zone.time(of: reading.now) }
      return StopPicture(
        stops: stops,
        tickets: waiting.filter { ticket in stops.contains { $0.concerns(ticket.service) } }.map { ticket in
          StopPicture.Ticket(
            code: ticket.code, number: ticket.number, service: ticket.service,
            availability: reading.availability(of: ticket))
        },
        visits: appointments.filter { $0.state == .booked }.flatMap { appointment in
          appointment.visits.filter { visit in visit.ticket == nil && stops.contains { $0.hits(visit) } }
            .map { StopPicture.Visit(number: appointment.number, at: $0.at, service: $0.service) }
        })
    }
  }
}

/// The stops of today and whom they hit; numbers, no names.
struct StopPicture: Sendable {
  static let listedCountMax = 500

  struct Ticket: Sendable {
    let code: PublicCode
    let number: String
    let service: ServiceCode
    /// What its holder is told.
    let availability: Availability
  }

  /// Of somebody who has booked and not come yet.
  struct Visit: Sendable {
    /// The appointment's: what its holder can be told on the telephone.
    let number: AppointmentNumber
    let at: CivilTime
    let service: ServiceCode
  }

  let stops: [ServiceStop]
  let tickets: [Ticket]
  let visits: [Visit]
}

extension ServiceStop {
  /// Whether somebody who comes for the visit cannot be served because of it.
  func hits(_ visit: Appointment.Visit) -> Bool {
    visit.day == day && concerns(visit.service) && overlaps(slot: visit.slot)
  }

  private func overlaps(slot: CivilTime) -> Bool {
    span.from.minuteOfDay < slot.minuteOfDay + AppointmentRules.slotMinutes && slot < span.to
  }

  /// The same as a word on the day's places: none in any half-hour that it touches.
  var change: DayPlan.Change {
    let from = CivilTime(minuteOfDay: max(0, span.from.minuteOfDay - AppointmentRules.slotMinutes + 1))
    return DayPlan.Change(service: service, span: OpeningSpan(from: from, to: span.to), places: 0)
  }
}
