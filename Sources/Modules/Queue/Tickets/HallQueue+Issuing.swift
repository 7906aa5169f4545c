import Contracts
import Core
import Forecast
import Store

/// How numbers are given: drawn by a person who comes, or made for one who comes with an appointment.
extension HallQueue {
  /// Draws a number in the caller's transaction.
  func issue(_ request: TicketRequest, in transaction: borrowing Transaction) throws -> Ticket {
    let day = zone.date(of: clock.now)
    if let earlier = try earlierTicket(for: request, on: day, in: transaction) {
      return try describe(earlier, in: transaction)
    }
    let service = try service(for: request, on: day, in: transaction)
    var reading = try AvailabilityReading(taking: kept, of: self, in: transaction)
    defer { kept.put(reading.lines) }
    let availability = try requireNumbers(
      for: service.code, isPriority: request.needs.priority != nil, reading, in: transaction)
    let (record, estimate) = try issue(
      code: PublicCode(from: random), service: service, application: request.application?.number, needs: request.needs,
      channel: request.channel, language: request.language, submission: request.submission, appointedAt: nil,
      &reading, in: transaction)
    try TransitionTable.append(
      .issue, from: nil, to: record, at: record.issuedAt, by: request.channel == .kiosk ? .kiosk("hall") : .applicant,
      in: transaction)
    try hooks.tellIssued(record, in: transaction)
    if availability.isAlarming { try alarm(about: record, reading, in: transaction) }
    let promise = try estimate.map { estimate in
      try PromiseTable.insert(
        PromiseTable.promise(from: record.issuedAt, expected: estimate.range), to: record.id, in: transaction)
    }
    return try describe(new: record, estimate, promise, reading, in: transaction)
  }

  func admit(_ arrival: Arrival, by principal: Principal, in transaction: borrowing Transaction) throws -> Ticket {
    if let same = try TicketTable.ticket(code: arrival.code, in: transaction) {
      return try describe(same, in: transaction)
    }
    let day = zone.date(of: clock.now)
    if let application = arrival.application,
      let other = try TicketTable.liveTicket(of: application, on: day, in: transaction)
    {
      throw Problem(.conflict, "queue.has-another", ["number": other.number])
    }
    guard let service = catalogue?.services(on: day).first(where: { $0.code == arrival.service }) else {
      throw Problem(.notFound, "queue.unknown-service")
    }
    var reading = try AvailabilityReading(taking: kept, of: self, in: transaction)
    defer { kept.put(reading.lines) }
    let availability = try requireArrivals(for: service.code, reading)
    let (record, estimate) = try issue(
      code: arrival.code, service: service, application: arrival.application, needs: arrival.needs,
      channel: arrival.channel, language: arrival.language, submission: "booking:\(arrival.code)",
      appointedAt: arrival.appointedAt, &reading, in: transaction)
    var stage = record
    stage.since = arrival.bookedAt
    stage.state = .booked
    for (action, principal) in [(TicketAction.checkIn, principal), (.admit, .system("queue"))] {
      let before = stage
      stage.state = TicketLife.next(after: action, in: stage.state) ?? stage.state
      stage.since = record.issuedAt
      try TransitionTable.append(
        action, from: before, to: stage, at: record.issuedAt, by: principal, in: transaction)
    }
    if availability.isAlarming { try alarm(about: record, reading, in: transaction) }
    return try describe(new: record, estimate, nil, reading, in: transaction)
  }

  /// A ticket that was made just now, as its holder sees it.
  ///
  /// - Parameter reading: as it was read before, in the same transaction.
  private func describe(
    new record: TicketRecord, _ estimate: WaitEstimate?, _ promise: PromiseTable.Promise?,
    _ reading: AvailabilityReading, in transaction: borrowing Transaction
  ) throws -> Ticket {
    described(
      record, peopleAhead: try peopleAhead(of: record, reading, in: transaction),
      waitMinutes: estimate?.range, promise: promise, availability: reading.availability(of: record),
      stopAhead: reading.stopLaterToday(of: record.service))
  }

  /// - Returns: the ticket, and what its holder is told of the wait; nil where nothing is.
  private func issue(
    code: PublicCode, service: OfferedService, application: ApplicationNumber?, needs: Needs, channel: Channel,
    language: Language, submission: String, appointedAt: Instant?, _ reading: inout AvailabilityReading,
    in transaction: borrowing Transaction
  ) throws -> (TicketRecord, WaitEstimate?) {
    let day = reading.day
    let latest: Instant?
    if let lines = reading.lines {
      latest = lines.latestIssue
    } else {
      latest = try TicketTable.latestIssue(on: day, in: transaction)
    }
    let now = max(reading.now, latest ?? reading.now)
    let lead = Duration.minutes(rules.now.appointmentLeadMinutes)
    let fresh = TicketTable.Fresh(
      code: code,
      reference: try TicketNumber.draw(from: random) { try TicketTable.hasTicket($0, in: transaction) },
      day: day, letter: service.queueLetter,
      sequence: try TicketTable.drawNumber(letter: service.queueLetter, on: day, in: transaction),
      service: service.code, application: application, isPriority: needs.priority != nil, channel: channel,
      language: language, submission: submission, issuedAt: now, appointedAt: appointedAt,
      waitsFrom: appointedAt.map { max(now, $0 - lead) } ?? now)
    let record = try TicketTable.insert(fresh, in: transaction)
    try reading.lines?.add(record, rules.now, in: transaction)
    // A new ticket has none yet that would have to go.
    if !needs.isEmpty { try accessibility?.record(needs, for: record.id, in: transaction) }
    let estimate = try estimate(of: record, reading, in: transaction)
    if let estimate { try EstimateTable.record(estimate, of: record, in: transaction) }
    try transaction.append(QueueEvent.issued(record))
    return (record, estimate)
  }

  /// The ticket that this very request has got already, or that its application holds.
  private func earlierTicket(
    for request: TicketRequest, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> TicketRecord? {
    if let same = try TicketTable.ticket(submission: request.submission, in: transaction) { return same }
    guard let application = request.application?.number else { return nil }
    return try TicketTable.liveTicket(of: application, on: day, in: transaction)
  }

  private func service(
    for request: TicketRequest, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> OfferedService {
    if let number = request.application?.number {
      guard let application = try applications?.application(number, in: transaction) else {
        throw Problem(.notFound, "queue.unknown-application")
      }
      if let ending = application.ending {
        throw Problem(.conflict, "queue.application-ended", ["ending": ending.rawValue])
      }
      guard let service = catalogue?.service(application.service) else {
        throw Problem(.unavailable, "queue.unknown-service")
      }
      return service
    }
    guard let code = request.service, let service = catalogue?.services(on: day).first(where: { $0.code == code })
    else { throw Problem(.notFound, "queue.unknown-service") }
    return service
  }

  /// Tells the supervisors when the first person waits for a service that no counter serves.
  private func alarm(
    about ticket: TicketRecord, _ reading: AvailabilityReading, in transaction: borrowing Transaction
  ) throws {
    let count =
      try reading.lines?.people.count(of: ticket.service)
      ?? TicketTable.waitingCounts(on: ticket.day, in: transaction)[ticket.service]
    guard count == 1 else { return }
    try transaction.append(QueueEvent.unattended(ticket.service))
  }
}
