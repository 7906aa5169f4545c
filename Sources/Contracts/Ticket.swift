public import Core

/// The tag of a ticket's identity.
public enum TicketTag {}
/// The identity of a ticket.
public typealias TicketID = ID<TicketTag>

/// Where a ticket stands.
public enum TicketState: String, Sendable, CaseIterable, Codable {
  /// Ordered beforehand; the person has not come yet.
  case booked
  /// The person is in the hall; the place in line begins around the appointed time.
  case checkedIn = "checked-in"
  /// In line.
  case waiting
  /// Called to a counter; the person has not come yet.
  case called
  /// At the counter.
  case serving
  /// Set aside for a reason and a limited time; the same person comes back to the counter.
  case hold
  /// Served to the end.
  case finished
  /// Called as often as the rule asks; the person has not come.
  case noShow = "no-show"
  /// Given back before it was served.
  case cancelled

  /// Whether nothing more happens by itself: the visit has ended, one way or the other.
  public var isClosed: Bool { self == .finished || self == .noShow || self == .cancelled }
}

/// What ended a ticket, where that was neither its holder nor an officer at the counter. The raw value stands in the
/// history.
public enum TicketEnding: String, Sendable, CaseIterable {
  /// The day was over before its number was called.
  case dayEnded = "day-closed"
  /// The day was over while its holder was being served, and no officer had said that the visit was finished.
  case dayEndedInService = "day-closed-in-service"
  /// The data of the person were erased at their request.
  case erased
}

/// What the office promised when a number was taken, as its holder is told while they wait. A time that has passed is
/// never shown as one to come.
public enum TicketPromise: Sendable, Equatable {
  /// Called by then, by the office's clock.
  case calledBy(CivilTime)
  /// It was to be called by then, and was not: the office says sorry, and what is expected now.
  case broken(CivilTime)
}

/// The counter to which a person was sent, and which alone calls them.
public struct TicketAddress: Sendable, Equatable {
  /// The number above the counter.
  public let counter: Int
  /// Whether an officer is there.
  public let isAttended: Bool

  /// A counter to which the holder was sent.
  public init(counter: Int, isAttended: Bool) {
    self.counter = counter
    self.isAttended = isAttended
  }
}

/// A ticket as its holder sees it; nothing personal.
public struct Ticket: Sendable, Equatable {
  /// The identity of the ticket.
  public let id: TicketID
  /// The secret in the address of its own page.
  public let code: PublicCode
  /// The day for which it holds.
  public let day: CivilDate
  /// By which its holder finds it again, together with the PIN.
  public let reference: TicketNumber
  /// Six digits; nil where no module keeps keys.
  public let pin: String?
  /// As it is called: `A-012`.
  public let number: String
  /// The service for which it was taken.
  public let service: ServiceCode
  /// What people call the service.
  public let serviceName: LocalizedText
  /// The application that the visit is for; nil for a visit without one.
  public let application: ApplicationNumber?
  /// Whether it stands in the priority line.
  public let isPriority: Bool
  /// Where it stands.
  public let state: TicketState
  /// What ended it; nil while it is open, and where its holder or an officer did.
  public let ending: TicketEnding?
  /// The counter it was called to.
  public let counter: Int?
  /// When the number was taken.
  public let issuedAt: Instant
  /// When it was called last; nil before the first call.
  public let calledAt: Instant?
  /// Waiting tickets that are sure to be called before it; 0 once called.
  public let peopleAhead: Int
  /// An estimate of the wait in minutes, lower and upper end; nil when nothing is known yet or once called.
  public let waitMinutes: ClosedRange<Int>?
  /// The office's promise, made when the number was taken; nil where none was made, and once called.
  public let promise: TicketPromise?
  /// Whether a person who did not come may still take their place again.
  public let mayComeBack: Bool
  /// Where its holder was sent while they wait; nil where any counter of the service calls them.
  public let sentTo: TicketAddress?
  /// Whether any counter serves it now; for one that ended without its holder having been served, whether its service can be
  /// had. Nil for one whose holder is, or was, served.
  public let availability: Availability?
  /// The first stop later today that its holder should know of; nil for none, and for one that neither waits nor is on hold.
  public let stopAhead: StopAhead?
  /// Until when it is on hold and what for; nil for one that is not.
  public let hold: TicketHold?
  /// What the QR code on its paper holds; nil where it was not asked for.
  public var paper: PaperCode?

  /// A ticket as it stands at one moment; what may be missing is nil unless it is given.
  public init(
    id: TicketID, code: PublicCode, reference: TicketNumber, pin: String?, day: CivilDate, number: String,
    service: ServiceCode, serviceName: LocalizedText, application: ApplicationNumber?, isPriority: Bool,
    state: TicketState, ending: TicketEnding? = nil, counter: Int?, issuedAt: Instant, calledAt: Instant?,
    peopleAhead: Int, waitMinutes: ClosedRange<Int>?, promise: TicketPromise? = nil, mayComeBack: Bool = false,
    sentTo: TicketAddress? = nil, availability: Availability? = nil, stopAhead: StopAhead? = nil,
    hold: TicketHold? = nil
  ) {
    self.stopAhead = stopAhead
    self.hold = hold
    self.availability = availability
    self.sentTo = sentTo
    self.promise = promise
    self.mayComeBack = mayComeBack
    self.ending = ending
    self.day = day
    self.id = id
    self.code = code
    self.reference = reference
    self.pin = pin
    self.number = number
    self.service = service
    self.serviceName = serviceName
    self.application = application
    self.isPriority = isPriority
    self.state = state
    self.counter = counter
    self.issuedAt = issuedAt
    self.calledAt = calledAt
    self.peopleAhead = peopleAhead
    self.waitMinutes = waitMinutes
  }
}
