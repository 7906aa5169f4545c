public import Core
public import Store

/// One step of a visit, as the queue's history has it; nothing of the person.
public struct VisitStep: Sendable {
  /// The ticket of the visit.
  public let ticket: TicketID
  /// What was done with it.
  public let action: TicketAction
  /// Where the ticket stood before; nil where it begins.
  public let from: TicketState?
  /// Where it stands from then on.
  public let to: TicketState
  /// When it was done.
  public let at: Instant
  /// How long the ticket was in the state that it left, in milliseconds.
  public let spent: Int64
  /// The day of the visit.
  public let day: CivilDate
  /// The service for which the number was taken.
  public let service: ServiceCode
  /// The counter at which it was done; nil for a step that no counter took part in.
  public let counter: Int?
  /// The officer who did it; nil where it was not an officer.
  public let officer: OfficerID?
  /// Where the number was taken.
  public let channel: Channel
  /// Whether the ticket stood in the priority line.
  public let isPriority: Bool
  /// Whether the person came with an appointment.
  public let hasAppointment: Bool
  /// What became of the promise to its holder; nil for a holder who was promised nothing, left in time, or may still be
  /// called in time.
  public var promise: PromiseOutcome?

  /// A step as it was kept.
  public init(
    ticket: TicketID, action: TicketAction, from: TicketState?, to: TicketState, at: Instant, spent: Int64,
    day: CivilDate, service: ServiceCode, counter: Int?, officer: OfficerID?, channel: Channel, isPriority: Bool,
    hasAppointment: Bool, promise: PromiseOutcome? = nil
  ) {
    self.ticket = ticket
    self.action = action
    self.from = from
    self.to = to
    self.at = at
    self.spent = spent
    self.day = day
    self.service = service
    self.counter = counter
    self.officer = officer
    self.channel = channel
    self.isPriority = isPriority
    self.hasAppointment = hasAppointment
    self.promise = promise
  }
}

/// What became of a promise.
public enum PromiseOutcome: Sendable, Equatable {
  /// The holder was called in time.
  case kept
  /// The time passed without a call.
  case broken
}

/// A call of a number before those whose turn it was.
public struct CallOutOfOrder: Sendable, Equatable {
  /// When it was called.
  public let at: Instant
  /// The counter to which it was called.
  public let counter: Int
  /// The officer who chose it.
  public let officer: OfficerID
  /// As it was called: `A-012`.
  public let number: String
  /// What the officer wrote; nil once it was erased.
  public let reason: String?

  /// A call as it was kept.
  public init(at: Instant, counter: Int, officer: OfficerID, number: String, reason: String?) {
    self.at = at
    self.counter = counter
    self.officer = officer
    self.number = number
    self.reason = reason
  }
}

/// What happened in the hall, for those who count it. Modules with a history of their own tell it by a contract of their
/// own beside this one (`AppointmentHistory`), and reports show what is there.
public protocol QueueHistory: Sendable {
  /// The steps of all visits of a stretch of days in the order in which they happened, also those that were undone.
  func steps<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [VisitStep]

  /// A number that is another one as soon as `steps` tells anything else of that day; 0 for a day without steps. What is made
  /// of a day's steps and kept is kept beside it.
  func mark<Database: Queryable & ~Copyable>(of day: CivilDate, in database: borrowing Database) throws -> Int64

  /// The calls out of order of a stretch of days, newest first; at most `limit` of them.
  func callsOutOfOrder<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [CallOutOfOrder]
}
