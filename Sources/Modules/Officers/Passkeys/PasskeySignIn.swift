internal import Contracts
internal import Core
internal import Passkeys
internal import Store

/// Lets officers in who show a passkey, without a name typed. The authenticator has made sure whose hand it is in, so it is
/// both factors in one. What others have failed at holds it up nowhere, and what is wrong is not written down: a signature
/// cannot be guessed, and strangers could fill the tables.
struct PasskeySignIn: Sendable {
  /// How a try ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies, and whether the password must be changed first.
    case opened(SessionToken, device: SessionToken, mustChangePassword: Bool)
    case refused(PasskeyRefusal)
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let keyed: any KeyedHash
  let sessions: Sessions
  let challenges: PasskeyChallenges
  let verifier: PasskeyVerifier

  /// What a browser is to be asked.
  func options(in browser: SessionToken) -> PasskeyRequestOptions {
    PasskeyRequestOptions(
      challenge: challenges.fresh(for: .signIn, in: browser.exposed), for: verifier.party)
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
      shown = try verifier.assertion(in: response, by: CredentialKey(cose: found.cose)) {
        challenges.isOurs($0, for: .signIn, in: browser.exposed)
      }
    } catch {
      return .refused(PasskeyRefusal(error))
    }
    let visit = Visit(
      claimant: PasswordProof.Claimant(attempt, keyed: keyed), name: DeviceName(userAgent: attempt.userAgent),
      earlierSession: attempt.session,
      token: SessionToken(from: random), device: SessionToken(from: random), at: clock.now)
    let result = try await store.write { try settle(found.factor, shown, visit, in: $0) }
    sessions.forget()
    return result
  }

  /// Where a right signature came from, and what its browser is to be given.
  private struct Visit: Sendable {
    let claimant: PasswordProof.Claimant
    let name: DeviceName
    let earlierSession: String?
    let token: SessionToken
    let device: SessionToken
    let at: Instant
  }

  private func settle(
    _ factor: Factor, _ shown: VerifiedAssertion, _ visit: Visit, in transaction: borrowing Transaction
  ) throws -> Result {
    guard try PasskeyChallenges.spend(shown.challenge, at: visit.at, in: transaction) else { return .refused(.late) }
    // It may have been removed, or have counted on, while the signature was being checked.
    guard let passkey = try PasskeyTable.passkey(factor.id, of: factor.account, in: transaction),
      let account = try AccountTable.account(factor.account, in: transaction)
    else { return .refused(.unknown) }
    guard !account.isDisabled else {
      try log(.disabled, account, visit, in: transaction)
      return .refused(.unknown)
    }
    guard passkey.copiedAt == nil, shown.countsOn(from: passkey.signCount) else {
      try PasskeyTable.distrust(factor.id, at: visit.at, in: transaction)
      try log(.copied, account, visit, in: transaction)
      if passkey.copiedAt == nil {
        try transaction.append(PasskeyService.event("officer.passkey-copied", account.id))
      }
      return .refused(.copied)
    }
    try PasskeyTable.use(factor.id, shown, at: visit.at, in: transaction)
    try open(account, visit, in: transaction)
    return .opened(visit.token, device: visit.device, mustChangePassword: account.mustChangePassword)
  }

  private func open(_ account: Account, _ visit: Visit, in transaction: borrowing Transaction) throws {
    if clock.doubt == nil { try SignInLog.forget(at: visit.at, in: transaction) }
    try SessionTable.open(
      sessions.hash(of: visit.token), of: account.id, on: visit.name, stage: .open, at: visit.at, in: transaction)
    _ = try sessions.end(visit.earlierSession, at: visit.at, in: transaction)
    try DeviceTable.note(
      PasswordProof.Claimant.hash(ofDevice: visit.device, keyed: keyed), insteadOf: visit.claimant.deviceHash,
      of: account.id, at: visit.at, in: transaction)
    try log(.success, account, visit, in: transaction)
  }

  private func log(
    _ outcome: SignInLog.Outcome, _ account: Account, _ visit: Visit, in transaction: borrowing Transaction
  ) throws {
    try SignInLog.append(
      outcome, account: account.id, addressMark: visit.claimant.addressMark, at: visit.at, in: transaction)
  }
}
