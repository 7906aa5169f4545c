import Contracts
import Core
import Store

/// Draws numbers and tells how tickets stand.
struct QueueDesk: QueueService {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let zone: OfficeZone
  let counterCount: Int
  let catalogue: (any CatalogueService)?
  let applications: (any ApplicationService)?
  let accessibility: (any AccessibilityService)?

  func takeNumber(_ request: TicketRequest) async throws -> Ticket {
    try await store.write { transaction in
      try issue(request, in: transaction)
    }
  }

  func ticket(_ code: PublicCode) async throws -> Ticket? {
    try await store.read { database in
      guard let record = try TicketTable.ticket(code: code, in: database) else { return nil }
      return try describe(record, in: database)
    }
  }

  func finishedVisit<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> FinishedVisit? {
    guard let record = try TicketTable.ticket(code: code, in: database), record.state == .finished,
      let endedAt = record.endedAt
    else { return nil }
    return FinishedVisit(ticket: record.id, service: record.service, finishedAt: endedAt)
  }

  // MARK: issuing

  private func issue(_ request: TicketRequest, in transaction: borrowing Transaction) throws -> Ticket {
    let now = clock.now
    let day = zone.date(of: now)
    if let earlier = try earlierTicket(for: request, on: day, in: transaction) {
      return try describe(earlier, in: transaction)
    }
    let service = try service(for: request, on: day, in: transaction)
    let sequence = try TicketTable.drawNumber(letter: service.queueLetter, on: day, in: transaction)
    let fresh = TicketTable.Fresh(
      code: PublicCode(from: random), day: day, letter: service.queueLetter, sequence: sequence, service: service.code,
      application: request.application, isPriority: request.needs.priority != nil, channel: request.channel,
      submission: request.submission, issuedAt: now)
    guard let record = try TicketTable.insert(fresh, in: transaction) else { throw Problem(.fault, "fault") }
    try accessibility?.record(request.needs, for: record.id, in: transaction)
    try transaction.append(QueueEvent.issued(record))
    return try describe(record, in: transaction)
  }

  /// The ticket that this very request has got already, or that its application holds.
  private func earlierTicket(
    for request: TicketRequest, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> TicketRecord? {
    if let same = try TicketTable.ticket(submission: request.submission, in: transaction) { return same }
    guard let application = request.application else { return nil }
    return try TicketTable.liveTicket(of: application, on: day, in: transaction)
  }

  private func service(
    for request: TicketRequest, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> OfferedService {
    if let number = request.application {
      guard let application = try applications?.application(number, in: transaction) else {
        throw Problem(.notFound, "queue.unknown-application")
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

  // MARK: describing

  /// The ticket with its place in line and its wait, as its holder sees it.
  func describe<Database: Queryable & ~Copyable>(
    _ record: TicketRecord, in database: borrowing Database
  ) throws -> Ticket {
    let isWaiting = record.state == .waiting
    let ahead = isWaiting ? try TicketTable.countAhead(of: record, in: database) : 0
    return Ticket(
      id: record.id, code: record.code, number: record.number, service: record.service,
      serviceName: serviceName(record.service), application: record.application, isPriority: record.isPriority,
      state: record.state, counter: record.counter, issuedAt: record.issuedAt, calledAt: record.calledAt,
      peopleAhead: ahead,
      waitMinutes: isWaiting ? try estimate(for: record, peopleAhead: ahead, in: database) : nil)
  }

  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(indonesian: code.rawValue, english: code.rawValue)
  }

  private func estimate<Database: Queryable & ~Copyable>(
    for record: TicketRecord, peopleAhead: Int, in database: borrowing Database
  ) throws -> ClosedRange<Int> {
    let halfAnHourAgo = clock.now - .minutes(30)
    let active = try TicketTable.activeCounters(on: record.day, since: halfAnHourAgo, in: database)
    return WaitEstimate.minutes(
      peopleAhead: peopleAhead,
      serviceMinutes: try TicketTable.serviceMinutes(of: record.service, on: record.day, in: database),
      counters: active > 0 ? active : counterCount)
  }
}
