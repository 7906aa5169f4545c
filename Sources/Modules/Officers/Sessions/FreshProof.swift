internal import Core
internal import Store

/// What an officer proves anew before acts that a console left open must not give away.
struct FreshProof: Sendable {
  /// So long a proof is fresh; signing in is one.
  static let ageMax = Duration.minutes(5)

  let sessions: Sessions
  let random: any RandomSource
  let proof: OwnProof

  /// Takes the officer's own proof for the session of that token. A wrong password counts as a failure to sign in does.
  ///
  /// - Returns: the session's new token.
  /// - Throws: `Problem` `sign-in-needed` where the session has just ended.
  func give(
    _ answer: OwnAnswer, in token: SessionToken, of session: Session
  ) async throws -> OwnVerdict<SessionToken> {
    let renewed = SessionToken(from: random)
    let (old, new) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let verdict = try await proof.isRight(answer, of: session) { transaction, now in
      guard try SessionTable.prove(old, as: new, at: now, in: transaction) else {
        throw Problem(.signInNeeded, "sign-in-needed")
      }
      return renewed
    }
    sessions.forget()
    return verdict
  }
}
