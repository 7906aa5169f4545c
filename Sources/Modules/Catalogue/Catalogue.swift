internal import Contracts
internal import Core
internal import Synchronization

/// The catalogue in force.
final class Catalogue: CatalogueService, OpeningTimesService {
  /// What the files say.
  let editions: Reloadable<Edition>
  private let asked = Mutex<(any AvailabilityService)?>(nil)

  init(_ directory: ConfigurationDirectory) { editions = Reloadable(.blank) { try Edition.read(directory) } }

  /// What is in force now.
  var edition: Edition { editions.now }

  func services(on day: CivilDate) -> [OfferedService] {
    let services = edition.services
    // Nearly always all of them, which are given without a copy of each.
    return services.allSatisfy { $0.isInForce(on: day) } ? services : services.filter { $0.isInForce(on: day) }
  }

  func service(_ code: ServiceCode) -> OfferedService? { edition.services.first { $0.code == code } }

  func isWorkingDay(_ day: CivilDate) -> Bool { edition.calendar.isWorkingDay(day) }

  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { edition.calendar.workingDay(count, after: day) }

  func openingTimes(on day: CivilDate) -> [OpeningSpan] { edition.calendar.openingTimes(on: day) }

  func closure(on day: CivilDate) -> LocalizedText? { edition.calendar.closure(on: day) }

  func occasion(on day: CivilDate) -> LocalizedText? { edition.calendar.occasion(on: day) }

  func ask(_ availability: any AvailabilityService) { asked.withLock { $0 = availability } }

  func hall() async throws -> HallAvailability? {
    guard let availability = asked.withLock({ $0 }) else { return nil }
    return try await availability.availability()
  }
}

extension OfferedService {
  fileprivate func isInForce(on day: CivilDate) -> Bool { validFrom <= day && validTo.map { day <= $0 } ?? true }
}
