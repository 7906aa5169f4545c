internal import Contracts
internal import Core
internal import Store

/// What officers prove themselves with beside their passwords: what comes next, what they have, and what is taken away. Each
/// change has its event.
struct FactorService: Sendable {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let sessions: Sessions
  let demand: SecondFactorDemand

  /// An officer's own factors.
  struct Overview: Sendable {
    /// The keys and apps; not the codes on paper, which stand in for them, nor a key that may have been copied.
    let proofs: [Factor]
    /// How many codes on paper can still be used; nil where none were given.
    let recoveryCodesLeft: Int?
    /// Whether the last one must stay.
    let isDemanded: Bool

    /// Whether that one may be taken away.
    var mayRemove: Bool { !isDemanded || proofs.count > 1 }
  }

  /// With what an officer can prove themselves besides the password, or in its place.
  struct Ways: Equatable, Sendable {
    /// Whether an app shows codes.
    var hasApp = false
    /// Whether there are codes on paper.
    var hasPaper = false
    /// Whether there is a passkey that is trusted.
    var hasPasskey = false
    /// Whether there is anything, also what is of no use any more.
    var hasAny = false

    var hasCodes: Bool { hasApp || hasPaper }
    /// Whether the password proves anything: alone, or with a code.
    var isPasswordOfUse: Bool { hasCodes || !hasAny }
  }

  func ways(of account: OfficerID) async throws -> Ways {
    try await store.read { snapshot in
      let kinds = try FactorTable.all(of: account, in: snapshot).map(\.kind)
      return try Ways(
        hasApp: kinds.contains(.timeCode), hasPaper: kinds.contains(.recovery),
        hasPasskey: PasskeyTable.all(of: account, in: snapshot).contains { $0.copiedAt == nil }, hasAny: !kinds.isEmpty)
    }
  }

  /// Whether the officer must have a second factor.
  private func isDemanded(of account: Account) -> Bool {
    demand == .byRole && sessions.demands(of: account).needsSecondFactor
  }

  /// Whether an account's password alone is not enough.
  func isSecondStepDue(_ account: Account, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    if isDemanded(of: account) { return true }
    return try FactorTable.hasAny(of: account.id, in: database)
  }

  /// What the holder of a session has to do next. A new password goes before a first factor, which so is set up by the officer
  /// and not by the one who has set the password; but a factor that is there goes before all.
  func next(for session: Session) async throws -> PendingStep {
    try await store.read { try next(for: session.account, at: session.stage, in: $0) }
  }

  func next(
    for account: Account, at stage: SessionStage, in database: borrowing some Queryable & ~Copyable
  ) throws -> PendingStep {
    let pending: PendingStep = account.mustChangePassword ? .newPassword : .nothing
    guard stage == .password else { return pending }
    if try FactorTable.hasAny(of: account.id, in: database) { return .code }
    return pending == .nothing ? .enrolment : pending
  }

  func overview(of account: OfficerID) async throws -> Overview {
    try await store.read { snapshot in try overview(of: account, in: snapshot) }
  }

  private func overview(
    of account: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Overview {
    let factors = try FactorTable.all(of: account, in: database)
    let copied = try PasskeyTable.all(of: account, in: database).filter { $0.copiedAt != nil }.map(\.factor.id)
    let hasPaper = factors.contains { $0.kind == .recovery }
    let isDemanded = try AccountTable.account(account, in: database).map { self.isDemanded(of: $0) } ?? true
    return try Overview(
      proofs: factors.filter { $0.kind != .recovery && !copied.contains($0.id) },
      recoveryCodesLeft: hasPaper ? RecoveryCodeTable.unusedCount(of: account, in: database) : nil,
      isDemanded: isDemanded)
  }

  /// The accounts that have any factor.
  func holders() async throws -> Set<OfficerID> { try await store.read { try FactorTable.holders(in: $0) } }

  /// Takes one of an officer's own factors away, and the codes on paper with the last one.
  ///
  /// - Returns: the session's new token.
  /// - Throws: `Problem` `officers.unknown-factor`, `officers.last-factor`.
  func remove(
    _ factor: Int64, of account: OfficerID, in token: SessionToken, by principal: Principal
  ) async throws -> SessionToken {
    let renewed = SessionToken(from: random)
    let (oldHash, newHash) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let event = try await store.write { transaction -> EventKind in
      let own = try overview(of: account, in: transaction)
      let all = try FactorTable.all(of: account, in: transaction)
      guard let found = all.first(where: { $0.id == factor && $0.kind != .recovery }) else {
        throw Problem(.notFound, "officers.unknown-factor")
      }
      let isAnyLeft = own.proofs.contains { $0.id != factor }
      guard isAnyLeft || !own.isDemanded else { throw Problem(.conflict, "officers.last-factor") }
      try FactorTable.remove(factor, in: transaction)
      if !isAnyLeft { try Self.removeAll(of: account, in: transaction) }
      try SessionTable.renew(oldHash, as: newHash, in: transaction)
      let event: EventKind = found.kind == .passkey ? "officer.passkey-removed" : "officer.factor-removed"
      try transaction.append(StaffService.event(event, account, by: principal))
      return event
    }
    sessions.forget()
    note(event, by: principal)
    return renewed
  }

  /// Draws new codes on paper in the place of all that were given before.
  ///
  /// - Throws: `Problem` `officers.unknown-factor` where there is nothing that they could stand in for.
  func renewRecoveryCodes(of account: OfficerID, by principal: Principal) async throws -> Personal<[String]> {
    let codes = RecoveryCode.draw(from: random)
    let now = clock.now
    try await store.write { transaction in
      let factors = try FactorTable.all(of: account, in: transaction)
      guard factors.contains(where: { $0.kind != .recovery }) else {
        throw Problem(.notFound, "officers.unknown-factor")
      }
      for old in factors where old.kind == .recovery { try FactorTable.remove(old.id, in: transaction) }
      try insert(codes, of: account, at: now, in: transaction)
      try transaction.append(StaffService.event("officer.recovery-renewed", account, by: principal))
    }
    note("officer.recovery-renewed", by: principal)
    return codes
  }

  /// Keeps the hashes of drawn codes.
  func insert(
    _ codes: Personal<[String]>, of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    let factor = try FactorTable.insert(.recovery, of: account, label: "", at: now, in: transaction)
    for code in codes.exposed {
      guard let hash = RecoveryCode.hash(Personal(code), of: account, keyed: sessions.keyed) else { continue }
      try RecoveryCodeTable.insert(hash, of: factor, in: transaction)
    }
  }

  /// Takes all of an account's factors away.
  static func removeAll(of account: OfficerID, in transaction: borrowing Transaction) throws {
    for factor in try FactorTable.all(of: account, in: transaction) {
      try FactorTable.remove(factor.id, in: transaction)
    }
  }

  /// Tells those who watch the office.
  func note(_ event: EventKind, by principal: Principal) {
    sessions.log.note(.accountChanged, ["account.change": "\(event)", "security.officer": "\(principal)"])
  }
}
