public import Contracts
public import Core
internal import HTML
public import Web

/// The hall's call displays: boards of the whole hall and of its zones, in browsers and on text terminals, and calls that
/// are spoken. Without a module that tells how the hall stands there are none.
public struct DisplaysModule: WebFacing, Observed {
  /// The name in the office's configuration; the module keeps no tables.
  public static let name = "displays"
  /// The boards, for displays that are no browser; put there only where the hall can be read.
  public static let provides = [ServiceKey((any HallBoardService).self)]
  /// The office, whose counters the boards show.
  public static let requires = [ServiceKey(Office.self)]
  /// The reading of the hall, without which there are no displays; the file of zones; the place for spoken calls.
  public static let uses = [
    ServiceKey((any QueueSnapshotService).self), ServiceKey(ConfigurationDirectory.self),
    ServiceKey(CacheDirectory.self),
  ]

  private let rules: DisplayRules
  private let displays: LiveDisplays
  /// nil where no module tells how the hall stands.
  private let pages: DisplayPages?

  /// Follows the hall from now on, where a module tells how it stands.
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

  /// Puts the boards there, where a module tells how the hall stands.
  public func provide(to services: inout ServiceRegistry) {
    if pages != nil { services.provide((any HallBoardService).self, displays) }
  }

  /// - Throws: `ConfigurationProblem` when `displays.json5` is broken.
  public func start() async throws { try configuration.reload() }

  /// Ends all streams, so that displays come back after the restart.
  public func stop() async { displays.stop() }

  /// `displays.json5`: the displays of the hall and its zones; without the file the standard holds.
  public var configuration: [any ReloadableFile] { [rules] }

  /// The displays' pages, streams and spoken calls; none without the hall.
  public func routes() -> [Route] { pages?.routes() ?? [] }

  /// The officers' entry that leads to the displays; none without the hall.
  public func navigation() -> [NavigationEntry] {
    guard pages != nil else { return [] }
    return [
      NavigationEntry(
        .console(nil, .hall), "queue.nav.display", "/display", order: 45, icon: .screen,
        hint: "queue.nav.display-hint")
    ]
  }

  /// Always healthy: a display that is away is no fault of the service.
  public func health() async -> HealthReport { HealthReport(isHealthy: true, detail: "") }

  /// How many displays follow the hall; nothing without the hall.
  public func metrics() async -> [Metric] {
    guard pages != nil else { return [] }
    return [
      Metric(
        "gapura_queue_displays", help: "Call displays that follow the hall.", value: Double(displays.streamCount))
    ]
  }
}
