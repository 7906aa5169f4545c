internal import Contracts
internal import Core
internal import Store

/// Lets officers in: has the password proven, opens a session, and writes down how it went.
struct SignIn: Sendable {
  /// How a try ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies, and whether the password must be changed first.
    case opened(SessionToken, device: SessionToken, mustChangePassword: Bool)
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
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let hasher: any PasswordHasher
  let keyed: any KeyedHash
  let sessions: Sessions
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
      let isOver = proven.account.isInitialPasswordOver(at: proven.at)
      if !isOver { try open(token, device, proven, insteadOf: attempt.session, in: transaction) }
      try SignInLog.append(
        isOver ? .expired : .success, account: proven.account.id, addressMark: proven.claimant.addressMark,
        at: proven.at, in: transaction)
      return isOver
        ? Result.expired
        : .opened(token, device: device, mustChangePassword: proven.account.mustChangePassword)
    }
    sessions.forget()
    switch result {
    case .right(let result): return result
    case .wrong: return .refused
    case .wait(let wait): return .wait(wait)
    }
  }

  private func open(
    _ token: SessionToken, _ device: SessionToken, _ proven: PasswordProof.Proven, insteadOf earlier: String?,
    in transaction: borrowing Transaction
  ) throws {
    if clock.doubt == nil { try SignInLog.forget(at: proven.at, in: transaction) }
    try SessionTable.open(sessions.hash(of: token), of: proven.account.id, at: proven.at, in: transaction)
    // The browser loses the earlier token with this answer: that session could not be ended any more.
    _ = try sessions.end(earlier, at: proven.at, in: transaction)
    try DeviceTable.note(
      PasswordProof.Claimant.hash(ofDevice: device, keyed: keyed), insteadOf: proven.claimant.deviceHash,
      of: proven.account.id, at: proven.at, in: transaction)
  }
}
