public import Contracts
public import Core
internal import Crypto
internal import HTML
internal import Passkeys
public import Store
public import Web

/// Accounts, roles, sign-in and sessions of the officers.
public struct OfficersModule: Persistent, WebFacing, Commanding, Observed {
  /// The prefix of its tables.
  public static let name = "officers"
  /// Accounts, sessions and failed attempts.
  public static let schema = Schema.officers
  /// The check of a request's session, the officers' names, who is signed in, and which acts are two officers' work.
  public static var provides: [ServiceKey] {
    [
      ServiceKey((any Gatekeeper).self), ServiceKey((any OfficerDirectory).self),
      ServiceKey((any OfficerPresence).self), ServiceKey((any DutyService).self),
    ]
  }
  /// The store, the hashes, under which passwords and sessions are kept, and what no password may be made of.
  public static var requires: [ServiceKey] {
    [
      ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
      ServiceKey((any Log).self), ServiceKey((any PasswordHasher).self), ServiceKey((any KeyedHash).self),
      ServiceKey((any SecretSealing).self), ServiceKey(PasswordListsDirectory.self), ServiceKey(Office.self),
    ]
  }

  /// Where ends are told, at which counters an officer sits, which the account's page says before it is closed, whether
  /// roles' demand of a second factor holds, the ledger, the address that people type, for which passkeys
  /// are, and where the files of roles and of storms lie.
  public static var uses: [ServiceKey] {
    [
      ServiceKey((any EndService).self), ServiceKey(OfficerSeats.self), ServiceKey(SecondFactorDemand.self),
      ServiceKey((any LedgerService).self), ServiceKey(PublicAddress.self), ServiceKey(ConfigurationDirectory.self),
    ]
  }

  let staff: StaffService
  let sessions: Sessions
  let signIn: SignIn
  let factors: FactorService
  let factorReset: FactorReset
  let gatekeeper: SessionGatekeeper
  let grants: GrantService
  let roles: RolesInForce
  let directory: ConfigurationDirectory?
  let seats: OfficerSeats?
  let passkeys: PasskeyService
  let passkeySignIn: PasskeySignIn?
  let watch: SignInWatch

