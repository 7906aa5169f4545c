public import Contracts
public import Core
internal import HTML
public import Web

/// The hall's call displays: boards of the whole hall and of its zones, in browsers and on text terminals, and calls that
/// are spoken. Without a module that tells how the hall stands there are none.
public struct DisplaysModule: WebFacing, Observed {
  public static let name = "displays"
  public static let provides = [ServiceKey((any HallBoardService).self)]
  public static let requires = [ServiceKey(Office.self)]
  public static let uses = [
    ServiceKey((any QueueSnapshotService).self), ServiceKey(ConfigurationDirectory.self),
    ServiceKey(CacheDirectory.self),
  ]

  private let rules: DisplayRules
  private let displays: LiveDisplays
  /// nil where no module tells how the hall stands.
  private let pages: DisplayPages?

  public init(services: ServiceRegistry) {
    let office = services.require(Office.self)
    let locales = services.require(Locales.self)
    let clock = services.require((any WallClock).self)
    let log = services.require((any Log).self)
    let rules = DisplayRules(directory: services.find(ConfigurationDirectory.self), office: office)
    let displays = LiveDisplays(rules: rules, office: office, locales: locales, clock: clock)
    let snapshots = services.find((any QueueSnapshotService).self)
    snapshots?.add(displays)
    self.rules = rules
    self.displays = displays
    pages = snapshots.map { snapshots in
      DisplayPages(
        snapshots: snapshots, displays: displays, rules: rules, locales: locales,
        speaker: services.find(CacheDirectory.self).map {
          Speaker(directory: $0.appending("suara"), clock: clock, log: log)
        })
    }
  }

  public func provide(to services: inout ServiceRegistry) {
    if pages != nil { services.provide((any HallBoardService).self, displays) }
  }

  /// - Throws: `ConfigurationProblem` when `displays.json5` is broken.
  public func start() async throws { try configuration.reload() }

  public func stop() async { displays.stop() }

  public var configuration: [any ReloadableFile] { [rules] }

  public func routes() -> [Route] { pages?.routes() ?? [] }

  public func navigation() -> [NavigationEntry] {
    guard pages != nil else { return [] }
    return [
      NavigationEntry(
        .console(.clerk, .hall), "queue.nav.display", "/display", order: 45, icon: .screen,
        hint: "queue.nav.display-hint")
    ]
  }

  public func health() async -> HealthReport { HealthReport(isHealthy: true, detail: "") }

  public func metrics() async -> [Metric] {
    guard pages != nil else { return [] }
    return [
      Metric(
        "gapura_queue_displays", help: "Call displays that follow the hall.", value: Double(displays.streamCount))
    ]
  }
}
