internal import Contracts
internal import Core
internal import Passkeys
internal import Store

/// Lets officers in who show a passkey, without a name typed, or in the place of a code once their password was right. The
/// authenticator has made sure whose hand it is in, so it is both factors in one. What others have failed at holds it up
/// nowhere, and what is wrong is not written down: a signature cannot be guessed, and strangers could fill the tables.
struct PasskeySignIn: Sendable {
  /// How a try ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies, and whether the password must be changed first.
    case opened(OpenedTokens, mustChangePassword: Bool)
    case refused(PasskeyRefusal)
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let sessions: Sessions
  let check: PasskeyCheck

  /// What a browser is to be asked.
  func options(in browser: SessionToken) -> PasskeyRequestOptions {
    PasskeyRequestOptions(
      challenge: check.challenges.fresh(for: .signIn, in: browser.exposed), for: check.verifier.party)
  }

  /// One try to sign in.
  ///
  /// - Parameters:
  ///   - attempt: from where and in which browser; its name and password are empty.
  ///   - browser: for which the challenge was made.
  func make(
    _ response: AssertionResponse, _ attempt: SignIn.Attempt, in browser: SessionToken
  ) async throws -> Result {
    let found = try await store.read { snapshot in
      try PasskeyTable.passkey(response.credentialID, heldBy: response.userHandle, in: snapshot)
    }
    guard let found else { return .refused(.unknown) }
    let shown: VerifiedAssertion
    do throws(PasskeyFailure) {
      shown = try check.assertion(in: response, by: found, for: .signIn, in: browser.exposed)
    } catch {
      return .refused(PasskeyRefusal(error))
    }
    let claimant = PasswordProof.Claimant(attempt, keyed: sessions.keyed)
    let (tokens, now) = (OpenedTokens(from: random), clock.now)
    let result = try await store.write { transaction -> Result in
      switch try check.take(shown, of: found.factor, by: claimant, at: now, in: transaction) {
      case .refused(let refusal): return .refused(refusal)
      case .right(let account):
        try open(account, as: tokens, attempt, by: claimant, at: now, in: transaction)
        return .opened(tokens, mustChangePassword: account.mustChangePassword)
      }
    }
    sessions.forget()
    return result
  }

  /// Begins a session of which all is proven. One that the browser had, also one whose second step was still to be done, ends.
  private func open(
    _ account: Account, as tokens: OpenedTokens, _ attempt: SignIn.Attempt, by claimant: PasswordProof.Claimant,
    at now: Instant, in transaction: borrowing Transaction
  ) throws {
    if clock.doubt == nil { try SignInLog.forget(at: now, in: transaction) }
    try SessionTable.open(
      sessions.hash(of: tokens.session), of: account.id, on: DeviceName(userAgent: attempt.userAgent), stage: .open,
      at: now, in: transaction)
    _ = try sessions.end(attempt.session, at: now, in: transaction)
    try DeviceTable.note(
      PasswordProof.Claimant.hash(ofDevice: tokens.device, keyed: sessions.keyed), insteadOf: claimant.deviceHash,
      of: account.id, at: now, in: transaction)
    try SignInLog.append(
      .success, account: account.id, addressMark: claimant.addressMark, at: now, in: transaction)
  }
}
