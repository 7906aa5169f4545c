public import Core
public import Store

/// What a person who has an appointment asks for where they come: the kiosk's and the hall's side of appointments.
public protocol AppointmentService: Sendable {
  /// Whether people can come with appointments.
  var isOffered: Bool { get }

  /// Checks a person in who has an appointment: the code of the appointment, or of one visit of it, becomes a waiting
  /// ticket. Checking in twice gives the same ticket.
  ///
  /// - Parameters:
  ///   - channel: where the person says that they are here.
  ///   - language: the language in which they said it.
  ///
  /// - Returns: the tickets of all visits that the code stands for, the earliest first; never none.
  /// - Throws: `Problem` `appointment.unknown`, `.ended`, `.hold-ended`, `.other-day`, `.too-early`, `.too-late`;
  ///   `Unavailable` when the office is closed or the service is stopped.
  func checkIn(code: PublicCode, channel: Channel, language: Language) async throws -> [Ticket]

  /// The same by the appointment's number and the date of birth of one of the people who come.
  ///
  /// - Throws: besides, `Problem` `appointment.not-found`, the same for an unknown number and another date;
  ///   `look-up.too-many` for a client that has missed too often (`LookUpGuard`).
  func checkIn(
    number: AppointmentNumber, bornOn date: Personal<CivilDate>, at kiosk: String, language: Language
  ) async throws -> [Ticket]

  /// The same by an application that its holder has opened: with the appointment of today that is for it, or else the next.
  ///
  /// - Throws: besides, `Problem` `appointment.none` where there is none from today on.
  func checkIn(application: OpenedApplication, channel: Channel, language: Language) async throws -> [Ticket]

  /// The appointment of today with which the holder of an application who asks for a number checks in instead, unless it is
  /// called off; nil outside its time, and once they have a number.
  func appointmentToCheckIn(for application: OpenedApplication) async throws -> ComingVisit.Appointment?
}

/// What the queue asks of appointments, in its own readings and transactions.
///
/// The module that gives appointments needs the queue, so the queue cannot need it: it is handed over while it is made,
/// by `QueueService.ask`. Without one the queue lacks what is asked for here, and nothing else.
public protocol HallAppointments: AppointmentHistory {
  /// Whether people can come with appointments.
  var isOffered: Bool { get }

  /// The next appointment that holds a slot for an application and that has not become a ticket, of a day that is not
  /// over; nil for none.
  func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Appointment?

  /// The same where its people can say now that they have come, or could if it were not called off; nil outside its time,
  /// for one that was not confirmed, and once the application has a number of today.
  func due<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Appointment?

  /// What is left of the priority line's slots of today, by service; also nothing, where there were slots.
  func prioritySlots<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> [ServiceCode: SlotsLeft]

  /// The appointments of days before `day` whose people did not come, of how many those days had. An appointment that the
  /// office called off is not among them.
  func missed<Database: Queryable & ~Copyable>(
    before day: CivilDate, in database: borrowing Database
  ) throws -> MissedAppointments

  /// Ends the appointments of days before `day` that are still booked, so many as one transaction should.
  ///
  /// - Returns: how many; where it is not zero there may be more.
  func endMissed(before day: CivilDate, in transaction: borrowing Transaction) throws -> Int
}

/// What is left of the slots of a day.
public struct SlotsLeft: Sendable, Equatable {
  /// How many can be had now.
  public let free: Int
  /// Given back, and free again after a random while.
  public let returning: Int

  /// Slots of one service.
  public init(free: Int, returning: Int) {
    self.free = free
    self.returning = returning
  }
}

/// Appointments of days that are over, whose people did not come.
public struct MissedAppointments: Sendable, Equatable {
  /// How many are left to be ended.
  public var left: Int
  /// How many appointments the same days had, whatever became of them later.
  public var all: Int
  /// The latest of those days; nil where nothing is left.
  public var day: CivilDate?

  /// Those numbers; by default nothing is left.
  public init(left: Int = 0, all: Int = 0, day: CivilDate? = nil) {
    self.left = left
    self.all = all
    self.day = day
  }
}
