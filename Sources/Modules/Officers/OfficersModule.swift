public import Contracts
public import Core
internal import HTML
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
  /// The store and the hashes, under which passwords and sessions are kept.
  public static var requires: [ServiceKey] {
    [
      ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
      ServiceKey((any Log).self), ServiceKey((any PasswordHasher).self), ServiceKey((any KeyedHash).self),
    ]
  }

  /// Where ends are told, at which counters an officer sits, which the account's page says before it is closed, the ledger
  /// of given rights, and where `roles.json5` lies.
  public static var uses: [ServiceKey] {
    [
      ServiceKey((any EndService).self), ServiceKey(OfficerSeats.self), ServiceKey((any LedgerService).self),
      ServiceKey(ConfigurationDirectory.self),
    ]
  }

  private let staff: StaffService
  private let sessions: Sessions
  private let signIn: SignIn
  private let grants: GrantService
  private let roles: RolesInForce
  private let directory: ConfigurationDirectory?
  private let seats: OfficerSeats?

  /// Reads `roles.json5`, and no account yet.
  ///
  /// - Throws: `ConfigurationProblem` that names the line.
  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let random = services.require((any RandomSource).self)
    let hasher = services.require((any PasswordHasher).self)
    let keyed = services.require((any KeyedHash).self)
    directory = services.find(ConfigurationDirectory.self)
    roles = try RolesInForce(directory: directory)
    sessions = Sessions(
      store: store, clock: clock, keyed: keyed, log: services.require((any Log).self),
      ends: services.find((any EndService).self), roles: roles)
    signIn = SignIn(store: store, clock: clock, random: random, hasher: hasher, keyed: keyed, sessions: sessions)
    staff = StaffService(store: store, clock: clock, random: random, hasher: hasher, sessions: sessions)
    grants = GrantService(
      store: store, clock: clock, sessions: sessions, ledger: services.find((any LedgerService).self))
    seats = services.find(OfficerSeats.self)
  }

  /// Puts the gatekeeper, the directory, the presence and the duties there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any Gatekeeper).self, sessions)
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

  /// The pages for signing in and out, passwords, the console's first page, the accounts and their rights.
  public func routes() -> [Route] {
    SignInPages(signIn: signIn, sessions: sessions).routes()
      + PasswordPages(staff: staff, sessions: sessions).routes()
      + ConsolePages().routes()
      + staffPages.routes()
      + GrantPages(grants: grants, staff: staffPages).routes()
      + GrantHistoryPages(grants: grants).routes()
  }

  private var staffPages: StaffPages { StaffPages(staff: staff, seats: seats) }

  /// The console's first page, the accounts and rights, and the own password.
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
        .console(nil, .settings), "officers.password.title", "/petugas/sandi", order: 90, icon: .lock,
        hint: "officers.password.hint"),
    ]
  }

  /// `gapura officer …`: accounts from the terminal, as for the first supervisor.
  public func commands() -> [Command] { OfficerCommands(staff: staff).commands() }

  /// How many officers can give rights; degraded where there are accounts and none of those is among them.
  public func health() async -> HealthReport {
    do {
      let count = try await staff.keeperCount()
      if count > 0 { return HealthReport(isHealthy: true, detail: "\(count) officers can give rights") }
      // An office that has just been begun has no accounts yet.
      return HealthReport(
        isHealthy: true, isDegraded: try await staff.hasAccounts(),
        detail: "no officer can give rights: run `gapura officer add NAME --role supervisor`")
    } catch {
      return HealthReport(isHealthy: false, detail: "the accounts cannot be read")
    }
  }
}
