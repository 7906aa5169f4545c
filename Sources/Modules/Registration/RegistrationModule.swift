public import Contracts
public import Core
import HTML
public import Store
public import Web

/// Takes applications: the form, its checks, what is sealed, the receipt, and the case for officers.
public struct RegistrationModule: Module, Persistent {
  /// The prefix of its tables.
  public static let name = "registration"
  /// Applications, and the keys to them: the holder's access, and codes that a counter hands out.
  public static let provides = [
    ServiceKey((any ApplicationService).self), ServiceKey((any CounterCodeService).self),
    ServiceKey(ApplicationAccess.self),
  ]
  /// The vault, which seals what is answered, and what it cannot register an application without.
  public static let requires = [
    ServiceKey((any VaultService).self), ServiceKey(Store.self), ServiceKey((any WallClock).self),
    ServiceKey(Office.self), ServiceKey((any RandomSource).self), ServiceKey((any Log).self),
    ServiceKey(LookUpGuard.self),
  ]
  /// What an application can have besides: stages, documents, consents, receipts and codes; each is left out where it
  /// is not there.
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any TrackingService).self), ServiceKey((any KeyedHash).self),
    ServiceKey((any LedgerService).self), ServiceKey((any DocumentService).self), ServiceKey((any ConsentService).self),
    ServiceKey((any ErasureService).self), ServiceKey((any EndService).self),
    ServiceKey((any OpeningTimesService).self), ServiceKey(ComingVisits.self),
    ServiceKey((any PaperLinks).self), ServiceKey(ApplicationsOfPeople.self), ServiceKey(Acquaintances.self),
  ]
  /// Applications without their answers, which the vault has, and the codes from counters.
  public static let schema = Schema(module: name, migrations: migrations)

  private let applications: Applications
  private let zone: OfficeZone
  private let acceptsSpecimens: Bool
  private let address: PublicAddress?
  private let openings: (any OpeningTimesService)?
  private let coming: ComingVisits?
  private let papers: (any PaperLinks)?
  private let log: any Log
  /// Nil where the office takes no documents on the web.
  private let documents: ApplicationDocuments?
  private let caseDocuments: CaseDocuments?
  private let proof: ApplicantProof?
  private let access: ApplicationAccess?
  private let codes: CounterCodes?

  /// Takes part in erasures and tells whose application is whose, from now on.
  public init(services: ServiceRegistry) throws {
    applications = Applications(
      store: services.require(Store.self), vault: services.require((any VaultService).self),
      catalogue: services.find((any CatalogueService).self), tracking: services.find((any TrackingService).self),
      ledger: services.find((any LedgerService).self),
      hash: services.find((any KeyedHash).self), clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), consents: services.find((any ConsentService).self),
      acquaintances: services.find(Acquaintances.self))
    let office = services.require(Office.self)
    (zone, acceptsSpecimens) = (office.zone, office.acceptsSpecimens)
    address = services.find(PublicAddress.self)
    openings = services.find((any OpeningTimesService).self)
    coming = services.find(ComingVisits.self)
    services.find(ApplicationsOfPeople.self)?.whenAsked { try ApplicationTable.numbers(of: $0, in: $1) }
    papers = services.find((any PaperLinks).self)
    log = services.require((any Log).self)
    documents = services.find((any DocumentService).self).map { [applications] service in
      ApplicationDocuments(applications: applications, service: service, zone: office.zone)
    }
    caseDocuments = documents.map(CaseDocuments.init)
    let ends = services.find((any EndService).self)
    services.find((any ErasureService).self)?.whenErased { subject, transaction in
      try ApplicationTable.forgetAnswers(of: subject, in: transaction)
      for number in try ApplicationTable.numbers(of: subject, in: transaction) {
        try ApplicationTable.end(number, as: .erased, in: transaction)
        try ends?.tell(.application(number, .erased), in: transaction)
      }
    }
    proof = applications.hash.map { [applications] hash in ApplicantProof(hash: hash, clock: applications.clock) }
    let lookUps = services.require(LookUpGuard.self)
    access = applications.hash.map { [applications] hash in
      ApplicationAccess(
        store: applications.store, applications: applications, vault: applications.vault, hash: hash,
        clock: applications.clock, lookUps: lookUps)
    }
    codes = applications.hash.map { [applications] hash in
      CounterCodes(
        store: applications.store, hash: hash, lookUps: lookUps, ledger: applications.ledger,
        clock: applications.clock, random: applications.random)
    }
  }

  /// Puts applications there, and the ways to open them where keys for codes can be had.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any ApplicationService).self, applications)
    if let codes { services.provide((any CounterCodeService).self, codes) }
    if let access { services.provide(ApplicationAccess.self, access) }
  }
}

extension RegistrationModule: WebFacing {
  /// The form, the receipt, the officers' case, the documents and the codes, as far as what they need is there.
  public func routes() -> [Route] {
    FormPages(
      applications: applications, zone: zone, log: log, proof: proof, acceptsSpecimens: acceptsSpecimens,
      openings: openings
    ).routes
      + ApplicationReceiptPages(
        applications: applications, access: access, address: address, takesDocuments: takesDocuments,
        openings: openings, coming: coming, papers: papers, paperPass: paperPass
      ).routes
      + CasePages(
        applications: applications, documents: caseDocuments, handsOutCodes: codes != nil, papers: papers
      ).routes
      + AcquaintancePages(applications: applications).routes
      + documentRoutes + (codes.map { CodePages(codes: $0).routes } ?? [])
  }

  private var paperPass: CasePass? {
    applications.hash.map { .ofPaper(hash: $0, clock: applications.clock) }
  }

  private var takesDocuments: Bool { documents != nil && proof != nil && codes != nil }

  private var documentRoutes: [Route] {
    guard let documents, let proof, let codes else { return [] }
    return DocumentPages(applications: applications, documents: documents, proof: proof, codes: codes).routes
      + (caseDocuments?.routes ?? [])
  }

  /// The officers' entry for cases; the form is reached from a service's page.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .console(.cases, .service), "registration.menu.case", "/petugas/permohonan", order: 20, icon: .form,
        hint: "registration.menu.case-hint"),
      NavigationEntry(.unlisted, "registration.menu.apply", "/ajukan", order: 0),
    ]
  }
}

extension RegistrationModule: Observed {
  /// Unhealthy without the catalogue, by which alone something can be applied for, and where applications cannot be
  /// read.
  public func health() async -> HealthReport {
    guard applications.catalogue != nil else {
      return HealthReport(isHealthy: false, detail: "without the catalogue nobody can apply")
    }
    do {
      _ = try await applications.store.read { try $0.value("SELECT 1 FROM registration_application LIMIT 1") as Int? }
      return HealthReport(isHealthy: true, detail: "")
    } catch {
      return HealthReport(isHealthy: false, detail: "the applications cannot be read: \(error.inLog)")
    }
  }

  /// How many applications were registered, by service.
  public func metrics() async -> [Metric] {
    guard let counts = try? await applications.store.read({ try ApplicationTable.counts(in: $0) }) else { return [] }
    return counts.map { count in
      Metric(
        "gapura_registration_applications", help: "Applications registered, by service.",
        labels: [("service", count.service)], value: Double(count.count))
    }
  }
}
