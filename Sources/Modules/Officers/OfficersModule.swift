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
  /// The check of a request's session, the officers' names, and who is signed in.
  public static var provides: [ServiceKey] {
    [
      ServiceKey((any Gatekeeper).self), ServiceKey((any OfficerDirectory).self),
      ServiceKey((any OfficerPresence).self),
    ]
  }
  /// The store and the hashes, under which passwords and sessions are kept.
  public static var requires: [ServiceKey] {
    [
      ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
      ServiceKey((any Log).self), ServiceKey((any PasswordHasher).self), ServiceKey((any KeyedHash).self),
    ]
  }

  /// Where ends are told, at which counters an officer sits, which the account's page says before it is closed, and the file
  /// that says how many failed sign-ins are a storm.
  public static var uses: [ServiceKey] {
    [
      ServiceKey((any EndService).self), ServiceKey(OfficerSeats.self), ServiceKey(ConfigurationDirectory.self),
    ]
  }

  private let staff: StaffService
  private let sessions: Sessions
  private let signIn: SignIn
  private let seats: OfficerSeats?
  let watch: SignInWatch

  /// Reads no account yet.
  ///
  /// - Throws: `ConfigurationProblem` when `sign-in.json5` is broken.
  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let random = services.require((any RandomSource).self)
    let hasher = services.require((any PasswordHasher).self)
    let keyed = services.require((any KeyedHash).self)
    let log = services.require((any Log).self)
    let line = SignInLine()
    let storms = try StormRules.read(from: services.find(ConfigurationDirectory.self))
    watch = SignInWatch(store: store, clock: clock, log: log, rules: storms)
    sessions = Sessions(
      store: store, clock: clock, keyed: keyed, log: log, ends: services.find((any EndService).self))
    signIn = SignIn(
      store: store, clock: clock, random: random, hasher: hasher, keyed: keyed, sessions: sessions, line: line,
      watch: watch)
    staff = StaffService(
      store: store, clock: clock, random: random, hasher: hasher, sessions: sessions, line: line, watch: watch)
    seats = services.find(OfficerSeats.self)
  }

  /// Puts the gatekeeper, the directory and the presence there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any Gatekeeper).self, sessions)
    services.provide((any OfficerDirectory).self, staff)
    services.provide((any OfficerPresence).self, sessions)
  }

  /// The pages for signing in and out, passwords, the console's first page and the accounts.
  public func routes() -> [Route] {
    SignInPages(signIn: signIn, sessions: sessions).routes()
      + PasswordPages(staff: staff, sessions: sessions).routes()
      + ConsolePages(watch: watch).routes()
      + StaffPages(staff: staff, seats: seats).routes()
  }

  /// The console's first page, the accounts for supervisors, and the own password.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(.console(.clerk), "officers.home.title", "/petugas", order: 0, icon: .home),
      NavigationEntry(
        .console(.supervisor, .settings), "officers.staff.title", "/petugas/akun", order: 80, icon: .people,
        hint: "officers.staff.hint"),
      NavigationEntry(
        .console(.clerk, .settings), "officers.password.title", "/petugas/sandi", order: 90, icon: .lock,
        hint: "officers.password.hint"),
    ]
  }

  /// `gapura officer …`: accounts from the terminal, as for the first supervisor.
  public func commands() -> [Command] { OfficerCommands(staff: staff).commands() }

  /// How many supervisors can sign in; degraded where there are accounts and none of those is among them, and while a storm
  /// of failed sign-ins lasts.
  public func health() async -> HealthReport {
    do {
      let (count, isStorm) = (try await staff.supervisorCount(), watch.isStorm)
      let told = isStorm ? "; more sign-ins fail than officers mistype: see /petugas/akun" : ""
      if count > 0 {
        return HealthReport(isHealthy: true, isDegraded: isStorm, detail: "\(count) supervisors can sign in\(told)")
      }
      // An office that has just been begun has no accounts yet.
      let hasAccounts = try await staff.hasAccounts()
      return HealthReport(
        isHealthy: true, isDegraded: hasAccounts || isStorm,
        detail: "no supervisor can sign in: run `gapura officer add NAME --role supervisor`\(told)")
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
