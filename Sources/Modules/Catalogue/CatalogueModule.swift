public import Contracts
public import Core
internal import HTML
public import Web

/// What the office offers and on which days it works, read from `calendar.json5` and
/// `services/*.json5` of the configuration directory.
public struct CatalogueModule: Module {
  public static let name = "catalogue"
  public static var provides: [ServiceKey] {
    [ServiceKey((any CatalogueService).self), ServiceKey((any OpeningTimesService).self)]
  }
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

  public func provide(to services: inout ServiceRegistry) {
    services.provide((any CatalogueService).self, catalogue)
    services.provide((any OpeningTimesService).self, catalogue)
  }

  /// - Throws: `ConfigurationProblem` when a file is broken.
  public func start() async throws { try await reload() }

  public var configuration: [any ReloadableFile] { [catalogue.editions] }

  public func reload() async throws {
    try configuration.reload()
    log.info("catalogue loaded", ["catalogue.services": String(catalogue.edition.services.count)])
  }
}

extension CatalogueModule: Observed {
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
  public func commands() -> [Command] { [CheckCommand(directory: directory).command] }
}

extension CatalogueModule: WebFacing {
  public func routes() -> [Route] {
    CataloguePages(catalogue: catalogue, times: catalogue, hall: catalogue.hall).routes
  }

  public func navigation() -> [NavigationEntry] {
    [NavigationEntry(.portal, "catalogue.menu", "/layanan", order: 20, icon: .list, hint: "catalogue.menu-hint")]
  }
}
