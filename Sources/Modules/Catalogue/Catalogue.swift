internal import Contracts
internal import Core
internal import Synchronization

/// The catalogue in force.
final class Catalogue: CatalogueService, OpeningTimesService {
  private let directory: ConfigurationDirectory
  private let current = Mutex(Edition.blank)

  private let asked = Mutex<(any AvailabilityService)?>(nil)

  init(_ directory: ConfigurationDirectory) { self.directory = directory }

  /// What is in force now.
  var edition: Edition { current.withLock { $0 } }

  /// Reads the files again; when one of them is broken, what was in force stays in force.
  func reload() throws(ConfigurationProblem) {
    let fresh = try Edition.read(directory)
    current.withLock { $0 = fresh }
  }

  func services(on day: CivilDate) -> [OfferedService] {
    edition.services.filter { service in
      service.validFrom <= day && service.validTo.map { day <= $0 } ?? true
    }
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
