internal import Contracts
internal import Core
internal import Store

/// Gives roles to officers, and ends them: each with a reason, an event, an entry of the ledger, and a new sign-in, so that
/// no token outlives the rights for which it was made.
struct GrantService: Sendable {
  /// A sentence or two, in Unicode scalars.
  static let reasonCharacterCountMax = 300
  /// Fewer explain nothing.
  private static let reasonCharacterCountMin = 5

  let store: Store
  let clock: any WallClock
  let sessions: Sessions
  /// nil where no module keeps a ledger.
  let ledger: (any LedgerService)?

  private var book: RoleBook { sessions.roles.now }

  /// Everything that was ever given, the latest first, with the accounts.
  func history() async throws -> (accounts: [Account], grants: [Grant]) {
    try await store.read { (try AccountTable.all(in: $0), try GrantTable.all(in: $0)) }
  }

  /// The account with what was given to it, and all others.
  ///
  /// - Throws: `Problem` `officers.unknown-account`.
  func account(_ id: OfficerID) async throws -> (one: Account, all: [Account]) {
    let all = try await store.read { try AccountTable.all(in: $0) }
    guard let one = all.first(where: { $0.id == id }) else { throw Problem(.notFound, "officers.unknown-account") }
    return (one, all)
  }

  /// Gives a role to an officer.
  ///
  /// - Throws: `Problem` `officers.unknown-role`, `officers.grant-times`, `officers.grant-needs-end`,
  ///   `officers.grant-reason`, `officers.has-role`, `officers.own-rights`, `officers.unknown-account`; `forbidden`.
  func give(_ order: GrantOrder, to id: OfficerID, by principal: Principal) async throws {
    try principal.require(.accounts)
    try check(order)
    try await change(id, "officer.role-given", by: principal) { account, now, transaction in
      let held = account.grants.contains { $0.role == order.role && $0.kind == .own && $0.isAhead(at: now) }
      if held { throw Problem(.conflict, "officers.has-role") }
      return [try GrantTable.insert(order, to: id, by: principal, at: now, in: transaction)]
    }
  }

  /// Gives an officer the roles of another one who is away, for a time.
  ///
  /// - Throws: `Problem` `officers.stand-in-for-whom` where that one has no role to stand in for, and as `give`.
  func standIn(
    for other: OfficerID, to id: OfficerID, since: Instant, until: Instant?, because reason: String,
    by principal: Principal
  ) async throws {
    try principal.require(.accounts)
    guard until != nil else { throw Problem(.invalid, "officers.grant-times") }
    try check(since: since, until: until, because: reason)
    let book = book
    try await change(id, "officer.stand-in-given", by: principal) { _, now, transaction in
      let away = try AccountTable.account(other, in: transaction)
      let own = away?.grants.filter { $0.kind == .own && $0.isAhead(at: now) } ?? []
      let names = book.roles.filter { role in !role.isReadOnly && own.contains { $0.role == role.name } }.map(\.name)
      guard other != id, !names.isEmpty else { throw Problem(.invalid, "officers.stand-in-for-whom") }
      return try names.map { name in
        let order = GrantOrder(
          role: name, kind: .standIn, standsFor: other, since: since, until: until, reason: reason)
        return try GrantTable.insert(order, to: id, by: principal, at: now, in: transaction)
      }
    }
  }

  /// Ends what was given, before its time.
  ///
  /// - Throws: `Problem` `officers.grant-over` for one that gives nothing any more, `officers.last-supervisor` where no
  ///   officer would be left who can give rights, `officers.grant-reason`, `officers.own-rights`; `forbidden`.
  func end(_ grant: Int64, of id: OfficerID, because reason: String, by principal: Principal) async throws {
    try principal.require(.accounts)
    try check(because: reason)
    let book = book
    try await change(id, "officer.role-ended", by: principal) { account, now, transaction in
      guard account.grants.contains(where: { $0.id == grant && $0.isAhead(at: now) }) else {
        throw Problem(.conflict, "officers.grant-over")
      }
      try GrantTable.end(grant, by: principal, because: reason, at: now, in: transaction)
      if account.keepsAccounts(by: book, at: now),
        try !AccountTable.all(in: transaction).contains(where: { $0.keepsAccounts(by: book, at: now) })
      {
        throw Problem(.conflict, "officers.last-supervisor")
      }
      return [grant]
    }
  }

  // MARK: what must hold

  private func check(_ order: GrantOrder) throws {
    guard let role = book.role(order.role) else { throw Problem(.invalid, "officers.unknown-role") }
    try check(since: order.since, until: order.until, because: order.reason)
    guard let daysMax = role.daysMax else { return }
    // A day more, since the last day is a whole one.
    guard let until = order.until, until - order.since <= .hours(24 * (daysMax + 1)) else {
      throw Problem(.invalid, "officers.grant-needs-end", ["days": String(daysMax)])
    }
  }

  private func check(since: Instant, until: Instant?, because reason: String) throws {
    if let until, until <= max(since, clock.now) { throw Problem(.invalid, "officers.grant-times") }
    try check(because: reason)
  }

  private func check(because reason: String) throws {
    let bounds = Self.reasonCharacterCountMin...Self.reasonCharacterCountMax
    guard bounds.contains(reason.unicodeScalars.count), reason.contains(where: \.isLetter) else {
      throw Problem(.invalid, "officers.grant-reason", ["max": String(Self.reasonCharacterCountMax)])
    }
  }

  /// - Parameter body: makes the change, and returns the grants that it is about.
  private func change(
    _ id: OfficerID, _ event: EventKind, by principal: Principal,
    _ body: @escaping @Sendable (Account, Instant, borrowing Transaction) throws -> [Int64]
  ) async throws {
    // No officer raises themselves, and none ends by themselves what others rely on.
    if principal.officerID == id { throw Problem(.conflict, "officers.own-rights") }
    let now = clock.now
    try await store.write { transaction in
      guard let account = try AccountTable.account(id, in: transaction) else {
        throw Problem(.notFound, "officers.unknown-account")
      }
      for grant in try body(account, now, transaction) {
        try ledger?.append(
          LedgerEntry(
            .rights, by: principal, facts: [LedgerFact("account", id.rawValue), LedgerFact("grant", grant)]),
          in: transaction)
      }
      try SessionTable.endAll(of: id, in: transaction)
      try sessions.ends?.tell(.officer(id, .signedOut), in: transaction)
      try transaction.append(StaffService.event(event, id, by: principal))
    }
    sessions.forget()
    sessions.noteChange(event, by: principal)
  }
}
