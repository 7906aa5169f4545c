public import Core
public import Store

/// How the slots of a stretch of days were used.
public struct AppointmentUse: Sendable, Equatable {
  /// How many slots the days had.
  public var offered: Int
  /// How many of them were booked.
  public var booked: Int
  /// How many people came and checked in.
  public var came: Int

  /// Those numbers; by default as where no slots are kept.
  public init(offered: Int = 0, booked: Int = 0, came: Int = 0) {
    self.offered = offered
    self.booked = booked
    self.came = came
  }
}

/// Tells what was booked: people about themselves, reports about a period, and supervisors about those whom a stop hits.
public protocol AppointmentHistory: Sendable {
  /// What is kept by that application's number, the earliest first; at most `limit` of each.
  func bookings<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> BookingRecord

  /// How the appointments of the days from `first` to `last` were used.
  ///
  /// - Parameter service: nil for every service.
  func use<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, of service: ServiceCode?, in database: borrowing Database
  ) throws -> AppointmentUse

  /// The visits that are booked, have not become a ticket and cannot be served because of one of the stops, in the order of
  /// their days and times.
  ///
  /// - Parameter limit: of the appointments that are looked at.
  func visits<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedVisit]
}

/// A booked visit that a supervisor's stop hits; nothing of the person.
public struct StoppedVisit: Sendable, Equatable {
  /// The appointment's: what its holder can be told on the telephone.
  public let number: AppointmentNumber
  /// The service that is visited.
  public let service: ServiceCode
  /// The day for which it is booked.
  public let day: CivilDate
  /// When the person comes, as its holder reads it: a half-hour, or the minute that was promised.
  public let time: String
  /// Whether its holder is offered another time, beyond what may be moved otherwise.
  public let canMove: Bool

  /// A visit as it is booked.
  public init(number: AppointmentNumber, service: ServiceCode, day: CivilDate, time: String, canMove: Bool) {
    self.number = number
    self.service = service
    self.day = day
    self.time = time
    self.canMove = canMove
  }
}
