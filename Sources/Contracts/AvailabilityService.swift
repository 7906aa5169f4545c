public import Core
public import Store

/// Decides whether the office and its services can be had now, for every face. Provided by the Queue.
public protocol AvailabilityService: Sendable {
  /// The office and every service of today, from one snapshot.
  func availability() async throws -> HallAvailability

  /// One service, or the office as a whole, as the transaction sees it: what is decided by it becomes durable with it.
  func availability<Database: Queryable & ~Copyable>(
    of service: ServiceCode?, in database: borrowing Database
  ) throws -> Availability

  /// The supervisors' stops that reach a day and have not been taken back, in the order in which they were made, each as
  /// it is on that day.
  func stops<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop]

  /// When a supervisor, or a command, closed a day before it was over; nil while it is not closed.
  func closing<Database: Queryable & ~Copyable>(
    of day: CivilDate, in database: borrowing Database
  ) throws -> Instant?
}
