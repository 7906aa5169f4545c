internal import Contracts
internal import Core
internal import Store
internal import Web

/// Which officer holds which session. Answers every request of the console, so it asks the database seldom and
/// writes at most once a minute for each session.
struct Sessions: OfficerPresence {
  let store: Store
  let clock: any WallClock
  let keyed: any KeyedHash
  let log: any Log
  /// Tells the others who is not there any more.
  let ends: (any EndService)?
  /// What officers' roles give them, at this moment: a right that ends by the clock ends within a session, too.
  let roles: RolesInForce
  private let cache = SessionCache()

  init(
    store: Store, clock: any WallClock, keyed: any KeyedHash, log: any Log, ends: (any EndService)? = nil,
    roles: RolesInForce = RolesInForce(shipped: .shipped)
  ) {
    self.roles = roles
    self.ends = ends
    self.store = store
    self.clock = clock
    self.keyed = keyed
    self.log = log
  }

  /// The officer whose open session has this token.
  ///
  /// - Parameter isAct: whether a person asks; only then the session counts as used.
  func officer(holding token: String, isAct: Bool = true) async throws -> SignedInOfficer? {
    // An officer whose password another one knows may do nothing but change it.
    guard let session = try await session(holding: token, isAct: isAct), session.stage == .open,
      !session.account.mustChangePassword
    else { return nil }
    let account = session.account
    return SignedInOfficer(id: account.id, rights: rights(of: account), name: account.name)
  }

  /// What the office lets the officer do now.
  func rights(of account: Account) -> Rights { roles.now.rights(of: account.grants, at: clock.now) }

  /// What the office demands of the officer now: of their roles' demands the strictest.
  func demands(of account: Account) -> RoleDemands {
    .strictest(of: roles.now.roles(of: account.grants, at: clock.now))
  }

  /// Whether any session admits its officer; one that may only change the password, or whose second step is still to be
  /// done, sees no calls.
  func isAnybodySignedIn<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool {
    let now = clock.now
    return try SessionTable.all(demands(of:), in: database).contains {
      $0.stage == .open && $0.isOpen(at: now) && !$0.account.mustChangePassword
    }
  }

  /// The open session of that token, also one that may only change its password or take the second step; nil for one that is
  /// locked.
  func session(holding text: String?, isAct: Bool = true) async throws -> Session? {
    let generation = cache.generation
    guard let token = text.flatMap(SessionToken.init), let session = try await held(text) else { return nil }
    let now = clock.now
    guard session.isOpen(at: now) else { return nil }
    guard isAct, session.isDueForUse(at: now) else { return session }
    let hash = hash(of: token)
    let used = await use(session, hash, at: now)
    cache.keep(used, hash, at: now, from: generation)
    return used
  }

  /// The session of a token as it stands there, also one that is over.
  func session(_ hash: [UInt8], in database: borrowing some Queryable & ~Copyable) throws -> Session? {
    try SessionTable.session(hash, demands(of:), in: database)
  }

  /// Whether an account has a session for which its officer counts as there.
  func isAttended(
    _ account: OfficerID, at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool {
    try SessionTable.all(of: account, demands(of:), in: database).contains { $0.isAttended(at: now) }
  }

  /// The session of that token that has not ended, locked or not.
  func held(_ text: String?) async throws -> Session? {
    guard let token = text.flatMap(SessionToken.init) else { return nil }
    let hash = hash(of: token)
    let now = clock.now
    let generation = cache.generation
    if let session = cache.session(hash, at: now) { return session.isLive(at: now) ? session : nil }
    guard let session = try await store.read({ try session(hash, in: $0) }), session.isLive(at: now)
    else { return nil }
    cache.keep(session, hash, at: now, from: generation)
    return session
  }

  /// The sessions of an account, or of all, that have not ended, the latest used first.
  func live(of account: OfficerID? = nil, at now: Instant) async throws -> [Session] {
    let sessions = try await store.read { database in
      if let account {
        try SessionTable.all(of: account, demands(of:), in: database)
      } else {
        try SessionTable.all(demands(of:), in: database)
      }
    }
    return sessions.filter { $0.isLive(at: now) }
  }

  /// The kept form of a token.
  func hash(of token: SessionToken) -> [UInt8] {
    keyed.authenticate(Array(token.exposed.utf8), for: "officers.session")
  }

  /// Tells those who watch the office of a change to an account.
  func noteChange(_ event: EventKind, by principal: Principal) {
    log.note(.accountChanged, ["account.change": "\(event)", "security.officer": "\(principal)"])
  }

  /// Must follow every committed change to a session or an account.
  func forget() { cache.forget() }

  private func use(_ session: Session, _ hash: [UInt8], at now: Instant) async -> Session {
    do {
      try await store.write { try SessionTable.use(hash, at: now, in: $0) }
      return session.used(at: now)
    } catch {
      // Not being able to write must not sign officers out before their time.
      log.warning("session use not written", ["error": error.inLog])
      return session
    }
  }
}
