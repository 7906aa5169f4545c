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

  /// Where ends are told, and at which counters an officer sits, which the account's page says before it is closed.
  public static var uses: [ServiceKey] { [ServiceKey((any EndService).self), ServiceKey(OfficerSeats.self)] }

  private let staff: StaffService
  private let sessions: Sessions
  private let signIn: SignIn
  private let gatekeeper: SessionGatekeeper
  private let seats: OfficerSeats?

  /// Reads no account yet.
  public init(services: ServiceRegistry) throws {
    let store = services.require(Store.self)
    let clock = services.require((any WallClock).self)
    let random = services.require((any RandomSource).self)
    let hasher = services.require((any PasswordHasher).self)
    let keyed = services.require((any KeyedHash).self)
    sessions = Sessions(
      store: store, clock: clock, keyed: keyed, log: services.require((any Log).self),
      ends: services.find((any EndService).self))
    signIn = SignIn(store: store, clock: clock, random: random, hasher: hasher, keyed: keyed, sessions: sessions)
    staff = StaffService(store: store, clock: clock, random: random, hasher: hasher, sessions: sessions)
    let lock = SessionLock(sessions: sessions, random: random, hasher: hasher, proof: staff.proof)
    let proof = FreshProof(sessions: sessions, random: random, proof: staff.proof)
    gatekeeper = SessionGatekeeper(
      sessions: sessions, lock: LockQuestion(sessions: sessions, lock: lock),
      proof: ProofQuestion(sessions: sessions, proof: proof))
    seats = services.find(OfficerSeats.self)
  }

  /// Puts the gatekeeper, the directory and the presence there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any Gatekeeper).self, gatekeeper)
    services.provide((any OfficerDirectory).self, staff)
    services.provide((any OfficerPresence).self, sessions)
  }

  /// The pages for signing in and out, passwords, sessions and their locks, the console's first page and the accounts.
  public func routes() -> [Route] {
    SignInPages(signIn: signIn, sessions: sessions).routes()
      + PasswordPages(staff: staff, sessions: sessions).routes()
      + ConsolePages().routes()
      + StaffPages(staff: staff, seats: seats).routes()
      + sessionRoutes()
  }

  private func sessionRoutes() -> [Route] {
    let lock = gatekeeper.lock.lock
    return LockPages(question: gatekeeper.lock).routes() + ProofPages(question: gatekeeper.proof).routes()
      + SessionPages(sessions: sessions, lock: lock, seats: seats).routes()
      + ColleagueSessionPages(sessions: sessions, seats: seats).routes() + PINPages(lock: lock).routes()
  }

  /// The console's first page, the accounts for supervisors, and the own sessions and password.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(.console(.clerk), "officers.home.title", "/petugas", order: 0, icon: .home),
      NavigationEntry(
        .console(.supervisor, .settings), "officers.staff.title", "/petugas/akun", order: 80, icon: .people,
        hint: "officers.staff.hint"),
      NavigationEntry(
        .console(.clerk, .settings), "officers.session.title", "/petugas/sesi", order: 85, icon: .screen,
        hint: "officers.session.hint"),
      NavigationEntry(
        .console(.clerk, .settings), "officers.password.title", "/petugas/sandi", order: 90, icon: .lock,
        hint: "officers.password.hint"),
    ]
  }

  /// `gapura officer …`: accounts from the terminal, as for the first supervisor.
  public func commands() -> [Command] { OfficerCommands(staff: staff).commands() }

  /// How many supervisors can sign in; degraded where there are accounts and none of those is among them.
  public func health() async -> HealthReport {
    do {
      let count = try await staff.supervisorCount()
      if count > 0 { return HealthReport(isHealthy: true, detail: "\(count) supervisors can sign in") }
      // An office that has just been begun has no accounts yet.
      return HealthReport(
        isHealthy: true, isDegraded: try await staff.hasAccounts(),
        detail: "no supervisor can sign in: run `gapura officer add NAME --role supervisor`")
    } catch {
      return HealthReport(isHealthy: false, detail: "the accounts cannot be read")
    }
  }
}
