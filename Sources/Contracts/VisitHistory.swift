public import Core
public import Store

/// What is kept of the visits for one application, as the person concerned is given it: no officer is named.
public struct VisitRecord: Sendable, Equatable {
  /// A number that was taken.
  public struct Number: Sendable, Equatable {
    /// The identity of its ticket.
    public let ticket: TicketID
    /// As it was called: `A-012`.
    public let number: String
    /// The service for which it was taken.
    public let service: ServiceCode
    /// Where it was taken.
    public let channel: Channel
    /// Whether it stood in the priority line.
    public let isPriority: Bool
    /// Where it stands, or how it ended.
    public let state: TicketState
    /// The counter that it was called to last.
    public let counter: Int?
    /// When it was taken.
    public let takenAt: Instant
    /// The time that was booked; nil for a person who came without an appointment.
    public let appointedAt: Instant?
    /// When it was called last; nil where it never was.
    public let calledAt: Instant?
    /// When the person began to be served; nil where that never happened.
    public let startedAt: Instant?
    /// When the visit ended; nil while it has not.
    public let endedAt: Instant?

    /// A number as it is kept.
    public init(
      ticket: TicketID, number: String, service: ServiceCode, channel: Channel, isPriority: Bool, state: TicketState,
      counter: Int?, takenAt: Instant, appointedAt: Instant?, calledAt: Instant?, startedAt: Instant?, endedAt: Instant?
    ) {
      self.ticket = ticket
      self.number = number
      self.service = service
      self.channel = channel
      self.isPriority = isPriority
      self.state = state
      self.counter = counter
      self.takenAt = takenAt
      self.appointedAt = appointedAt
      self.calledAt = calledAt
      self.startedAt = startedAt
      self.endedAt = endedAt
    }
  }

  /// The numbers that were taken.
  public let numbers: [Number]

  /// All that is kept of the visits for one application.
  public init(numbers: [Number]) { self.numbers = numbers }
}

/// What is kept of the appointments and draws for one application, as the person concerned is given it.
public struct BookingRecord: Sendable, Equatable {
  /// A slot that was kept or booked.
  public struct Booking: Sendable, Equatable {
    /// The day of the slot.
    public let day: CivilDate
    /// The time of the slot, by the office's clock.
    public let time: CivilTime
    /// The service for which it is kept.
    public let service: ServiceCode
    /// Of which slots: the web's, the priority line's, …
    public let kind: String
    /// How it ended, or that it lies ahead.
    public let state: String
    /// Why the priority line; nil where it was asked for several people, of whom it may be another's reason.
    public let priority: PriorityGroup?
    /// When the slot was taken.
    public let madeAt: Instant
    /// When it was confirmed; nil where it never was.
    public let bookedAt: Instant?
    /// When it ended; nil while it lies ahead.
    public let endedAt: Instant?

    /// A slot as it is kept.
    public init(
      day: CivilDate, time: CivilTime, service: ServiceCode, kind: String, state: String, priority: PriorityGroup?,
      madeAt: Instant, bookedAt: Instant?, endedAt: Instant?
    ) {
      self.day = day
      self.time = time
      self.service = service
      self.kind = kind
      self.state = state
      self.priority = priority
      self.madeAt = madeAt
      self.bookedAt = bookedAt
      self.endedAt = endedAt
    }
  }

  /// An entry of a draw of slots.
  public struct DrawEntry: Sendable, Equatable {
    /// The service for which slots are drawn.
    public let service: ServiceCode
    /// When the entry was made.
    public let enteredAt: Instant
    /// The day that was wished for.
    public let wish: CivilDate?
    /// The lot, from 1; nil before the draw.
    public let rank: Int?

    /// An entry as it is kept.
    public init(service: ServiceCode, enteredAt: Instant, wish: CivilDate?, rank: Int?) {
      self.service = service
      self.enteredAt = enteredAt
      self.wish = wish
      self.rank = rank
    }
  }

  /// The slots that were kept or booked.
  public let bookings: [Booking]
  /// The entries of draws.
  public let drawEntries: [DrawEntry]

  /// All that is kept of the bookings for one application.
  public init(bookings: [Booking], drawEntries: [DrawEntry]) {
    self.bookings = bookings
    self.drawEntries = drawEntries
  }
}

/// Tells people what the hall keeps of their visits.
public protocol VisitHistory: Sendable {
  /// What is kept by that application's number, the earliest first; at most `limit` of each.
  func visits<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> VisitRecord
}
