public import Core
public import Store

/// What the queue asks of the supervisors' stops, in its own readings and transactions.
///
/// The module that keeps stops needs the queue, so the queue cannot need it: it is handed over while it is made, by
/// `QueueService.ask`. Without one nothing is ever stopped.
public protocol HallStops: Sendable {
  /// The stops that last until `day` or later and have not been taken back, in the order in which they were made, each as
  /// it is on its first day.
  func ahead<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop]
}

/// A number of today that a supervisor's stop hits; nothing of the person.
public struct StoppedTicket: Sendable, Equatable {
  /// The ticket's code.
  public let code: PublicCode
  /// As it is called: `A-012`.
  public let number: String
  /// The service for which it was taken.
  public let service: ServiceCode
  /// Whether it is on hold; else it waits.
  public let isOnHold: Bool
  /// The stop that hits it: one that holds now, or else the first that begins before it is likely to be called.
  public let stop: ServiceStop
  /// What its holder is told while a stop holds.
  public let availability: Availability

  /// A number as it stands now.
  public init(
    code: PublicCode, number: String, service: ServiceCode, isOnHold: Bool, stop: ServiceStop,
    availability: Availability
  ) {
    self.stop = stop
    self.code = code
    self.number = number
    self.service = service
    self.isOnHold = isOnHold
    self.availability = availability
  }
}
