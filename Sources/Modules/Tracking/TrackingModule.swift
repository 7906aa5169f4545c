public import Contracts
public import Core
import HTML
public import Store
public import Web

/// Follows each application through its service's stages: for officers as a work list, for the person as a timeline.
public struct TrackingModule: Module, Persistent {
  /// The prefix of its tables.
  public static let name = "tracking"
  /// The stages of applications, for what registers them and for the kiosk.
  public static let provides = [ServiceKey((any TrackingService).self)]
  /// The vault, which confirms a date of birth, the store, and the guard against guessed ones.
  public static let requires = [
    ServiceKey((any VaultService).self), ServiceKey(Store.self), ServiceKey((any WallClock).self),
    ServiceKey(Office.self), ServiceKey(LookUpGuard.self),
  ]
  /// The services' stages, the ledger, the ends of applications, keys for a browser's access, hours, coming visits, and which
  /// acts are two officers' work.
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any LedgerService).self), ServiceKey((any EndService).self),
    ServiceKey((any KeyedHash).self), ServiceKey((any OpeningTimesService).self), ServiceKey(ComingVisits.self),
    ServiceKey((any DutyService).self), ServiceKey((any OfficerDirectory).self), ServiceKey(Acquaintances.self),
  ]
  /// The stage of each application, and the stages before.
  public static let schema = Schema(module: name, migrations: migrations)

  let journeys: Journeys
  private let officers: (any OfficerDirectory)?
  private let address: PublicAddress?
  private let openings: (any OpeningTimesService)?
  private let coming: ComingVisits?
  private let access: ApplicationAccess?

  /// Ends an application's way with it, from now on.
  public init(services: ServiceRegistry) throws {
    journeys = Journeys(
      store: services.require(Store.self), vault: services.require((any VaultService).self),
      catalogue: services.find((any CatalogueService).self), zone: services.require(Office.self).zone,
      clock: services.require((any WallClock).self), lookUps: services.require(LookUpGuard.self),
      ledger: services.find((any LedgerService).self), dutyRules: services.find((any DutyService).self))
    officers = services.find((any OfficerDirectory).self)
    address = services.find(PublicAddress.self)
    let clock = journeys.clock
    openings = services.find((any OpeningTimesService).self)
    coming = services.find(ComingVisits.self)
    let (store, lookUps) = (journeys.store, journeys.lookUps)
    access = services.find((any KeyedHash).self).map { hash in
      ApplicationAccess(store: store, applications: nil, vault: nil, hash: hash, clock: clock, lookUps: lookUps)
    }
    services.find(Acquaintances.self)?.whenTold { [journeys] in try journeys.leave($0, in: $1) }
    services.find((any EndService).self)?.whenEnded { end, transaction in
      switch end {
      case .application(let number, let ending): try CaseTable.end(number, as: ending, in: transaction)
      case .officer: break
      }
    }
  }

  /// Puts the stages there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any TrackingService).self, journeys)
  }
}

extension TrackingModule: WebFacing {
  /// The page on which a person looks an application up, the officers' work list, and what one did alone.
  public func routes() -> [Route] {
    LookUpPages(journeys: journeys, access: access, address: address, openings: openings, coming: coming).routes
      + WorkListPages(journeys: journeys).routes
      + CheckPages(journeys: journeys, officers: officers).routes
  }

  /// The portal's entry for looking up, and the officers' for the work list.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "tracking.menu.look-up", "/lacak", order: 30, icon: .search, hint: "tracking.menu.look-up-hint"),
      NavigationEntry(
        .console(.workList, .service), "tracking.menu.work-list", "/petugas/berkas", order: 30, icon: .list,
        hint: "tracking.menu.work-list-hint"),
      NavigationEntry(
        .console(.check, .hall), "tracking.check.title", CheckPages.link, order: 47, icon: .check,
        hint: "tracking.check.hint"),
    ]
  }
}

extension TrackingModule: Observed {
  /// Unhealthy without the catalogue, where applications stand in stages that it does not have, and where they cannot
  /// be read.
  public func health() async -> HealthReport {
    guard let catalogue = journeys.catalogue else {
      return HealthReport(isHealthy: false, detail: "without the catalogue no application can enter its next stage")
    }
    do {
      let counts = try await journeys.store.read { try CaseTable.counts(in: $0) }
      let lost = counts.filter { catalogue.service(ServiceCode($0.service))?.stage($0.stage) == nil }
      guard let first = lost.first else { return HealthReport(isHealthy: true, detail: "") }
      let total = lost.reduce(0) { $0 + $1.count }
      return HealthReport(
        isHealthy: false,
        detail: "\(total) applications stand in stages that the catalogue does not have, such as \"\(first.stage)\" of "
          + "\"\(first.service)\": give the service that stage again")
    } catch {
      return HealthReport(isHealthy: false, detail: "the applications' stages cannot be read: \(error.inLog)")
    }
  }

  /// Wrong numbers tried, whether that is an alarm, and applications by stage.
  public func metrics() async -> [Metric] {
    let lookUps = journeys.lookUps.standing
    let guarded = [
      Metric(
        "gapura_lookup_misses", help: "Numbers tried with a wrong date of birth, PIN or code, since the start.",
        value: Double(lookUps.missCount)),
      Metric(
        "gapura_lookup_alarm", help: "1 while more is tried with wrong secrets than people mistype.",
        value: lookUps.isAlarmed ? 1 : 0),
    ]
    guard let counts = try? await journeys.store.read({ try CaseTable.counts(in: $0) }) else { return guarded }
    return guarded
      + counts.map { count in
        Metric(
          "gapura_tracking_applications", help: "Applications by the stage they stand in.",
          labels: [("service", count.service), ("stage", count.stage)], value: Double(count.count))
      }
  }
}
