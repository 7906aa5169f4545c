internal import Contracts
public import Core

/// Performs what sessions ask for, with the services that are there; each may be missing.
public struct KioskServices: Sendable {
  private let catalogue: (any CatalogueService)?
  private let queue: (any QueueService)?
  private let appointments: (any AppointmentService)?
  private let tracking: (any TrackingService)?
  private let access: ApplicationAccess?
  private let lookUps: LookUpGuard?
  private let accessibility: (any AccessibilityService)?
  private let availability: (any AvailabilityService)?
  private let openings: (any OpeningTimesService)?
  private let snapshots: (any QueueSnapshotService)?
  private let papers: (any PaperLinks)?
  private let zone: OfficeZone
  private let clock: any WallClock
  private let random: any RandomSource
  private let log: any Log
  private let space: Space?

  /// Takes the services from the registry.
  ///
  /// - Parameter space: the disk's, which knows why something cannot be kept.
  public init(
    services: ServiceRegistry, zone: OfficeZone, clock: any WallClock, random: any RandomSource, log: any Log,
    space: Space? = nil
  ) {
    catalogue = services.find((any CatalogueService).self)
    queue = services.find((any QueueService).self)
    appointments = services.find((any AppointmentService).self)
    tracking = services.find((any TrackingService).self)
    access = services.find(ApplicationAccess.self)
    lookUps = services.find(LookUpGuard.self)
    accessibility = services.find((any AccessibilityService).self)
    availability = services.find((any AvailabilityService).self)
    openings = services.find((any OpeningTimesService).self)
    snapshots = services.find((any QueueSnapshotService).self)
    papers = services.find((any PaperLinks).self)
    self.zone = zone
    self.clock = clock
    self.random = random
    self.log = log
    self.space = space
  }

  /// Does it, and says what came of it; nil for effects that have no answer.
  func perform(_ effect: KioskEffect, at kiosk: String) async -> KioskResult? {
    do {
      return try await result(of: effect, at: kiosk)
    } catch let refusal as Unavailable {
      return .unavailable(refusal)
    } catch {
      if let problem = (error as? any ProblemBearing)?.problem {
        return .problem(space?.reason(of: problem) ?? problem)
      }
      let reference = Crockford.encode(random.uint64() >> 39, length: 5)
      log.error("kiosk.effect-failed", ["kiosk.name": kiosk, "reference": reference, "error": error.inLog])
      return .problem(Problem(.fault, "fault", ["reference": reference]))
    }
  }

  private func result(of effect: KioskEffect, at kiosk: String) async throws -> KioskResult? {
    switch try await answer(to: effect, at: kiosk) {
    case .ticket(let ticket): return .ticket(await withPaper(ticket))
    case .tickets(let tickets):
      var shown: [Ticket] = []
      for ticket in tickets { shown.append(await withPaper(ticket)) }
      return .tickets(shown)
    case let answer: return answer
    }
  }

  /// The ticket with the text of its QR code; without one where that cannot be had, since the number is what matters.
  private func withPaper(_ ticket: Ticket) async -> Ticket {
    var ticket = ticket
    ticket.paper = await papers?.code(of: ticket, zone)
    return ticket
  }

  private func answer(to effect: KioskEffect, at kiosk: String) async throws -> KioskResult? {
    switch effect {
    case .takeNumber(let request):
      guard let queue else { throw Self.missing }
      return .ticket(try await queue.takeNumber(ticketRequest(request)))
    case .open(let number, let date):
      guard let access else { throw Self.missing }
      let opened = try await access.open(number.exposed, bornOn: date, as: .kiosk(kiosk), from: .kiosk(kiosk))
      if let due = try await appointments?.appointmentToCheckIn(for: opened) { return .due(due) }
      return .opened(opened)
    case .lookUp(let number, let date):
      guard let tracking else { throw Self.missing }
      let timeline = try await tracking.timeline(
        of: number.exposed, bornOn: date, as: .kiosk(kiosk), from: .kiosk(kiosk))
      return .progress(Progress(timeline, zone: zone, today: zone.date(of: clock.now)))
    case .checkIn(let code, let language):
      guard let appointments else { throw Self.missing }
      return .tickets(try await appointments.checkIn(code: code.exposed, channel: .kiosk, language: language))
    case .checkInByNumber(let number, let date, let language):
      guard let appointments else { throw Self.missing }
      return .tickets(
        try await appointments.checkIn(number: number.exposed, bornOn: date, at: kiosk, language: language))
    case .checkInByApplication(let number, let date, let language):
      return try await checkIn(number.exposed, bornOn: date, language, at: kiosk)
    case .findTicketByNumber(let number, let pin):
      guard let queue, let lookUps else { throw Self.missing }
      return .ticket(
        try await queue.ticket(number.exposed, pin: pin, from: .kiosk(kiosk), guardedBy: lookUps))
    case .findTicket(let code):
      guard let queue else { throw Self.missing }
      guard let ticket = try await queue.ticket(code.exposed) else { throw Problem(.notFound, "queue.unknown-ticket") }
      return .ticket(ticket)
    case .readPaper(let code):
      return .paper(try await papers?.subject(of: code.exposed).map { ScannedCode($0) })
    case .callHelp:
      guard let accessibility else { throw Self.missing }
      return try await accessibility.requestHelp(at: kiosk) == nil ? .helpUnheard : .helpComing
    case .refreshOffer, .refreshHall: return await hall(at: kiosk)
    case .bell, .wipe: return nil
    }
  }

  /// Checks in with the application that an appointment is for.
  private func checkIn(
    _ number: ApplicationNumber, bornOn date: Personal<CivilDate>, _ language: Language, at kiosk: String
  ) async throws -> KioskResult {
    guard let appointments, let access else { throw Self.missing }
    let opened = try await access.open(number, bornOn: date, as: .kiosk(kiosk), from: .kiosk(kiosk))
    return .tickets(try await appointments.checkIn(application: opened, channel: .kiosk, language: language))
  }

  /// What can be had now; nil where it is not known. A failure is no answer to what a visitor has asked for meanwhile, so
  /// the terminal keeps what it knew.
  private func hall(at kiosk: String) async -> KioskResult? {
    do {
      let hall = try await availability?.availability()
      let isHelpHeard = try await accessibility?.isHelpHeard()
      return hall == nil && isHelpHeard == nil ? nil : .hall(hall, isHelpHeard: isHelpHeard)
    } catch {
      log.error("kiosk.hall-unknown", ["kiosk.name": kiosk, "error": error.inLog])
      return nil
    }
  }

  /// The office as it was when the hall was read last: known at once, for the first frame; nil where no module reads it.
  var hallAtLastReading: HallAvailability? {
    snapshots.map { HallAvailability(office: $0.latest.office, services: [:], ahead: $0.latest.ahead) }
  }

  /// What the services let a kiosk do today.
  func offer() -> KioskOffer {
    let today = zone.date(of: clock.now)
    return KioskOffer(
      services: catalogue?.services(on: today) ?? [], hasQueue: queue != nil,
      hasTracking: tracking != nil, hasHelp: accessibility != nil,
      hasAppointments: appointments?.isOffered ?? false, hours: openings?.openingTimes(on: today) ?? [])
  }

  private func ticketRequest(_ request: NumberRequest) -> TicketRequest {
    TicketRequest(
      service: request.service, application: request.application?.exposed, needs: request.needs, channel: .kiosk,
      submission: request.submission)
  }

  private static let missing = Problem(.unavailable, "kiosk.no-answer")
}
