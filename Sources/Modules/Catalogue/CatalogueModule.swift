public import Contracts
public import Core
internal import HTML
public import Web

/// What the office offers and on which days it works, read from `calendar.json5` and
/// `services/*.json5` of the configuration directory.
public struct CatalogueModule: Module {
  /// The name in the office's configuration; the module keeps no tables.
  public static let name = "catalogue"
  /// The services on offer and the days on which the office works, from one reading of the files.
  public static var provides: [ServiceKey] {
    [ServiceKey((any CatalogueService).self), ServiceKey((any OpeningTimesService).self)]
  }
  /// The directory of the files; the clock tells for which year holidays should be known.
  public static var requires: [ServiceKey] {
    [ServiceKey(ConfigurationDirectory.self), ServiceKey((any WallClock).self), ServiceKey((any Log).self)]
  }

  let catalogue: Catalogue
  let directory: ConfigurationDirectory
  private let clock: any WallClock
  private let log: any Log

  /// Reads nothing yet, so that `gapura catalogue check` can be made where the files are broken.
  public init(services: ServiceRegistry) {
    directory = services.require(ConfigurationDirectory.self)
    clock = services.require((any WallClock).self)
    log = services.require((any Log).self)
    catalogue = Catalogue(directory)
  }

  /// Puts the catalogue there under both of its services.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any CatalogueService).self, catalogue)
    services.provide((any OpeningTimesService).self, catalogue)
  }

  /// - Throws: `ConfigurationProblem` when a file is broken.
  public func start() async throws { try await reload() }

  /// `calendar.json5` and the files below `services`, which come into force together.
  public var configuration: [any ReloadableFile] { [catalogue.editions] }

  /// Reads the files again and notes how many services there are.
  ///
  /// - Throws: `ConfigurationProblem` when a file is broken; what was read before stays in force.
  public func reload() async throws {
    try configuration.reload()
    log.info("catalogue loaded", ["catalogue.services": String(catalogue.edition.services.count)])
  }
}

extension CatalogueModule: Observed {
  /// How many services there are, and whether the year's holidays are missing; unhealthy while nothing has been loaded.
  public func health() async -> HealthReport {
    let edition = catalogue.edition
    guard !edition.services.isEmpty else {
      return HealthReport(isHealthy: false, detail: "no catalogue has been loaded")
    }
    // Any of the three zones will do to know the year.
    let year = OfficeZone.wib.date(of: clock.now).year
    let known = edition.calendar.lastKnownYear ?? 0
    let calendar = known < year ? "; calendar.json5 has no holidays for \(year)" : ""
    return HealthReport(isHealthy: true, detail: "\(edition.services.count) services\(calendar)")
  }
}

extension CatalogueModule: Commanding {
  /// `gapura catalogue check`, which reads the files and says what is wrong with them.
  public func commands() -> [Command] { [CheckCommand(directory: directory).command] }
}

extension CatalogueModule: WebFacing {
  /// The portal's list of services, and a page for each of them.
  public func routes() -> [Route] {
    CataloguePages(catalogue: catalogue, times: catalogue, hall: catalogue.hall).routes
  }

  /// The portal's entry for services.
  public func navigation() -> [NavigationEntry] {
    [NavigationEntry(.portal, "catalogue.menu", "/layanan", order: 20, icon: .list, hint: "catalogue.menu-hint")]
  }
}
