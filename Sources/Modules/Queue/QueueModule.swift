public import Contracts
public import Core
import HTML
public import Store
public import Web

/// Appointments, numbers, counters, calling, and the call display.
public struct QueueModule: Module, Persistent, WebFacing, Observed, Commanding {
  public static let name = "queue"
  public static let provides = [
    ServiceKey((any QueueService).self), ServiceKey((any HallBoardService).self), ServiceKey((any VisitHistory).self),
    ServiceKey((any AvailabilityService).self),
  ]
  public static let requires = [ServiceKey(Store.self), ServiceKey(Office.self), ServiceKey(LookUpGuard.self)]
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any ApplicationService).self),
    ServiceKey((any TrackingService).self), ServiceKey((any AccessibilityService).self),
    ServiceKey((any OfficerDirectory).self), ServiceKey(CacheDirectory.self),
    ServiceKey(ConfigurationDirectory.self), ServiceKey((any OpeningTimesService).self),
    ServiceKey((any VaultService).self), ServiceKey((any KeyedHash).self), ServiceKey((any LedgerService).self),
    ServiceKey((any PublicDigest).self), ServiceKey((any ErasureService).self),
    ServiceKey(PublicAddress.self), ServiceKey((any EndService).self), ServiceKey(ComingVisits.self),
    ServiceKey((any PaperLinks).self), ServiceKey(OfficerSeats.self),
  ]
  public static var schema: Schema { QueueSchema.schema }

  let desk: QueueDesk
  private let feed: BoardFeed
  private let live: LiveHall
  private let displays: DisplayRules
  private let portal: QueuePortal
  private let displayPages: DisplayPages
  private let console: CounterConsole
  let hall: HallPages
  private let stops: StopPages
  private let reports: ReportPages
  private let rules: RulesInForce
  private let appointments: Appointments
  private let round: HallRound

  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let random = services.require((any RandomSource).self)
    let office = services.require(Office.self)
    let accessibility = services.find((any AccessibilityService).self)
    let applications = services.find((any ApplicationService).self)
    let directory = services.find(ConfigurationDirectory.self)
    rules = RulesInForce(try QueueRules.load(from: directory), directory: directory)
    let dayEnd = DayEnd(
      openings: services.find((any OpeningTimesService).self), zone: office.zone, rules: rules)
    let house = AppointmentHouse(
      store: store, clock: clock, random: random, office: office,
      rules: AppointmentRulesInForce(directory: directory), catalogue: services.find((any CatalogueService).self),
      openings: services.find((any OpeningTimesService).self), applications: applications,
      vault: services.find((any VaultService).self), hash: services.find((any KeyedHash).self),
      ledger: services.find((any LedgerService).self), digest: services.find((any PublicDigest).self),
      log: services.require((any Log).self), lookUps: services.require(LookUpGuard.self),
      officers: services.find((any OfficerDirectory).self), dayEnd: dayEnd)
    let forgetting = Forgetting(house: house, accessibility: accessibility)
    services.find((any ErasureService).self)?.whenErased { try forgetting.follow($0, in: $1) }
    let papers = services.find((any PaperLinks).self)
    let work = services.find(RegularWork.self) ?? RegularWork()
    appointments = Appointments(
      house: house, publicAddress: services.find(PublicAddress.self), papers: papers, work: work)
    desk = QueueDesk(
      store: store, clock: clock, random: random, zone: office.zone, office: office, rules: rules,
      catalogue: services.find((any CatalogueService).self), applications: applications, accessibility: accessibility,
      appointments: house, openings: services.find((any OpeningTimesService).self),
      pins: services.find((any KeyedHash).self).map { CasePIN(hash: $0) },
      tracking: services.find((any TrackingService).self))
    services.find((any OpeningTimesService).self)?.ask(desk)
    services.find(ComingVisits.self)?.whenAsked { [desk] in try await desk.comingVisit(of: $0) }
    let log = services.require((any Log).self)
    let locales = services.require(Locales.self)
    displays = DisplayRules(directory: services.find(ConfigurationDirectory.self), office: office)
    live = LiveHall(desk: desk, rules: displays, office: office, locales: locales, clock: clock)
    feed = BoardFeed(desk: desk, office: office, live: live, work: work, log: log)
    portal = QueuePortal(
      desk: desk, live: live, random: random, lookUps: services.require(LookUpGuard.self),
      holder: HolderQuestions(access: house.access), publicAddress: services.find(PublicAddress.self), papers: papers)
    displayPages = DisplayPages(
      live: live, rules: displays, locales: locales,
      speaker: services.find(CacheDirectory.self).map {
        Speaker(directory: $0.appending("suara"), clock: clock, log: log)
      })
    reports = ReportPages(
      desk: ReportDesk(
        store: store, office: office, catalogue: services.find((any CatalogueService).self),
        officers: services.find((any OfficerDirectory).self)),
      zone: office.zone)
    let counters = CounterDesk(
      store: store, clock: clock, zone: office.zone, office: office, rules: rules,
      tracking: services.find((any TrackingService).self), ledger: services.find((any LedgerService).self),
      availability: desk)
    services.find(OfficerSeats.self)?.whenAsked { try await counters.seats(of: $0) }
    console = CounterConsole(
      desk: desk, feed: feed, office: office, applications: applications, accessibility: accessibility,
      counters: counters, officers: services.find((any OfficerDirectory).self))
    stops = StopPages(
      desk: desk, stops: StopDesk(desk: desk, ledger: services.find((any LedgerService).self)), live: live,
      officers: services.find((any OfficerDirectory).self))
    round = HallRound(counters: counters, dayEnd: dayEnd, work: work, log: log)
    hall = HallPages(
      desk: desk, counters: counters, dayEnd: dayEnd, round: round,
      officers: services.find((any OfficerDirectory).self))
    services.find((any EndService).self)?.whenEnded { end, transaction in
      switch end {
      case .application(let number, let ending):
        try Withdrawal(counters: counters, house: house, papers: papers).follow(number, ending, in: transaction)
      case .officer(let officer, let ending): try counters.follow(officer, ending, in: transaction)
      }
    }
  }

  public func provide(to services: inout ServiceRegistry) {
    services.provide((any QueueService).self, desk)
    services.provide((any HallBoardService).self, feed)
    services.provide((any AvailabilityService).self, desk)
    services.provide((any VisitHistory).self, OwnVisits())
  }

  public func start() async throws {
    // Again, and with the names in it: what makes the module only is a command that may be about to look for the fault.
    try configuration.reload()
    try await round.start()
    try await appointments.start()
    try await feed.start()
  }

  public func stop() async {
    await round.stop()
    await appointments.stop()
    feed.stop()
  }

  public var configuration: [any ReloadableFile] { [rules, displays, appointments.house.rules] }

  public func reload() async throws {
    try configuration.reload()
    try await appointments.replan()
  }

  public func routes() -> [Route] {
    portal.routes() + displayPages.routes() + console.routes() + hall.routes() + stops.routes() + reports.routes()
      + HolderActions(desk: desk, counters: hall.counters).routes() + appointments.routes(desk)
  }

  public func commands() -> [Command] { QueueCommands(counters: hall.counters, dayEnd: hall.dayEnd).commands() }

  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "queue.nav.take", "/antrean", order: 30, icon: .ticket, hint: "queue.nav.take-hint"),
      NavigationEntry(
        .portal, "appointment.nav.book", "/janji", order: 25, icon: .calendar, hint: "appointment.nav.book-hint"),
      NavigationEntry(.unlisted, "appointment.find.title", "/janji/lihat", order: 0),
      NavigationEntry(.unlisted, "queue.find.title", "/tiket", order: 0),
      NavigationEntry(.unlisted, "appointment.room.title", "/ruang-tunggu", order: 0),
      NavigationEntry(.unlisted, "appointment.draw.title", "/undian", order: 0),
      NavigationEntry(
        .console(.supervisor, .appointments), "appointment.nav.console", "/petugas/janji", order: 50, icon: .calendar,
        hint: "appointment.nav.console-hint"),
      NavigationEntry(
        .console(.clerk, .service), "queue.nav.counters", "/petugas/loket", order: 10, icon: .counter,
        hint: "queue.nav.counters-hint"),
      NavigationEntry(
        .console(.supervisor, .hall), "queue.nav.hall", "/petugas/ruang", order: 40, icon: .eye,
        hint: "queue.nav.hall-hint"),
      NavigationEntry(
        .console(.supervisor, .reports), "report.title", "/petugas/laporan", order: 60, icon: .chart,
        hint: "report.lead"),
      NavigationEntry(
        .console(.clerk, .hall), "queue.nav.display", "/display", order: 45, icon: .screen,
        hint: "queue.nav.display-hint"),
    ]
  }

  public func health() async -> HealthReport {
    if let leftover = round.leftover { return HealthReport(isHealthy: false, detail: leftover.sentence) }
    let detail = ["\(feed.latest.board.waiting) waiting", round.announcement].compactMap { $0 }.joined(separator: "; ")
    return HealthReport(isHealthy: true, detail: detail)
  }

  public func metrics() async -> [Metric] {
    let now = desk.clock.now
    let broken = try? await desk.store.read {
      try HallPicture.BrokenPromises.read(on: desk.zone.date(of: now), in: $0)
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
        "gapura_queue_waiting", help: "People who wait for their number.", value: Double(feed.latest.board.waiting)),
      Metric(
        "gapura_queue_unattended", help: "People who wait for a service that no counter serves.",
        value: Double(live.survey.unattended.values.reduce(0, +))),
      Metric(
        "gapura_queue_displays", help: "Call displays that follow the hall.",
        value: Double(live.displays.followerCount)),
      Metric(
        "gapura_queue_phones", help: "Phones that follow their ticket.", value: Double(live.phones.followerCount)),
    ]
  }
}
