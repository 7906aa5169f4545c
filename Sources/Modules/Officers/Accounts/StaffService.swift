internal import Contracts
internal import Core
internal import Store

/// Changes to accounts, each with its event in the journal and an end to the sessions that it concerns.
struct StaffService: OfficerDirectory {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let hasher: any PasswordHasher
  let sessions: Sessions
  let rule: PasswordRule
  var line = SignInLine()
  var watch: SignInWatch?

  /// How many sign-ins a supervisor is shown at once.
  static let signInsShownMax = 50

  /// The accounts and the latest sign-ins.
  func overview() async throws -> (accounts: [Account], signIns: [SignInLog.Entry]) {
    try await store.read { snapshot in
      (try AccountTable.all(in: snapshot), try SignInLog.latest(Self.signInsShownMax, in: snapshot))
    }
  }

  func accounts() async throws -> [Account] { try await store.read { try AccountTable.all(in: $0) } }

  func accountNames() async throws -> [OfficerID: String] {
    Dictionary(try await accounts().map { ($0.id, $0.username.description) }, uniquingKeysWith: { first, _ in first })
  }

  func name<Database: Queryable & ~Copyable>(
    of officer: OfficerID, in database: borrowing Database
  ) throws -> String? {
    try AccountTable.account(officer, in: database)?.name
  }

  func username(of id: OfficerID) async throws -> Username? {
    try await store.read { try AccountTable.account(id, in: $0)?.username }
  }

  func account(_ username: Username) async throws -> Account? {
    try await store.read { try AccountTable.credentials(username, in: $0)?.account }
  }

  /// How many officers can give rights, for good.
  func keeperCount() async throws -> Int {
    let (book, now) = (sessions.roles.now, clock.now)
    return try await accounts().count { $0.keepsAccounts(by: book, at: now) }
  }

  func hasAccounts() async throws -> Bool { try await store.read { try !AccountTable.all(in: $0).isEmpty } }

  /// Adds an account with that password.
  ///
  /// - Throws: `Problem` `officers.name-taken`, or that of a `PasswordRule.Refusal`; `forbidden`.
  func add(_ new: NewAccount, password: Personal<String>, by principal: Principal) async throws {
    try principal.require(.accounts)
    let owner = PasswordOwner(username: new.username, displayName: new.displayName, hasSecondFactor: false)
    try await add(new, hash: hash(password, for: owner), by: principal)
  }

  private func add(_ new: NewAccount, hash: String, by principal: Principal) async throws {
    let now = clock.now
    try await store.write { transaction in
      guard let id = try AccountTable.insert(new, hash: hash, at: now, in: transaction) else {
        throw Problem(.conflict, "officers.name-taken", ["name": new.username.description])
      }
      let order = GrantOrder(role: new.role.name, kind: .own, since: now, reason: "")
      try GrantTable.insert(order, to: id, by: principal, at: now, in: transaction)
      try transaction.append(Self.event("officer.added", id, by: principal))
    }
    note("officer.added", by: principal)
  }

  /// Adds an account with a drawn password, which is returned once and must be changed.
  func add(_ username: Username, displayName: String?, role: Role, by principal: Principal) async throws -> Personal<
    String
  > {
    let password = InitialPassword.draw(from: random)
    let new = NewAccount(username: username, displayName: displayName, role: role, mustChangePassword: true)
    try await add(new, hash: hasher.hash(password), by: principal)
    return password
  }

  /// Replaces a password by a drawn one, and ends all sessions of the account.
  ///
  /// - Parameter more: what else is done in the same transaction.
  func resetPassword(
    of id: OfficerID, by principal: Principal, as event: EventKind = "officer.password-reset",
    and more: @escaping @Sendable (borrowing Transaction) throws -> Void = { _ in }
  ) async throws -> (account: Account, password: Personal<String>) {
    try principal.require(.accounts)
    let password = InitialPassword.draw(from: random)
    let hash = try await hasher.hash(password)
    let end = clock.now + InitialPassword.lifetime
    let account = try await change(id, event, by: principal) { transaction, _ in
      try AccountTable.setPassword(hash, initialUntil: end, of: id, in: transaction)
      try sessions.endAll(of: id, in: transaction)
      try DeviceTable.forgetAll(of: id, in: transaction)
      try PINTable.forget(id, in: transaction)
      try more(transaction)
    }
    return (account, password)
  }

