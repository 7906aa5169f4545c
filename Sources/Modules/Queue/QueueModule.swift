public import Contracts
public import Core
import Forecast
import HTML
import PageParts
public import Store
public import Web

/// Numbers, counters, and calling.
public struct QueueModule: Module, Persistent, WebFacing, Observed, Commanding {
  /// The prefix of its tables.
  public static let name = "queue"
  /// Tickets, the reading of the hall, whether numbers can be had, and what has happened, for the person and for
  /// reports.
  public static let provides = [
    ServiceKey((any QueueService).self), ServiceKey((any QueueSnapshotService).self),
    ServiceKey((any VisitHistory).self), ServiceKey((any AvailabilityService).self),
    ServiceKey((any QueueHistory).self),
  ]
  /// The store, the office with its counters, and the guard against guessed PINs.
  public static let requires = [ServiceKey(Store.self), ServiceKey(Office.self), ServiceKey(LookUpGuard.self)]
  /// What a ticket can be taken for, who calls it, and what is told elsewhere; each is left out where it is not there.
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any ApplicationService).self),
    ServiceKey((any TrackingService).self), ServiceKey((any AccessibilityService).self),
    ServiceKey((any OfficerDirectory).self), ServiceKey(ConfigurationDirectory.self),
    ServiceKey(Acquaintances.self),
    ServiceKey((any OpeningTimesService).self),
    ServiceKey((any VaultService).self), ServiceKey((any KeyedHash).self), ServiceKey((any LedgerService).self),
    ServiceKey((any ErasureService).self), ServiceKey(PublicAddress.self), ServiceKey((any EndService).self),
    ServiceKey(ComingVisits.self), ServiceKey((any PaperLinks).self), ServiceKey(OfficerSeats.self),
  ]
  /// The tables of tickets, counters, promises and what estimates learn.
  public static var schema: Schema { QueueSchema.schema }

  let queue: HallQueue
  private let feed: HallFeed
  private let live: LiveHall
  private let portal: QueuePortal
  private let console: CounterConsole
  let hall: HallPages
  private let rules: RulesInForce
  private let round: HallRound

  /// Makes the hall and takes part in erasures and ends from now on.
  ///
  /// - Throws: `ConfigurationProblem` when the rules are broken.
  public init(services: ServiceRegistry) throws {
    let directory = services.find(ConfigurationDirectory.self)
    rules = RulesInForce(try QueueRules.load(from: directory), directory: directory)
    let office = services.require(Office.self)
    let (work, log) = (services.find(RegularWork.self) ?? RegularWork(), services.require((any Log).self))
    let dayEnd = DayEnd(
      openings: services.find((any OpeningTimesService).self), zone: office.zone, rules: rules)
    queue = HallQueue(services, rules: rules, dayEnd: dayEnd)
    let counters = CounterService(services, queue: queue)
    live = LiveHall(queue: queue, office: office, locales: services.require(Locales.self), clock: queue.clock)
    feed = HallFeed(queue: queue, live: live, work: work, log: log)
    round = HallRound(counters: counters, dayEnd: dayEnd, work: work, log: log)
    portal = QueuePortal(
      queue: queue, live: live, random: queue.random, lookUps: services.require(LookUpGuard.self),
      holder: HolderQuestions(access: ApplicationAccess(services, queue: queue)),
      publicAddress: services.find(PublicAddress.self), papers: services.find((any PaperLinks).self))
    let officers = services.find((any OfficerDirectory).self)
    console = CounterConsole(
      queue: queue, feed: feed, office: office, applications: queue.applications, accessibility: queue.accessibility,
      counters: counters, officers: officers)
    hall = HallPages(queue: queue, counters: counters, dayEnd: dayEnd, round: round, officers: officers)
    answer(services)
  }

  /// Puts the queue there under its services.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any QueueService).self, queue)
    services.provide((any QueueSnapshotService).self, live)
    services.provide((any AvailabilityService).self, queue)
    services.provide((any VisitHistory).self, OwnVisits())
    services.provide((any QueueHistory).self, HallHistory())
  }

  /// Reads the rules again, and begins the hall's round and the feed of changes.
  ///
  /// - Throws: `ConfigurationProblem` when the rules are broken.
  public func start() async throws {
    // Again, and with the names in it: what makes the module only is a command that may be about to look for the fault.
    try configuration.reload()
    try await round.start()
    try await feed.start()
  }

  /// Ends the round and the feed.
  public func stop() async {
    await round.stop()
    feed.stop()
  }

  /// The rules of the queue: steps, estimates, and until when numbers are given.
  public var configuration: [any ReloadableFile] { [rules] }

  /// The portal's tickets, the officers' counters, the supervisors' hall, and what a ticket's holder can do.
  public func routes() -> [Route] {
    portal.routes() + console.routes() + hall.routes() + HolderActions(queue: queue, counters: hall.counters).routes()
  }

  /// `gapura queue close-day`, which ends the numbers of a day from the terminal.
  public func commands() -> [Command] { QueueCommands(counters: hall.counters, dayEnd: hall.dayEnd).commands() }

  /// The portal's entry for a number, and the console's for counters and the hall.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "queue.nav.take", "/antrean", order: 30, icon: .ticket, hint: "queue.nav.take-hint"),
      NavigationEntry(.unlisted, "queue.find.title", "/tiket", order: 0),
      NavigationEntry(
        .console(.serve, .service), "queue.nav.counters", "/petugas/loket", order: 10, icon: .counter,
        hint: "queue.nav.counters-hint"),
      NavigationEntry(
        .console(.hall, .hall), "queue.nav.hall", "/petugas/ruang", order: 40, icon: .eye,
        hint: "queue.nav.hall-hint"),
    ]
  }

  /// How many people wait; unhealthy while the numbers of a day that is over wait for a supervisor.
  public func health() async -> HealthReport {
    if let leftover = round.leftover { return HealthReport(isHealthy: false, detail: leftover.sentence) }
    let detail = ["\(live.waitingCount) waiting", round.announcement].compactMap { $0 }.joined(separator: "; ")
    return HealthReport(isHealthy: true, detail: detail)
  }

  /// People who wait, phones that follow a ticket, and promised times that were not kept.
  public func metrics() async -> [Metric] {
    let now = queue.clock.now
    let broken = try? await queue.store.read {
      try HallOverview.BrokenPromises.read(on: queue.zone.date(of: now), in: $0)
    }
    return [
      Metric(
        "gapura_queue_promises_broken", help: "Promised times of today's numbers that were not kept.",
        value: Double(broken?.today ?? 0)),
      Metric(
        "gapura_queue_promises_overdue", help: "People who still wait although they were to be called by now.",
        value: Double(broken?.overdue ?? 0)),
      Metric(
        "gapura_queue_promise_overdue_seconds", help: "How long ago the first of them was to be called.",
        value: Double(broken?.longestSince.map { max(0, (now - $0).milliseconds / 1000) } ?? 0)),
      Metric(
        "gapura_queue_waiting", help: "People who wait for their number.", value: Double(live.waitingCount)),
      Metric(
        "gapura_queue_unattended", help: "People who wait for a service that no counter serves.",
        value: Double(live.hall.unattended.values.reduce(0, +))),
      Metric(
        "gapura_queue_phones", help: "Phones that follow their ticket.", value: Double(live.phones.followerCount)),
    ]
  }
}
