import Catalogue
import Client
import Contracts
import Core
import Foundation
import People
import Queue
import Registration
import Store
import Tracking
import Vault

/// A real queue over a real store in a directory of its own, with the shipped configuration, a hall of the wanted
/// size, and a clock that the simulation moves. One whose state is kept has a vault and applications besides, so that the
/// executable can go on from it.
final class SimulatedOffice {
  let hall: PlayedHall
  let store: Store
  let office: Office
  let openings: any OpeningTimesService
  let clock: ManualClock
  private let directory: URL
  private let chance: Chance
  private var means = MeanTimes()
  private let paces: [Double]
  /// nil where the hall alone is played.
  private let applications: PastApplications?
  private var ways: [PastApplications.Way] = []
  private var personCount = 0

  /// - Parameter kept: an empty directory for the state, which stays; nil for one that goes with the office.
  init(counterCount: Int, seed: UInt64, from first: CivilDate, keptIn kept: URL? = nil) async throws {
    chance = Chance(seed: seed)
    directory = FileManager.default.temporaryDirectory.appending(path: "gapura-simulate-\(UUID().uuidString)")
    let configuration = directory.appending(path: "etc")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: OfficeProcess.repository.appending(path: "etc/gapura"), to: configuration)
    try Self.steps.write(to: configuration.appending(path: "queue.json5"), atomically: true, encoding: .utf8)
    if kept != nil { try Self.offerEarlier(in: configuration) }
    let state = kept ?? directory
    clock = ManualClock(OfficeZone.wib.instant(first, CivilTime(minuteOfDay: 0)))
    store = try Store.open(at: state.appending(path: "gapura.db").path, clock: clock, log: SilentLog())
    office = Office(
      name: LocalizedText([.indonesian: "Kantor Simulasi", .english: "Simulated office"]), zone: .wib,
      address: "Jalan Contoh 1", telephone: "", counters: (1...counterCount).map(Self.counter))
    let services = try Self.services(
      store: store, clock: clock, chance: chance, office: office, configuration: configuration.path)
    var registry = services
    registry.provide(
      RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: state.path))
    let past: [any Module.Type] = [VaultModule.self, TrackingModule.self, RegistrationModule.self]
    let types: [any Module.Type] = [CatalogueModule.self, QueueModule.self] + (kept == nil ? [] : past)
    let modules = try Assembly.assemble(types, services: &registry)
    try await store.migrate(types.flatMap { ($0 as? any Persistent.Type)?.schemas ?? [] })
    guard let queue = modules.lazy.compactMap({ $0 as? QueueModule }).first else {
      throw SimulatorTrouble("the queue was not assembled")
    }
    // Only the catalogue is started: the hall has no displays, and its clock is not the machine's.
    for module in modules where module is CatalogueModule { try await module.start() }
    hall = queue.playedHall
    applications = try await Self.applications(modules, registry, seed: seed, on: first)
    openings = registry.require((any OpeningTimesService).self)
    let chance = chance
    paces = (0..<counterCount).map { _ in chance.lognormal(mean: 1, spread: HallHabits.officerSpread) }
  }

  /// Plays a day; nil when the office is closed.
  func play(
    _ day: CivilDate, peopleCount: Int, observe: SimulatedDay.Observer? = nil
  ) async throws -> DayOutcome? {
    guard let hours = DayHours(openings.openingTimes(on: day), on: day, zone: .wib) else { return nil }
    let chance = Chance(seed: chance.seed())
    let minute = { (instant: Instant) in OfficeZone.wib.time(of: instant).minuteOfDay }
    let plan = DayPlan(
      day, opensAt: minute(hours.opening), closesAt: minute(hours.closing), peopleCount: peopleCount, zone: .wib,
      chance: chance)
    let seats = zip(office.counters, paces).map { Seat($0, pace: $1) }
    let (hall, clock, means) = (hall, clock, means)
    let outcome = try await store.write { transaction in
      var day = SimulatedDay(
        hall: hall, clock: clock, plan: plan, hours: hours, seats: seats, means: means, chance: chance,
        observe: observe)
      return try day.run(in: transaction)
    }
    self.means = outcome.means
    try await passApplications(visitorCount: outcome.arrivalCount, chance)
    try await removeOldEvents()
    return outcome
  }

  private func passApplications(visitorCount: Int, _ chance: Chance) async throws {
    guard let applications else { return }
    let (ways, personCount, now) = (ways, personCount, clock.now)
    let passed = try await store.write { transaction in
      try applications.pass(
        visitorCount: visitorCount, ways: ways, firstPerson: personCount, at: now, chance: chance, in: transaction)
    }
    self.ways = passed.ways
    self.personCount += passed.personCount
  }

  /// As a service does it beside its work, with the durations that are shipped.
  private func removeOldEvents() async throws {
    let keeping = JournalKeeping(kept: .hours(24 * 14), away: .hours(24 * 60))
    while try await store.removeOldEvents(keeping, at: clock.now).hasMore {}
  }

  /// How large the database's file is, in bytes, and how many events are kept in it.
  func storage() async throws -> (byteCount: Int, eventCount: Int) {
    let eventCount: Int = try await store.read { try $0.value("SELECT count(*) FROM store_events") ?? 0 }
    let size = try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int
    return (size ?? 0, eventCount)
  }

  func close() async {
    await store.close()
    try? FileManager.default.removeItem(at: directory)
  }

  /// Makes and opens the vault of an office whose state is kept; nil where there is none.
  private static func applications(
    _ modules: [any Module], _ services: ServiceRegistry, seed: UInt64, on first: CivilDate
  ) async throws -> PastApplications? {
    guard let vault = modules.lazy.compactMap({ $0 as? VaultModule }).first else { return nil }
    guard let command = vault.commands().first(where: { $0.path == ["vault", "init"] }) else {
      throw SimulatorTrouble("no vault can be made")
    }
    _ = try await command.run(CommandInput(arguments: [], options: [:], readSecret: { _ in Personal("") }))
    // Not started: its nightly work goes by the machine's hours.
    try await vault.vault.open()
    return PastApplications(
      catalogue: services.require((any CatalogueService).self), vault: services.require((any VaultService).self),
      tracking: services.require((any TrackingService).self), ledger: services.require((any LedgerService).self),
      people: PeopleMaker(seed: seed, today: first))
  }

  /// Lets the shipped services have been offered in the years before their tariffs, too.
  private static func offerEarlier(in configuration: URL) throws {
    let folder = configuration.appending(path: "services")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".json5") {
      let file = folder.appending(path: name)
      try String(contentsOf: file, encoding: .utf8)
        .replacing(/validFrom: "\d{4}-\d{2}-\d{2}"/, with: "validFrom: \"2015-01-01\"")
        .write(to: file, atomically: true, encoding: .utf8)
    }
  }

  /// Three of four counters issue passports, the others permits; every eighth does both.
  private static func counter(_ number: Int) -> Office.Counter {
    let passports = HallHabits.visits.map(\.service).filter { $0.rawValue.hasPrefix("paspor") }
    let permits = HallHabits.visits.map(\.service).filter { !$0.rawValue.hasPrefix("paspor") }
    if number.isMultiple(of: 8) { return Office.Counter(number: number, services: []) }
    return Office.Counter(number: number, services: number.isMultiple(of: 4) ? permits : passports)
  }

  /// The first passport has two steps, at any counter for passports.
  private static let steps = """
    {
      services: [{
        service: "paspor-elektronik-10",
        steps: [
          { code: "berkas", name: { id: "Pemeriksaan berkas", en: "Documents" } },
          { code: "biometrik", name: { id: "Biometrik dan wawancara", en: "Biometrics and interview" } },
        ],
      }],
    }
    """

  private static func services(
    store: Store, clock: ManualClock, chance: Chance, office: Office, configuration: String
  ) throws -> ServiceRegistry {
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, clock)
    services.provide((any RandomSource).self, chance.randomSource)
    services.provide((any Log).self, SilentLog())
    services.provide(LookUpGuard.self, LookUpGuard(clock: clock, log: SilentLog()))
    services.provide(
      Locales.self, try Locales.load(directory: OfficeProcess.repository.appending(path: "share/locales").path))
    services.provide(Office.self, office)
    services.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: configuration))
    return services
  }
}

struct SimulatorTrouble: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