  /// Closes or opens an account. A closed one keeps its history; its sessions end at once.
  ///
  /// - Throws: `Problem` `officers.own-account`, `officers.last-supervisor`, `officers.unknown-account`; `forbidden`.
  func setDisabled(_ isDisabled: Bool, _ id: OfficerID, by principal: Principal) async throws -> Account {
    try principal.require(.accounts)
    if isDisabled, principal.officerID == id { throw Problem(.conflict, "officers.own-account") }
    let (book, now) = (sessions.roles.now, clock.now)
    return try await change(id, isDisabled ? "officer.disabled" : "officer.enabled", by: principal) {
      transaction, account in
      if isDisabled {
        if account.keepsAccounts(by: book, at: now),
          try !AccountTable.all(in: transaction).contains(where: { $0.id != id && $0.keepsAccounts(by: book, at: now) })
        {
          throw Problem(.conflict, "officers.last-supervisor")
        }
        try SessionTable.endAll(of: id, in: transaction)
        try DeviceTable.forgetAll(of: id, in: transaction)
        try PINTable.forget(id, in: transaction)
        try sessions.ends?.tell(.officer(id, .closed), in: transaction)
      }
      try AccountTable.setDisabled(isDisabled, id, in: transaction)
    }
  }

  /// How changing one's own password ended.
  enum PasswordChange: Sendable {
    /// The session's new token.
    case changed(SessionToken)
    /// The old password is wrong.
    case wrong
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  /// Replaces an officer's own password, who knows the old one; ends the other sessions and gives this one a new token. A
  /// wrong old password counts as a failure to sign in does: a console left open is no place to guess at.
  ///
  /// - Throws: `Problem` of a `PasswordRule.Refusal`.
  func changePassword(
    _ attempt: SignIn.Attempt, in token: SessionToken, to new: Personal<String>
  ) async throws -> PasswordChange {
    guard let username = Username(attempt.username) else { return .wrong }
    let renewed = SessionToken(from: random)
    let (oldHash, newHash) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let result = try await proof.check(
      attempt, wrong: .wrongAgain, preparing: { try await hash(new, for: passwordOwner(username)) }
    ) { transaction, proven, hash in
      let id = proven.account.id
      try AccountTable.setPassword(hash, initialUntil: nil, of: id, in: transaction)
      try SessionTable.renew(oldHash, as: newHash, in: transaction)
      try SessionTable.endAll(of: id, except: newHash, in: transaction)
      let principal = Principal.officer(id, sessions.rights(of: proven.account))
      try transaction.append(Self.event("officer.password-changed", id, by: principal))
      return principal
    }
    sessions.forget()
    switch result {
    case .right(let principal):
      note("officer.password-changed", by: principal)
      return .changed(renewed)
    case .wrong: return .wrong
    case .wait(let wait): return .wait(wait)
    }
  }

  /// Proves officers' own passwords.
  var proof: PasswordProof {
    PasswordProof(store: store, clock: clock, hasher: hasher, keyed: sessions.keyed, line: line, watch: watch)
  }

  /// The officer of that name, as the rule for their password asks.
  func passwordOwner(_ username: Username) async throws -> PasswordOwner {
    try await store.read { snapshot in
      guard let account = try AccountTable.credentials(username, in: snapshot)?.account else {
        throw Problem(.notFound, "officers.unknown-account")
      }
      return try PasswordOwner(account, in: snapshot)
    }
  }

  private func hash(_ password: Personal<String>, for owner: PasswordOwner) async throws -> String {
    let tidy = Password.tidied(password)
    if let refusal = rule.refusal(of: tidy, for: owner) { throw refusal.problem }
    return try await hasher.hash(tidy)
  }

  private func change(
    _ id: OfficerID, _ event: EventKind, by principal: Principal,
    _ body: @escaping @Sendable (borrowing Transaction, Account) throws -> Void
  ) async throws -> Account {
    let account = try await store.write { transaction in
      guard let account = try AccountTable.account(id, in: transaction) else {
        throw Problem(.notFound, "officers.unknown-account")
      }
      try body(transaction, account)
      try transaction.append(Self.event(event, id, by: principal))
      return account
    }
    sessions.forget()
    note(event, by: principal)
    return account
  }

  private func note(_ event: EventKind, by principal: Principal) { sessions.noteChange(event, by: principal) }

  /// What the journal has of a change to an account.
  static func event(_ kind: EventKind, _ id: OfficerID, by principal: Principal) -> Event {
    Event(kind: kind, entity: "officer:\(id)", payload: "{\"by\":\"\(principal)\"}")
  }
}
