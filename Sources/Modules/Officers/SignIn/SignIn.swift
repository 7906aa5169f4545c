internal import Contracts
internal import Core
internal import Store

/// Lets officers in: has the password proven, begins a session, and writes down how it went.
struct SignIn: Sendable {
  /// How a try ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies, and whether the password must be changed first.
    case opened(SessionToken, device: SessionToken, mustChangePassword: Bool)
    /// The password is right, and the second step is still to be done: the token for the session's cookie, and what comes
    /// next. The browser is no known one yet.
    case halfway(SessionToken, PendingStep)
    /// User name or password is wrong, or the account is closed; which one is not told.
    case refused
    /// The password is right, but was drawn by another officer so long ago that it opens nothing any more.
    case expired
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  /// The person who tries, from where and in which browser.
  struct Attempt: Sendable {
    let username: String
    let password: Personal<String>
    let address: [UInt8]
    /// The device's cookie as it came.
    let device: String?
    /// The session's cookie as it came, of the officer who is signed in in that browser already.
    var session: String?
    /// What the browser says of itself.
    var userAgent: String?
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let hasher: any PasswordHasher
  let keyed: any KeyedHash
  let sessions: Sessions
  let factors: FactorService
  var line = SignInLine()
  var watch: SignInWatch?

  private var proof: PasswordProof {
    PasswordProof(store: store, clock: clock, hasher: hasher, keyed: keyed, line: line, watch: watch)
  }

  /// Whether the officer whose name it is has signed in with that browser lately.
  func knows(_ attempt: Attempt) async throws -> Bool { try await proof.knows(attempt) }

  /// One try to sign in.
  func make(_ attempt: Attempt) async throws -> Result {
    let token = SessionToken(from: random)
    // A new one with each sign-in: no attacker shares a lane by planting a cookie.
    let device = SessionToken(from: random)
    let result = try await proof.check(attempt) { transaction, proven in
      try enter(token, device, proven, attempt, in: transaction)
    }
    sessions.forget()
    switch result {
    case .right(let result): return result
    case .wrong: return .refused
    case .wait(let wait): return .wait(wait)
    }
  }

  /// Begins a session: an open one, or one that waits for its second step.
  private func enter(
    _ token: SessionToken, _ device: SessionToken, _ proven: PasswordProof.Proven, _ attempt: Attempt,
    in transaction: borrowing Transaction
  ) throws -> Result {
    let account = proven.account
    guard !account.isInitialPasswordOver(at: proven.at) else {
      try note(.expired, proven, in: transaction)
      return .expired
    }
    if clock.doubt == nil { try SignInLog.forget(at: proven.at, in: transaction) }
    let stage: SessionStage = try factors.isSecondStepDue(account, in: transaction) ? .password : .open
    try SessionTable.open(
      sessions.hash(of: token), of: account.id, on: DeviceName(userAgent: attempt.userAgent), stage: stage,
      at: proven.at, in: transaction)
    // The browser loses the earlier token with this answer: that session could not be ended any more.
    _ = try sessions.end(attempt.session, at: proven.at, in: transaction)
    guard stage == .open else {
      try note(.halfway, proven, in: transaction)
      return .halfway(token, try factors.next(for: account, at: stage, in: transaction))
    }
    // Not before all is proven: a known browser has a lane of its own.
    try DeviceTable.note(
      PasswordProof.Claimant.hash(ofDevice: device, keyed: keyed), insteadOf: proven.claimant.deviceHash,
      of: account.id, at: proven.at, in: transaction)
    try note(.success, proven, in: transaction)
    return .opened(token, device: device, mustChangePassword: account.mustChangePassword)
  }

  private func note(
    _ outcome: SignInLog.Outcome, _ proven: PasswordProof.Proven, in transaction: borrowing Transaction
  ) throws {
    try SignInLog.append(
      outcome, account: proven.account.id, addressMark: proven.claimant.addressMark, at: proven.at, in: transaction)
  }
}
