internal import Core
internal import Store

/// The tokens of a session that has just been opened.
struct OpenedTokens: Sendable {
  let session: SessionToken
  /// New with each sign-in: no attacker shares a lane by planting a cookie.
  let device: SessionToken

  init(from random: any RandomSource) {
    session = SessionToken(from: random)
    device = SessionToken(from: random)
  }
}

extension Sessions {
  /// Opens a session whose second step is done, under a new token; the browser is a known one from now on. `forget` must
  /// follow.
  ///
  /// - Parameter hash: of the token that it has had so far.
  func open(
    _ hash: [UInt8], as tokens: OpenedTokens, of account: OfficerID, by claimant: PasswordProof.Claimant,
    at now: Instant, _ outcome: SignInLog.Outcome, in transaction: borrowing Transaction
  ) throws {
    try SessionTable.finish(hash, as: self.hash(of: tokens.session), of: account, at: now, in: transaction)
    try DeviceTable.note(
      PasswordProof.Claimant.hash(ofDevice: tokens.device, keyed: keyed), insteadOf: claimant.deviceHash,
      of: account, at: now, in: transaction)
    try SignInLog.append(
      outcome, account: account, addressMark: claimant.addressMark, at: now, in: transaction)
  }

  /// The session of that token where it may change its account's password: not before the second step is done, where there
  /// is one.
  func passwordSession(holding text: String?) async throws -> Session? {
    guard let session = try await session(holding: text) else { return nil }
    guard session.stage == .password else { return session }
    let account = session.account.id
    return try await store.read { try FactorTable.hasAny(of: account, in: $0) } ? nil : session
  }
}
