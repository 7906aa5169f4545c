internal import Contracts
internal import Core
internal import Store

/// The second step of signing in: a session whose password was right is opened by a code.
struct SecondStep: Sendable {
  /// After so many wrong codes the session ends, and the password is asked for again.
  static let failureCountMax = 5

  /// How a try ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies.
    case opened(OpenedTokens)
    case wrong
    /// So was this one, and it was the last.
    case ended
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
    /// No session waits for a code: it is over, or open already.
    case gone
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let sessions: Sessions
  let check: FactorCheck

  /// One try.
  ///
  /// - Parameter attempt: the session's and the device's cookies, the address, and whose session it is.
  func take(_ code: Personal<String>, _ attempt: SignIn.Attempt) async throws -> Result {
    guard let held = attempt.session.flatMap(SessionToken.init) else { return .gone }
    let (hash, tokens) = (sessions.hash(of: held), OpenedTokens(from: random))
    let claimant = PasswordProof.Claimant(attempt, keyed: sessions.keyed)
    let now = clock.now
    let result = try await store.write { transaction -> Result in
      guard let session = try sessions.session(hash, in: transaction), session.stage == .password,
        session.isOpen(at: now)
      else { return .gone }
      let account = session.account.id
      switch try check.check(code, of: account, by: claimant, at: now, in: transaction) {
      case .right(let kind):
        try sessions.open(
          hash, as: tokens, of: account, by: claimant, at: now, kind == .recovery ? .recovery : .success,
          in: transaction)
        return .opened(tokens)
      case .wrong: return try fail(hash, of: account, by: claimant, at: now, in: transaction)
      case .wait(let wait):
        try SignInLog.append(.waiting, account: account, addressMark: claimant.addressMark, at: now, in: transaction)
        return .wait(wait)
      }
    }
    sessions.forget()
    return result
  }

  private func fail(
    _ hash: [UInt8], of account: OfficerID, by claimant: PasswordProof.Claimant, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Result {
    try SignInLog.append(.wrongCode, account: account, addressMark: claimant.addressMark, at: now, in: transaction)
    guard try SessionTable.countTry(hash, in: transaction) >= Self.failureCountMax else { return .wrong }
    try SessionTable.end(hash, in: transaction)
    return .ended
  }
}
