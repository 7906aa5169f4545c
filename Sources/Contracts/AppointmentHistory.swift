public import Core
public import Store

/// How the places of a stretch of days were used.
public struct AppointmentUse: Sendable, Equatable {
  public var offered = 0
  public var booked = 0
  /// Those who came and checked in.
  public var came = 0

  /// Where no places are kept.
  public init() {}
}

/// How appointments were used, for those who count it.
public protocol AppointmentHistory: Sendable {
  /// - Parameter service: nil for all.
  func use<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, of service: ServiceCode?, in database: borrowing Database
  ) throws -> AppointmentUse
}
