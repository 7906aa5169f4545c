public import Core
public import Store

/// Where a ticket was taken.
public enum Channel: String, Sendable, CaseIterable, Codable {
  /// On the portal, before coming or in the hall.
  case web
  /// At a terminal in the hall.
  case kiosk
}

/// What is asked of the queue when a number is taken.
public struct TicketRequest: Sendable {
  /// The service; nil takes it from the application.
  public var service: ServiceCode?
  /// The application that the visit is for; nil for a visit without one.
  public var application: OpenedApplication?
  /// What the person said they need.
  public var needs: Needs
  /// Where the number is taken.
  public var channel: Channel
  /// Drawn once when the question is shown; a repeated request with the same key gets the same ticket.
  public var submission: String
  /// The language in which the person took it; an officer who speaks it is preferred.
  public var language: Language

  /// A request for one number.
  public init(
    service: ServiceCode?, application: OpenedApplication?, needs: Needs, channel: Channel, submission: String,
    language: Language = .indonesian
  ) {
    self.language = language
    self.service = service
    self.application = application
    self.needs = needs
    self.channel = channel
    self.submission = submission
  }
}

/// A visit that came to its end at a counter.
public struct FinishedVisit: Sendable {
  /// The ticket with which the person came.
  public let ticket: TicketID
  /// The service that was given.
  public let service: ServiceCode
  /// When the officer said that the visit was finished.
  public let finishedAt: Instant

  /// A visit that has ended.
  public init(ticket: TicketID, service: ServiceCode, finishedAt: Instant) {
    self.ticket = ticket
    self.service = service
    self.finishedAt = finishedAt
  }
}

/// A person who has come with an appointment.
public struct Arrival: Sendable {
  /// The booking's code, which becomes the ticket's.
  public let code: PublicCode
  /// The service that was booked.
  public let service: ServiceCode
  /// The application that the visit is for; nil for a visit without one.
  public let application: ApplicationNumber?
  /// What the person said they need.
  public let needs: Needs
  /// Where the person says that they are here.
  public let channel: Channel
  /// The language in which they said it; an officer who speaks it is preferred.
  public let language: Language
  /// When the appointment was made.
  public let bookedAt: Instant
  /// The time for which it was made.
  public let appointedAt: Instant

  /// The coming of one person.
  public init(
    code: PublicCode, service: ServiceCode, application: ApplicationNumber?, needs: Needs, channel: Channel,
    language: Language, bookedAt: Instant, appointedAt: Instant
  ) {
    self.code = code
    self.service = service
    self.application = application
    self.needs = needs
    self.channel = channel
    self.language = language
    self.bookedAt = bookedAt
    self.appointedAt = appointedAt
  }
}

/// A ticket at the moment at which something happens to it, as those are told who follow the queue.
public struct TicketMoment: Sendable, Equatable {
  /// The identity of the ticket.
  public let ticket: TicketID
  /// The day for which it holds.
  public let day: CivilDate
  /// The service for which it was taken.
  public let service: ServiceCode
  /// The application that the visit is for; nil for a visit without one.
  public let application: ApplicationNumber?
  /// Whether it stands in the priority line.
  public let isPriority: Bool
  /// When it happens.
  public let at: Instant

  /// A ticket at one moment.
  public init(
    ticket: TicketID, day: CivilDate, service: ServiceCode, application: ApplicationNumber?, isPriority: Bool,
    at: Instant
  ) {
    self.ticket = ticket
    self.day = day
    self.service = service
    self.application = application
    self.isPriority = isPriority
    self.at = at
  }
}

/// What a module does when something happens to a ticket, in the same transaction.
public typealias TicketFollower = @Sendable (TicketMoment, borrowing Transaction) throws -> Void

/// What a module does when the hours of a day have changed, in the same transaction.
public typealias HoursFollower = @Sendable (CivilDate, borrowing Transaction) throws -> Void

/// Numbers and who is called next.
public protocol QueueService: Sendable {
  /// Draws the next number of the service's series for today, inside one transaction, durably.
  ///
  /// - Throws: `Problem` `queue.unknown-service`, `queue.unknown-application`; `Unavailable` when no number can be
  ///   given now.
  func takeNumber(_ request: TicketRequest) async throws -> Ticket

  /// Makes the waiting ticket of a person who has come with an appointment, in the caller's transaction: the booking's code
  /// is the ticket's. Asked again with the same code it gives the same ticket.
  ///
  /// - Parameter principal: who says that the person is here.
  /// - Throws: `Problem` `queue.unknown-service`; `queue.has-another` when the application holds another live ticket;
  ///   `Unavailable` when the office is closed or the service is stopped.
  func admit(_ arrival: Arrival, by principal: Principal, in transaction: borrowing Transaction) throws -> Ticket

  /// The ticket of that number, for a person who knows its PIN.
  ///
  /// - Throws: `Problem` `queue.ticket-not-found`, the same for an unknown number and another PIN; `look-up.too-many` for
  ///   a client that has missed too often.
  func ticket(
    _ reference: TicketNumber, pin: Personal<String>, from client: LookUpClient, guardedBy lookUps: LookUpGuard
  ) async throws -> Ticket

  /// The ticket of that code; nil when there is none.
  func ticket(_ code: PublicCode) async throws -> Ticket?

  /// The tickets of these, in their order; those that do not exist are left out.
  func tickets<Database: Queryable & ~Copyable>(
    _ ids: [TicketID], in database: borrowing Database
  ) throws -> [Ticket]

  /// Today's number of an application that waits, is called, is served or is on hold; nil for none.
  func number<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Number?

  /// The visit of that ticket, once it has been finished.
  func finishedVisit<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> FinishedVisit?

  /// The latest day that is over: no one is expected any more for what was booked on it.
  var lastDayOver: CivilDate { get }

  /// Whether what the days that are over have left may end by itself. Where it is so much of them that a date or an hour may
  /// be wrong, a supervisor looks first.
  func mayEndLeftover<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool

  /// Has `body` run in every transaction in which a number is given to a person who comes without an appointment. For
  /// modules, while they are made; so are the next three.
  func whenIssued(_ body: @escaping TicketFollower)

  /// Has `body` run in every transaction in which a visit comes to its end at a counter.
  func whenFinished(_ body: @escaping TicketFollower)

  /// Has `body` run for each day whose hours change by what supervisors do: a stop is made or taken back, the day is closed
  /// or opened again.
  func whenHoursChange(_ body: @escaping HoursFollower)

  /// Lets the module that gives appointments answer what the queue tells of them.
  func ask(_ appointments: any HallAppointments)

  /// Lets the module that keeps supervisors' stops answer what is stopped.
  func ask(_ stops: any HallStops)

  /// Has those told who follow `whenHoursChange` that other hours hold for a day because of a stop, in the caller's
  /// transaction.
  func tellHours(of day: CivilDate, in transaction: borrowing Transaction) throws

  /// The numbers of today that wait or are on hold and that one of the stops hits, those that wait first, in the order of
  /// their line. A stop later today hits those that are not sure to be called before it begins.
  ///
  /// - Parameter limit: of the waiting numbers that are looked at.
  func tickets<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedTicket]
}
