import Accessibility
import Appointments
import Catalogue
import Contracts
import Core
import Displays
import Documents
import Feedback
import Guides
import Officers
import Papers
import Privacy
import Queue
import Registration
import Reports
import Stops
import Store
import Tracking
import Vault
import Web

/// The composition root: the modules that are switched on, put together over one store.
struct Composition: Sendable {
  /// Every module there is. The Vault and the Papers are not among those that can be switched off.
  static let moduleTypes: [any Module.Type] = [
    VaultModule.self, PapersModule.self, DocumentsModule.self, CatalogueModule.self, AccessibilityModule.self,
    TrackingModule.self, RegistrationModule.self, QueueModule.self, StopsModule.self, AppointmentsModule.self,
    OfficersModule.self, FeedbackModule.self, PrivacyModule.self, GuidesModule.self, DisplaysModule.self,
    ReportsModule.self,
  ]

  let settings: Settings
  let places: Places
  /// Held for as long as the office runs.
  let lock: StateLock
  let log: any Log
  let clock: TrustedClock
  let store: Store
  let damage: DamageWatch
  let space: Space
  let work: RegularWork
  let backups: BackupWatch
  let reloads = ReloadReport()
  let entrance = KioskEntrance()
  let locales: Locales
  let office: Office
  let services: ServiceRegistry
  /// In dependency order.
  let modules: [any Module]

  /// Reads the configuration, opens the store, makes the modules and sees to their tables: the server brings them up
  /// to date, a command finds them so, or makes the first ones.
  ///
  /// - Parameters:
  ///   - port: takes the place of the configured one.
  ///   - hallPort: likewise for the hall's listener.
  ///   - rights: those of an administrator's command.
  ///   - use: whether this is the server or a command.
  ///   - mayUpgrade: whether the tables of data that is there may be changed; nil: where it is not a command's.
  ///   - rootKeyOf: the state directory whose root key opens the data, when that is another one.
  static func build(
    places: Places, environment: [String: String], port: Int? = nil, hallPort: Int? = nil,
    log givenLog: (any Log)? = nil, rights: AdministratorRights? = nil, use: StateLock.Use = .beside,
    mayUpgrade: Bool? = nil, rootKeyOf keyState: String? = nil
  ) async throws -> Composition {
    let settings = try settings(at: places, port: port, hallPort: hallPort)
    let log = SecurityLog(
      givenLog ?? Logs.make(least: settings.log.least, environment: environment),
      showsAddresses: settings.log.addresses,
      // What a copy elsewhere lacks is no event of this office.
      isOfCommand: use == .beside && keyState == nil)
    let clock = TrustedClock(settings.clock, environment: environment)
    let locales = try Locales.load(directory: places.locales)
    let office = try office(at: places)
    let lock = try lockState(of: places, use)
    let work = RegularWork()
    let damage = DamageWatch(files: [places.database, places.keyRing], work: work, log: log)
    let space = Space(places.state, thresholds: settings.space.thresholds)
    // Before the first write: a start on a full disk needs some room, too.
    if use == .serving { space.keepReserve() }
    let store = try openStore(
      at: places.database, clock: clock, log: log, mayUpgrade: mayUpgrade ?? (use != .beside), damage, space)
    try await begin(clock, after: store, at: use == .serving ? office.zone : nil, log)
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, clock)
    services.provide(RegularWork.self, work)
    services.provide(Locales.self, locales)
    services.provide(Office.self, office)
    services.provide(RootKeySource.self, rootKeySource(places, environment, state: keyState, rights))
    services.provideTellers(at: places, use)
    services.provideSettings(settings)
    services.provideLog(log)
    services.provideDirectories(of: places)
    services.provideMeetingPoints()

    let modules = try assemble(settings.modules, &services, log: use == .serving ? log : nil)
    try await store.migrate(modules.flatMap { (type(of: $0) as? any Persistent.Type)?.schemas ?? [] })
    return Composition(
      settings: settings, places: places, lock: lock, log: log, clock: clock, store: store, damage: damage,
      space: space, work: work,
      backups: BackupWatch(
        state: places.state, settings: settings.backup, clock: clock, store: store, environment: environment),
      locales: locales, office: office, services: services, modules: modules)
  }

  /// The modules that are switched on, less those that need a service which only a module that is not would provide.
  static func takingPart(_ switches: ModuleSwitches) -> [any Module.Type] {
    var types = moduleTypes.filter { switches.isOn($0.name) }
    while true {
      let isThere = Set(types.flatMap { $0.provides })
      let missing = Set(moduleTypes.flatMap { $0.provides }).subtracting(isThere)
      let able = types.filter { missing.isDisjoint(with: $0.requires) }
      guard able.count < types.count else { return types }
      types = able
    }
  }

  /// Starts the modules in dependency order.
  func start() async throws {
    for module in modules { try await module.start() }
  }

  /// Stops the modules in reverse order and closes the store. Until then no other process may have the state alone.
  func stop() async {
    for module in modules.reversed() { await module.stop() }
    await store.close()
    withExtendedLifetime(lock) {}
  }

  /// Lets every module read its configuration again. A broken one is reported; what was in force stays.
  ///
  /// - Returns: whether all of it was taken over.
  func reload() async -> Bool {
    var refused: [String] = []
    for module in modules {
      var failures: [any Error] = []
      do { try await module.reload() } catch { failures = [error] }
      let refusals = module.configuration.compactMap { $0.refusal }
      for failure in refusals.isEmpty ? failures : refusals { refuse(failure, by: type(of: module).name, &refused) }
    }
    // Read at the start alone, which a mistake there would stop.
    do {
      _ = try ConfigurationFile.load(Settings.self, from: places.configuration.appending("gapura.json5"))
      _ = try ConfigurationFile.load(OfficeFile.self, from: places.configuration.appending("office.json5"))
    } catch {
      refuse(error, by: "gapura", &refused)
    }
    reloads.note(refused)
    return refused.isEmpty
  }

  private func refuse(_ error: any Error, by module: String, _ refused: inout [String]) {
    refused.append(error.sentence(locales.words(.english)))
    // A reader of the line finds it on health as well.
    reloads.note(refused)
    log.error(
      "configuration not taken over; the previous one stays in force", ["module": module, "reason": error.inLog])
  }

  /// All commands of the modules.
  var commands: [Command] { modules.compactMap { $0 as? any Commanding }.flatMap { $0.commands() } }
}
