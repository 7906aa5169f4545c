public import Contracts
public import Core
public import Store

/// A queue of tests beside which there are no appointments and no stops. The service itself has no such defaults: a queue that
/// is shipped must say what it does with each.
extension QueueService {
  /// None.
  public func tickets<Database: Queryable & ~Copyable>(
    _ ids: [TicketID], in database: borrowing Database
  ) throws -> [Ticket] { [] }

  /// None.
  public func number<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Number? { nil }

  /// Always: nothing is left.
  public func mayEndLeftover<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool { true }

  /// Tells nothing.
  public func whenIssued(_ body: @escaping TicketFollower) {}

  /// Tells nothing.
  public func whenFinished(_ body: @escaping TicketFollower) {}

  /// Tells nothing.
  public func whenHoursChange(_ body: @escaping HoursFollower) {}

  /// Asks nothing.
  public func ask(_ appointments: any HallAppointments) {}

  /// Asks nothing.
  public func ask(_ stops: any HallStops) {}

  /// Tells nothing.
  public func tellHours(of day: CivilDate, in transaction: borrowing Transaction) throws {}

  /// None.
  public func tickets<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedTicket] { [] }
}