  /// Reads `roles.json5` and `sign-in.json5`, and no account yet.
  ///
  /// - Throws: `ConfigurationProblem` that names the line, or the list of passwords that is missing.
  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let random = services.require((any RandomSource).self)
    let hasher = services.require((any PasswordHasher).self)
    let keyed = services.require((any KeyedHash).self)
    let log = services.require((any Log).self)
    let line = SignInLine()
    directory = services.find(ConfigurationDirectory.self)
    roles = try RolesInForce(directory: directory)
    watch = SignInWatch(store: store, clock: clock, log: log, rules: try StormRules.read(from: directory))
    sessions = Sessions(
      store: store, clock: clock, keyed: keyed, log: log, ends: services.find((any EndService).self), roles: roles)
    factors = FactorService(
      store: store, clock: clock, random: random, sessions: sessions,
      demand: services.find(SecondFactorDemand.self) ?? .byRole)
    signIn = SignIn(
      store: store, clock: clock, random: random, hasher: hasher, keyed: keyed, sessions: sessions, factors: factors,
      line: line, watch: watch)
    let words = try PasswordWords(
      reading: services.require(PasswordListsDirectory.self), office: services.require(Office.self))
    staff = StaffService(
      store: store, clock: clock, random: random, hasher: hasher, sessions: sessions, rule: PasswordRule(words: words),
      line: line, watch: watch)
    factorReset = FactorReset(staff: staff, ledger: services.find((any LedgerService).self))
    grants = GrantService(
      store: store, clock: clock, sessions: sessions, ledger: services.find((any LedgerService).self))
    seats = services.find(OfficerSeats.self)
    let challenges = PasskeyChallenges(clock: clock, random: random, keyed: keyed)
    let verifier = try Self.verifier(at: services.find(PublicAddress.self))
    passkeys = PasskeyService(
      store: store, clock: clock, random: random, challenges: challenges, verifier: verifier)
    let check = verifier.map { PasskeyCheck(challenges: challenges, verifier: $0) }
    passkeySignIn = Self.passkeySignIn(check, staff)
    gatekeeper = SessionGatekeeper(
      staff, factors, proof: try Self.ownProof(check, staff, services.require((any SecretSealing).self)))
  }

  /// Checks passkeys; nil where browsers have none at that address.
  private static func verifier(at address: PublicAddress?) throws -> PasskeyVerifier? {
    guard let party = address.flatMap({ RelyingParty(publicAddress: $0.origin) }) else { return nil }
    return try PasskeyVerifier(party, library: CryptoLibrary())
  }

  private static func passkeySignIn(_ check: PasskeyCheck?, _ staff: StaffService) -> PasskeySignIn? {
    check.map { check in
      PasskeySignIn(
        store: staff.store, clock: staff.clock, random: staff.random, sessions: staff.sessions, check: check)
    }
  }

  private static func ownProof(
    _ check: PasskeyCheck?, _ staff: StaffService, _ sealing: any SecretSealing
  ) throws -> OwnProof {
    let codes = FactorCheck(keyed: staff.sessions.keyed, sealing: sealing, library: try CryptoLibrary())
    return OwnProof(
      password: PasswordAndCode(proof: staff.proof, check: codes),
      passkey: check.map { check in
        PasskeyProof(store: staff.store, clock: staff.clock, keyed: staff.sessions.keyed, check: check)
      })
  }

  /// Puts the gatekeeper, the directory, the presence and the duties there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any Gatekeeper).self, gatekeeper)
    services.provide((any OfficerDirectory).self, staff)
    services.provide((any OfficerPresence).self, sessions)
    services.provide((any DutyService).self, DutyRules(roles: roles))
  }

  /// The roles, and which acts are two officers' work.
  public var configuration: [any ReloadableFile] { [roles] }

  /// Reads the roles again, unless no officer could give rights by them any more.
  public func reload() async throws {
    let read = try RoleBook.read(from: directory) ?? .shipped
    let now = staff.clock.now
    let accounts = try await staff.accounts()
    guard
      !accounts.contains(where: { $0.keepsAccounts(by: roles.now, at: now) })
        || accounts.contains(where: { $0.keepsAccounts(by: read, at: now) })
    else { throw RoleBook.keeperless(in: directory) }
    try configuration.reload()
  }

  /// The pages for signing in and out, passkeys, passwords, second factors, sessions and their locks, the console's first page,
  /// the accounts and their rights.
  public func routes() -> [Route] {
    wayInRoutes + factorRoutes + sessionRoutes + ConsolePages(passkeys: passkeys, watch: watch).routes()
      + GrantPages(grants: grants).routes() + GrantHistoryPages(grants: grants).routes()
  }

  /// The console's first page, the accounts and rights, the own sessions, and with what the officer signs in.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(.console(nil), "officers.home.title", "/petugas", order: 0, icon: .home),
      NavigationEntry(
        .console(.accounts, .settings), "officers.staff.title", "/petugas/akun", order: 80, icon: .people,
        hint: "officers.staff.hint"),
      NavigationEntry(
        .console(.accounts, .settings), "officers.rights.title", GrantHistoryPages.link, order: 82, icon: .lock,
        hint: "officers.rights.hint"),
      NavigationEntry(
        .console(nil, .settings), "officers.session.title", "/petugas/sesi", order: 85, icon: .screen,
        hint: "officers.session.hint"),
      NavigationEntry(
        .console(nil, .settings), "officers.factor.title", "/petugas/faktor", order: 90, icon: .lock,
        hint: "officers.factor.hint"),
    ]
  }

  /// `gapura officer …`: accounts from the terminal, as for the first supervisor.
  public func commands() -> [Command] { OfficerCommands(staff: staff, factorReset: factorReset).commands() }

  /// How many officers can give rights; degraded where there are accounts and none of those is among them, and while a storm
  /// of failed sign-ins lasts.
  public func health() async -> HealthReport {
    do {
      let (count, isStorm) = (try await staff.keeperCount(), watch.isStorm)
      let told = isStorm ? "; more sign-ins fail than officers mistype: see /petugas/akun" : ""
      if count > 0 {
        return HealthReport(isHealthy: true, isDegraded: isStorm, detail: "\(count) officers can give rights\(told)")
      }
      // An office that has just been begun has no accounts yet.
      let hasAccounts = try await staff.hasAccounts()
      return HealthReport(
        isHealthy: true, isDegraded: hasAccounts || isStorm,
        detail: "no officer can give rights: run `gapura officer add NAME --role supervisor`\(told)")
    } catch {
      return HealthReport(isHealthy: false, detail: "the accounts cannot be read")
    }
  }

  /// Sign-ins that failed and that had to wait, and whether that is a storm.
  public func metrics() async -> [Metric] {
    let counts = watch.counts
    return [
      Metric(
        "gapura_signin_failures", help: "Sign-ins with a wrong name or password, since the start.",
        value: Double(counts.failed)),
      Metric(
        "gapura_signin_held", help: "Sign-ins that had to wait after failures, since the start.",
        value: Double(counts.held)),
      Metric(
        "gapura_signin_storm", help: "1 while more sign-ins fail than officers mistype.",
        value: watch.isStorm ? 1 : 0),
    ]
  }
}
