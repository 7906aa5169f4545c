internal import Contracts
internal import Core
internal import Passkeys
internal import Store

/// Sets a passkey up as an officer's first factor, in a session that may do nothing else yet, and opens that session with it.
/// Where it stays the only one, no app is needed for anything.
struct FirstPasskey: Sendable {
  /// How it ended.
  enum Result: Sendable {
    /// The tokens for the session's and the device's cookies, and the codes on paper.
    case opened(OpenedTokens, codes: Personal<[String]>)
    case refused(PasskeyRefusal)
    /// The session is over, or may not set up a first factor.
    case gone
  }

  let enrolment: Enrolment
  let passkeys: PasskeyService

  /// Adds the passkey that was made in that session.
  ///
  /// - Throws: `Problem` `officers.no-passkeys`.
  func confirm(
    _ response: AttestationResponse, _ transports: [Passkey.Transport], named label: String, in token: SessionToken,
    _ attempt: SignIn.Attempt
  ) async throws -> Result {
    switch try passkeys.made(response, in: token) {
    case .refused(let refusal): return .refused(refusal)
    case .right(let new):
      let result = try await open(new, transports, named: label, in: token, attempt)
      enrolment.sessions.forget()
      return result
    }
  }

  private func open(
    _ new: NewCredential, _ transports: [Passkey.Transport], named label: String, in token: SessionToken,
    _ attempt: SignIn.Attempt
  ) async throws -> Result {
    let sessions = enrolment.sessions
    let (hash, tokens) = (sessions.hash(of: token), OpenedTokens(from: enrolment.random))
    let (codes, now) = (RecoveryCode.draw(from: enrolment.random), enrolment.clock.now)
    let claimant = PasswordProof.Claimant(attempt, keyed: sessions.keyed)
    return try await enrolment.store.write { transaction -> Result in
      guard let session = try sessions.session(hash, in: transaction), session.isOpen(at: now),
        session.stage == .password, try enrolment.mayEnrol(session, in: transaction)
      else { return .gone }
      let account = session.account.id
      let refusal = try passkeys.insert(new, transports, named: label, of: account, at: now, in: transaction)
      if let refusal { return .refused(refusal) }
      try enrolment.factors.insert(codes, of: account, at: now, in: transaction)
      try sessions.open(hash, as: tokens, of: account, by: claimant, at: now, .success, in: transaction)
      return .opened(tokens, codes: codes)
    }
  }
}
