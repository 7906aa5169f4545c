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

/// Tells what was booked: people about themselves, and reports about a period.
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
}
