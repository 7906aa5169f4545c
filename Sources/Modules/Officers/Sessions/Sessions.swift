internal import Contracts
internal import Core
internal import Store
internal import Web

/// Which officer holds which session. Answers every request of the console, so it asks the database seldom and
/// writes at most once a minute for each session.
struct Sessions: Gatekeeper, OfficerPresence {
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

  func officer(holding token: String) async throws -> SignedInOfficer? {
    // An officer whose password another one knows may do nothing but change it.
    guard let session = try await session(holding: token), !session.account.mustChangePassword else { return nil }
    let account = session.account
    return SignedInOfficer(id: account.id, rights: rights(of: account), name: account.name)
  }

  /// What the office lets the officer do now.
  func rights(of account: Account) -> Rights { roles.now.rights(of: account.grants, at: clock.now) }

  /// What the office demands of the officer now: of their roles' demands the strictest.
  func demands(of account: Account) -> RoleDemands {
    .strictest(of: roles.now.roles(of: account.grants, at: clock.now))
  }

  func isAnybodySignedIn<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool {
    try SessionTable.isAnyOpen(at: clock.now, in: database)
  }

  /// The open session of that token, also one that may only change its password.
  func session(holding text: String?) async throws -> Session? {
    guard let token = text.flatMap(SessionToken.init) else { return nil }
    let hash = hash(of: token)
    let now = clock.now
    let generation = cache.generation
    if let session = cache.session(hash, at: now), !session.isDueForUse(at: now) {
      return session.isOpen(at: now) ? session : nil
    }
    guard let session = try await store.read({ try SessionTable.session(hash, in: $0) }), session.isOpen(at: now)
    else { return nil }
    let used = await use(session, hash, at: now)
    cache.keep(used, hash, at: now, from: generation)
    return used
  }

  /// The kept form of a token.
  func hash(of token: SessionToken) -> [UInt8] {
    keyed.authenticate(Array(token.exposed.utf8), for: "officers.session")
  }

  /// Ends the session of that token.
  ///
  /// - Returns: the officer whose it was; nil when there was none.
  func end(_ text: String?) async throws -> Session? {
    guard text.flatMap(SessionToken.init) != nil else { return nil }
    let now = clock.now
    let session = try await store.write { try end(text, at: now, in: $0) }
    forget()
    return session
  }

  /// The same in a transaction, after which `forget` must follow.
  func end(_ text: String?, at now: Instant, in transaction: borrowing Transaction) throws -> Session? {
    guard let token = text.flatMap(SessionToken.init) else { return nil }
    let hash = hash(of: token)
    guard let session = try SessionTable.session(hash, in: transaction) else { return nil }
    try SessionTable.end(hash, in: transaction)
    try SignInLog.append(.signOut, account: session.account.id, addressMark: "", at: now, in: transaction)
    if try !SessionTable.isOpen(of: session.account.id, at: now, in: transaction) {
      try ends?.tell(.officer(session.account.id, .signedOut), in: transaction)
    }
    return session
  }

  /// Tells those who watch the office of a change to an account.
  func noteChange(_ event: EventKind, by principal: Principal) {
    log.note(.accountChanged, ["account.change": "\(event)", "security.officer": "\(principal)"])
  }

  /// Must follow every committed change to a session or an account.
  func forget() { cache.forget() }

  private func use(_ session: Session, _ hash: [UInt8], at now: Instant) async -> Session {
    guard session.isDueForUse(at: now) else { return session }
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
