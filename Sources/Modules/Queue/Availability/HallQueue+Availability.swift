import Contracts
import Core
import Forecast
import Store

extension HallQueue: AvailabilityService {
  func availability() async throws -> HallAvailability {
    try await store.read { database in
      let reading = try AvailabilityReading(self, in: database)
      let services = (catalogue?.services(on: reading.day) ?? []).map(\.code)
      return HallAvailability(
        office: reading.availability(of: nil),
        services: Dictionary(
          try services.map { ($0, try availability(of: $0, reading, in: database)) },
          uniquingKeysWith: { first, _ in first }), ahead: reading.ahead,
        closureToday: reading.closureToday)
    }
  }

  func availability<Database: Queryable & ~Copyable>(
    of service: ServiceCode?, in database: borrowing Database
  ) throws -> Availability {
    let reading = try AvailabilityReading(self, in: database)
    guard let service else { return reading.availability(of: nil) }
    return try availability(of: service, reading, in: database)
  }

  func closing<Database: Queryable & ~Copyable>(
    of day: CivilDate, in database: borrowing Database
  ) throws -> Instant? {
    try ClosedDayTable.closedAt(day, in: database)
  }

  /// The same, with what has been read already.
  ///
  /// - Parameter headStart: minutes by which the person who asks may overtake others.
  func availability<Database: Queryable & ~Copyable>(
    of service: ServiceCode, headStart: Int = 0, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Availability {
    let availability = reading.availability(of: service)
    guard case .open(_, let end?) = availability, rules.now.admission.isByForecast,
      let expected = try expectedMinutes(of: service, headStart: headStart, reading, in: database),
      zone.time(of: reading.now).minuteOfDay + Int(expected.rounded(.down)) >= end.minuteOfDay
    else { return availability }
    return .pastAdmission(closesAt: end, cause: .forecast, next: reading.nextOpening(of: service))
  }

  /// - Throws: `Unavailable` where no number may be given now.
  func requireNumbers(
    for service: ServiceCode, isPriority: Bool, _ reading: AvailabilityReading, in transaction: borrowing Transaction
  ) throws -> Availability {
    let headStart = isPriority ? rules.now.next.headStart.priority : 0
    let availability = try availability(of: service, headStart: headStart, reading, in: transaction)
    guard availability.takesNumbers else { throw Unavailable(service: service, availability: availability) }
    return availability
  }

  /// - Throws: `Unavailable` where people with an appointment are not let in either.
  func requireArrivals(for service: ServiceCode, _ reading: AvailabilityReading) throws -> Availability {
    let availability = reading.availability(of: service)
    guard availability.takesArrivals else { throw Unavailable(service: service, availability: availability) }
    return availability
  }
}
