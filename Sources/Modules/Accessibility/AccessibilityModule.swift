public import Contracts
public import Core
internal import HTML
public import Store
public import Web

/// What people need to be served well, and officers who come when they are called.
public struct AccessibilityModule: Persistent, WebFacing, Observed {
  /// The prefix of its tables.
  public static let name = "accessibility"
  /// The needs of tickets and the calls for help.
  public static let schema = Schema.accessibility
  /// Needs and help, as the kiosk and the queue ask for them.
  public static var provides: [ServiceKey] { [ServiceKey((any AccessibilityService).self)] }
  /// The store, where needs and calls are kept, and the office, by whose clock the pages tell its hours.
  public static var requires: [ServiceKey] {
    [ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any Log).self), ServiceKey(Office.self)]
  }

  /// Officers' presence, so that a call is placed only where it is heard, and the office's hours.
  public static var uses: [ServiceKey] {
    [ServiceKey((any OfficerPresence).self), ServiceKey((any OpeningTimesService).self)]
  }

  /// A day's tickets are looked back at on the next day at most.
  static let needMemory = Duration.hours(48)

  private let help: HelpService
  private let pages: HelpPages
  private let forgetting: RegularForgetting

  /// Reads nothing from the store yet.
  public init(services: ServiceRegistry) throws {
    help = HelpService(
      store: services.require(Store.self), clock: services.require((any WallClock).self),
      presence: services.find((any OfficerPresence).self), needMemory: Self.needMemory)
    pages = HelpPages(
      help: help, office: services.require(Office.self), openings: services.find((any OpeningTimesService).self))
    forgetting = RegularForgetting(
      help, work: services.find(RegularWork.self) ?? RegularWork(), log: services.require((any Log).self))
  }

  /// Puts the service for needs and calls there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any AccessibilityService).self, help)
  }

  /// Forgets the needs of earlier days, and does so again regularly from then on.
  public func start() async throws { try await forgetting.start() }

  /// Ends the regular forgetting.
  public func stop() async { await forgetting.stop() }

  /// The portal's pages for a call, and the officers' page that lists and answers calls.
  public func routes() -> [Route] { pages.routes() + HelpConsolePages(help: help).routes() }

  /// The portal's entry for help, and the officers' entry for calls.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "accessibility.menu", "/bantuan-akses", order: 60, icon: .access, hint: "accessibility.hint"),
      NavigationEntry(
        .console(.help, .service), "accessibility.console.title", "/petugas/bantuan", order: 35, icon: .bell,
        hint: "accessibility.console.hint"),
    ]
  }

  /// How many calls are open; unhealthy where they cannot be read.
  public func health() async -> HealthReport {
    do {
      let count = try await help.openCalls().count
      return HealthReport(isHealthy: true, detail: "\(count) calls for help are open")
    } catch {
      return HealthReport(isHealthy: false, detail: "calls for help cannot be read")
    }
  }

  /// The number of open calls; nothing where they cannot be read.
  public func metrics() async -> [Metric] {
    guard let calls = try? await help.openCalls() else { return [] }
    return [
      Metric(
        "gapura_help_calls_open", help: "Calls for an officer's help that nobody has answered",
        value: Double(calls.count))
    ]
  }
}
