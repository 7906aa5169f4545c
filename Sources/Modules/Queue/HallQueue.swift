import Contracts
import Core
import Forecast
import Store

/// The queue of the hall: draws numbers, and tells how tickets, waits and services stand.
struct HallQueue: QueueService {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let zone: OfficeZone
  let office: Office
  let rules: RulesInForce
  let catalogue: (any CatalogueService)?
  let applications: (any ApplicationService)?
  let accessibility: (any AccessibilityService)?
  /// nil without opening hours: then the office counts as open.
  var openings: (any OpeningTimesService)?
  var estimates = Estimates()
  /// nil without keys: then tickets have no PINs, and are found by their codes alone.
  var pins: CasePIN?
  /// nil where no module follows applications.
  var tracking: (any TrackingService)?
  /// nil where days end at midnight.
  var dayEnd: DayEnd?
  let hooks = QueueHooks()
  let kept = KeptHall()

  func takeNumber(_ request: TicketRequest) async throws -> Ticket {
    try await store.write { transaction in
      try issue(request, in: transaction)
    }
  }

  /// Whether a ticket has all of these needs: a person who has a number already keeps it as it was made.
  func knows(_ needs: Needs, of ticket: Ticket) async throws -> Bool {
    guard !needs.isEmpty else { return true }
    guard needs.priority == nil || ticket.isPriority else { return false }
    return try await store.read { database in
      let known = try accessibility?.needs(of: ticket.id, in: database)
      return needs.assistance.isSubset(of: known?.assistance ?? [])
    }
  }

  func ticket(_ code: PublicCode) async throws -> Ticket? {
    try await store.read { database in
      guard let record = try TicketTable.ticket(code: code, in: database) else { return nil }
      return try describe(record, in: database)
    }
  }

  func ticket(
    _ reference: TicketNumber, pin: Personal<String>, from client: LookUpClient, guardedBy lookUps: LookUpGuard
  ) async throws -> Ticket {
    try await lookUps.prove(reference, from: client, otherwise: "queue.ticket-not-found") {
      () async throws -> Ticket? in
      try await store.read { database in
        let record = try TicketTable.ticket(reference, in: database)
        guard pins?.fits(pin, reference) ?? false, let record else { return nil }
        return try describe(record, in: database)
      }
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

  /// What the applicant does after a visit; nil while it is not over, and where no module follows its application.
  func nextStep(after ticket: Ticket) async throws -> NextStep? {
    guard ticket.state == .finished, let application = ticket.application, let tracking else { return nil }
    return try await store.read { database in
      guard let timeline = try tracking.timeline(of: application, in: database) else { return nil }
      return NextStep(
        stage: timeline.current, availability: try availability(of: timeline.service, in: database))
    }
  }

  var offersAppointments: Bool { hooks.appointments?.isOffered ?? false }

  func tickets<Database: Queryable & ~Copyable>(
    _ ids: [TicketID], in database: borrowing Database
  ) throws -> [Ticket] {
    try ids.compactMap { id in
      try TicketTable.ticket(id, in: database).map { try describe($0, in: database) }
    }
  }

  // MARK: describing

  /// The ticket with its position in line and its wait, as its holder sees it.
  func describe<Database: Queryable & ~Copyable>(
    _ record: TicketRecord, in database: borrowing Database
  ) throws -> Ticket {
    let reading = try AvailabilityReading(self, in: database)
    guard record.state == .waiting else { return described(record, reading) }
    return try describe(record, positions(reading, in: database), reading, in: database)
  }

  /// The same of one that waits, with what has been read already.
  func describe<Database: Queryable & ~Copyable>(
    _ record: TicketRecord, _ positions: TicketPositions, _ reading: AvailabilityReading,
    in database: borrowing Database
  ) throws -> Ticket {
    described(
      record, peopleAhead: positions.peopleAhead(of: record.id) ?? 0,
      waitMinutes: try estimate(of: record, reading, in: database)?.range,
      promise: try PromiseTable.promise(to: record.id, in: database), sentTo: try address(of: record, in: database),
      availability: reading.availability(of: record), stopAhead: reading.stopLaterToday(of: record.service))
  }

  /// One that does not wait: a person who was not served is told when numbers are given again.
  private func described(_ record: TicketRecord, _ reading: AvailabilityReading) -> Ticket {
    described(
      record, peopleAhead: 0, waitMinutes: nil, promise: nil,
      availability: record.state.isClosed && record.state != .finished ? reading.availability(of: record.service) : nil,
      stopAhead: record.state == .hold ? reading.stopLaterToday(of: record.service) : nil)
  }

  /// Where a waiting ticket was sent.
  func address<Database: Queryable & ~Copyable>(
    of record: TicketRecord, in database: borrowing Database
  ) throws -> TicketAddress? {
    guard let target = record.target else { return nil }
    let seated = try CounterPostTable.seated(in: database)
    switch target {
    case .counter(let number):
      return TicketAddress(counter: number, isAttended: seated.contains { $0.number == number })
    case .officer(let officer):
      return seated.first { $0.officer == officer }.map { TicketAddress(counter: $0.number, isAttended: true) }
    }
  }

  /// - Parameters:
  ///   - promise: what its holder was promised; nil for a ticket that does not wait.
  ///   - availability: whether a counter serves it; nil for a ticket that is, or was, served.
  func described(
    _ record: TicketRecord, peopleAhead: Int, waitMinutes: ClosedRange<Int>?, promise: PromiseTable.Promise?,
    sentTo: TicketAddress? = nil, availability: Availability? = nil, stopAhead: StopAhead? = nil
  ) -> Ticket {
    let now = clock.now
    let promised = promise.flatMap { TicketPromise($0, at: now, zone: zone) }
    return Ticket(
      id: record.id, code: record.code, reference: record.reference, pin: pins?.digits(of: record.reference),
      day: record.day, number: record.number, service: record.service,
      serviceName: serviceName(record.service), application: record.application, isPriority: record.isPriority,
      state: record.state, ending: record.ending, counter: record.counter, issuedAt: record.issuedAt,
      calledAt: record.calledAt, peopleAhead: peopleAhead, waitMinutes: waitMinutes,
      promise: promised.flatMap { $0.holds(availability) ? $0 : nil },
      mayComeBack: record.state == .noShow && record.mayComeBack(at: now, rules: rules.now, zone: zone)
        && availability?.takesArrivals ?? true,
      sentTo: sentTo, availability: availability, stopAhead: stopAhead, hold: record.hold)
  }

  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(inEveryLanguage: code.rawValue)
  }
}

extension TicketPromise {
  /// Whether it can still be told: no promise is shown while the service is stopped or the office closed.
  fileprivate func holds(_ availability: Availability?) -> Bool {
    switch self {
    case .broken: true
    case .calledBy: availability?.takesArrivals ?? true
    }
  }
}
