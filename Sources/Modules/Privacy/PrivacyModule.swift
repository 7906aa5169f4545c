public import Contracts
public import Core
import HTML
public import Store
public import Web

/// What a person may ask about their own data, what supervisors see of it, and whether a receipt is genuine.
public struct PrivacyModule: Module, Persistent {
  /// The prefix of its tables.
  public static let name = "privacy"
  /// The requests that people have made about their own data.
  public static let schema = Schema(module: name, migrations: migrations)
  /// The store and the office; the rest decides which pages there are.
  public static let requires = [
    ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
    ServiceKey(Office.self), ServiceKey(LookUpGuard.self),
  ]
  /// All that keeps something of people: what is missing is neither shown nor copied, and without the vault or
  /// applications there are no requests.
  public static let uses = [
    ServiceKey((any LedgerService).self), ServiceKey((any VaultService).self), ServiceKey((any RightsService).self),
    ServiceKey((any ErasureService).self), ServiceKey((any VaultOversight).self),
    ServiceKey((any ConsentService).self), ServiceKey((any KeyedHash).self),
    ServiceKey((any ApplicationService).self), ServiceKey((any TrackingService).self),
    ServiceKey((any DocumentService).self), ServiceKey((any OfficerDirectory).self),
    ServiceKey((any PersonalHoldings).self), ServiceKey((any VisitHistory).self),
    ServiceKey((any AppointmentHistory).self), ServiceKey((any AccessibilityService).self),
    ServiceKey((any CatalogueService).self), ServiceKey((any CounterCodeService).self),
  ]

  private static let fileName = "privacy.json5"

  private let ledger: (any LedgerService)?
  private let tracking: (any TrackingService)?
  private let proof: PersonProof?
  private let codes: (any CounterCodeService)?
  private let address: PublicAddress?
  private let office: Office
  /// nil where no module keeps personal data or applications.
  let requests: RightsRequestService?
  private let names: OfficerNames

  /// Closes a person's open requests when they are erased, from now on.
  ///
  /// - Throws: `ConfigurationProblem` when `privacy.json5` is broken.
  public init(services: ServiceRegistry) throws {
    ledger = services.find((any LedgerService).self)
    tracking = services.find((any TrackingService).self)
    codes = services.find((any CounterCodeService).self)
    address = services.find(PublicAddress.self)
    office = services.require(Office.self)
    let clock = services.require((any WallClock).self)
    proof = services.find((any KeyedHash).self).map { PersonProof(hash: $0, clock: clock) }
    let requests = Self.requests(services)
    self.requests = requests
    services.find((any ErasureService).self)?.whenErased { subject, transaction in
      try requests?.closeOpen(of: subject, in: transaction)
    }
    names = OfficerNames(
      directory: services.find((any OfficerDirectory).self),
      areShown: try Self.settings(services.find(ConfigurationDirectory.self)).showsOfficerNames)
  }

  private static func requests(_ services: ServiceRegistry) -> RightsRequestService? {
    guard let vault = services.find((any VaultService).self), let rights = services.find((any RightsService).self),
      let erasures = services.find((any ErasureService).self),
      let oversight = services.find((any VaultOversight).self),
      let consents = services.find((any ConsentService).self), let ledger = services.find((any LedgerService).self),
      let applications = services.find((any ApplicationService).self)
    else { return nil }
    return RightsRequestService(
      store: services.require(Store.self), clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), vault: vault, rights: rights, erasures: erasures,
      oversight: oversight, consents: consents, ledger: ledger, applications: applications,
      documents: services.find((any DocumentService).self), holdings: services.find((any PersonalHoldings).self),
      tracking: services.find((any TrackingService).self), visits: services.find((any VisitHistory).self),
      bookings: services.find((any AppointmentHistory).self),
      accessibility: services.find((any AccessibilityService).self),
      catalogue: services.find((any CatalogueService).self), lookUps: services.require(LookUpGuard.self),
      acceptsSpecimens: services.require(Office.self).acceptsSpecimens,
      pins: services.find((any KeyedHash).self).map { CasePIN(hash: $0) })
  }

  private static func settings(_ directory: ConfigurationDirectory?) throws -> PrivacySettings {
    guard let directory,
      try ConfigurationFile.paths(in: directory.path).contains(directory.appending(fileName))
    else { return PrivacySettings() }
    return try ConfigurationFile.load(PrivacySettings.self, from: directory.appending(fileName))
  }
}

extension PrivacyModule: WebFacing {
  /// The check of receipts, the person's own pages and the supervisors', as far as what they need is there.
  public func routes() -> [Route] {
    (ledger.map { VerificationPages(ledger: $0).routes } ?? []) + personRoutes + supervisorRoutes
  }

  /// People prove who they are by the pass of the browser that applied, or by a code from a counter.
  private var personRoutes: [Route] {
    guard let requests, let codes, let proof else { return [] }
    return OwnDataPages(
      requests: requests, copies: CopyService(requests: requests, office: office), codes: codes, proof: proof,
      names: names,
      address: address
    ).routes
  }

  private var supervisorRoutes: [Route] {
    guard let requests else { return [] }
    return SupervisionPages(requests: requests, tracking: tracking, names: names).routes
      + BreakGlassPages(requests: requests).routes
      + CounterPages(requests: requests).routes
  }

  /// Entries for the pages that are there.
  public func navigation() -> [NavigationEntry] {
    var entries: [NavigationEntry] = []
    if !personRoutes.isEmpty {
      entries.append(
        NavigationEntry(
          .portal, "privacy.menu.own", OwnDataPages.link, order: 85, icon: .lock, hint: "privacy.menu.own-hint"))
      entries.append(NavigationEntry(.unlisted, "privacy.find.title", FindRequestPages.link, order: 0))
    }
    if ledger != nil {
      entries.append(
        NavigationEntry(
          .portal, "privacy.menu.verify", VerificationPages.link, order: 90, icon: .check,
          hint: "privacy.menu.verify-hint"))
    }
    if requests != nil {
      entries.append(
        NavigationEntry(
          .console(.dataRights, .rights), "privacy.menu.supervision", SupervisionPages.link, order: 70, icon: .lock,
          hint: "privacy.menu.supervision-hint"))
      // A case's page leads there.
      entries.append(NavigationEntry(.unlisted, "privacy.counter.title", CounterPages.link, order: 0))
    }
    return entries
  }
}

extension PrivacyModule: Observed {
  /// How many requests are open and overdue; unhealthy only where they cannot be read.
  public func health() async -> HealthReport {
    guard let requests else { return HealthReport(isHealthy: true, detail: "") }
    guard let counts = try? await counts(requests) else {
      return HealthReport(isHealthy: false, detail: "the requests about personal data cannot be read")
    }
    // An overdue case is the office's breach of the law, not the program's fault.
    return HealthReport(isHealthy: true, detail: "\(counts.open) requests open, \(counts.overdue) of them overdue")
  }

  /// How many requests wait for a decision, and how many of them for longer than the 3 × 24 hours of UU 27/2022.
  public func metrics() async -> [Metric] {
    guard let requests, let counts = try? await counts(requests) else { return [] }
    return [
      Metric(
        "gapura_privacy_requests_open", help: "Requests about personal data that wait for a decision.",
        value: Double(counts.open)),
      Metric(
        "gapura_privacy_requests_overdue", help: "Those that wait for longer than 3 x 24 hours.",
        value: Double(counts.overdue)),
    ]
  }

  private func counts(_ requests: RightsRequestService) async throws -> (open: Int, overdue: Int) {
    let now = requests.clock.now
    return try await requests.store.read { try RequestTable.counts(at: now, in: $0) }
  }
}
