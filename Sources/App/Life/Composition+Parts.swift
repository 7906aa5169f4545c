import Contracts
import Core
import Store
import Vault

extension Composition {
  /// What the sysadmin decides, with the ports that the command names in the place of the configured ones.
  static func settings(at places: Places, port: Int?, hallPort: Int?) throws -> Settings {
    var settings = try ConfigurationFile.load(Settings.self, from: places.configuration.appending("gapura.json5"))
    if let port { settings.web.port = port }
    // A caller that wants any free port wants no fixed one beside it.
    if let hallPort = hallPort ?? (port == 0 ? 0 : nil) { settings.web.hall.port = hallPort }
    return settings
  }

  static func office(at places: Places) throws -> Office {
    try ConfigurationFile.load(OfficeFile.self, from: places.configuration.appending("office.json5")).office
  }

  /// Makes the state directory where there is none, and locks it.
  static func lockState(of places: Places, _ use: StateLock.Use) throws -> StateLock {
    try places.prepareState()
    let lock = try StateLock.take(use, of: places.state)
    try places.requireData()
    return lock
  }

  /// Opens the store. Damage that it meets is remembered, also where it keeps the store from being opened.
  static func openStore(
    at path: String, clock: any WallClock, log: any Log, mayUpgrade: Bool, _ damage: DamageWatch, _ space: Space
  ) throws -> Store {
    do {
      return try Store.open(
        at: path, clock: clock, log: log, mayUpgrade: mayUpgrade, damageMet: { damage.met() },
        readFailed: { damage.suspect() }, makeRoom: { space.giveUpReserve() })
    } catch StoreError.corrupt {
      damage.met()
      throw StoreError.corrupt
    }
  }

  /// - Parameter state: the state directory whose root key opens the data; nil for this one's.
  static func rootKeySource(
    _ places: Places, _ environment: [String: String], state: String?, _ rights: AdministratorRights?
  ) -> RootKeySource {
    RootKeySource(
      credentialsDirectory: environment["CREDENTIALS_DIRECTORY"], stateDirectory: state ?? places.state,
      configurationDirectory: places.configuration.path, keyRingDirectory: places.state, rights: rights)
  }

  /// Makes the modules that take part, in dependency order.
  ///
  /// - Parameter log: is told which module is left out with one that it needs; nil for a command.
  static func assemble(
    _ switches: ModuleSwitches, _ services: inout ServiceRegistry, log: (any Log)?
  ) throws -> [any Module] {
    let types = takingPart(switches)
    for type in moduleTypes where switches.isOn(type.name) && !types.contains(where: { $0.name == type.name }) {
      log?.notice("a module is left out with one that it needs", ["module": type.name])
    }
    return try Assembly.assemble(types, services: &services)
  }

  /// Lets the clock know what was seen last.
  ///
  /// - Parameter zone: the office's, where a later date is said in the log; nil for a command.
  static func begin(_ clock: TrustedClock, after store: Store, at zone: OfficeZone?, _ log: any Log) async throws {
    let seen = try await store.clockReading()
    clock.begin(after: seen)
    guard let zone, clock.doubt == nil, let seen, clock.now - seen.wall > .hours(1) else { return }
    // Believed: a night without power looks like a wrong clock. A sysadmin who wonders at what has ended finds it here.
    log.notice(
      "the date is later than what was seen last",
      [
        "clock.seen": zone.timestamp(seen.wall), "clock.now": zone.timestamp(clock.now),
        "clock.hours": String((clock.now - seen.wall).milliseconds / 3_600_000),
      ])
  }
}

extension ServiceRegistry {
  /// What modules are told of `gapura.json5`.
  mutating func provideSettings(_ settings: Settings) {
    provide(PublicAddress.self, PublicAddress(settings.web.publicAddress))
    provide(SecondFactorDemand.self, settings.officers.secondFactor)
  }

  /// The log, and who tells it of wrong numbers.
  mutating func provideLog(_ log: any Log) {
    provide((any Log).self, log)
    provide(LookUpGuard.self, LookUpGuard(clock: UptimeClock(), log: log))
  }

  /// Whom the service tells what it is doing, and whom a command tells what it has found.
  mutating func provideTellers(at places: Places, _ use: StateLock.Use) {
    guard use != .serving else { return provide(StatusLine.self, StatusLine(Systemd.status)) }
    provide(DamageNotice.self, DamageNotice { DamageWatch.tellService(of: $0, at: places.control) })
  }

  mutating func provideDirectories(of places: Places) {
    provide(ConfigurationDirectory.self, places.configuration)
    provide(GuidesDirectory.self, GuidesDirectory(path: places.guides))
    provide(PasswordListsDirectory.self, PasswordListsDirectory(path: places.passwords))
    provide(StateDirectory.self, StateDirectory(path: places.state))
    provide(CacheDirectory.self, CacheDirectory(path: places.cache))
  }

  /// Chance, and what modules meet at without knowing each other.
  mutating func provideMeetingPoints() {
    provide((any RandomSource).self, SystemRandom())
    provide((any EndService).self, Ends())
    provide(ComingVisits.self, ComingVisits())
    provide(ApplicationsOfPeople.self, ApplicationsOfPeople())
    provide(OfficerSeats.self, OfficerSeats())
    provide(Acquaintances.self, Acquaintances())
  }
}
