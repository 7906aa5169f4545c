public import Store

/// Decides whether the office and its services can be had now, for every face. Provided by the Queue.
public protocol AvailabilityService: Sendable {
  /// The office and every service of today, from one snapshot.
  func availability() async throws -> HallAvailability

  /// One service, or the office as a whole, as the transaction sees it: what is decided by it becomes durable with it.
  func availability<Database: Queryable & ~Copyable>(
    of service: ServiceCode?, in database: borrowing Database
  ) throws -> Availability
}
