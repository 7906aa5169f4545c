internal import Core
internal import Store

/// What an officer proves anew before acts that a console left open must not give away.
struct FreshProof: Sendable {
  /// So long a proof is fresh; signing in is one.
  static let ageMax = Duration.minutes(5)

  /// How a proof ended.
  enum Result: Sendable {
    /// The session's new token.
    case given(SessionToken)
    case wrong
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  let sessions: Sessions
  let random: any RandomSource
  let proof: PasswordProof

  /// Takes the officer's own password as the proof, for the session of that token. A wrong one counts as a failure to sign in
  /// does.
  func give(_ attempt: SignIn.Attempt, in token: SessionToken) async throws -> Result {
    let renewed = SessionToken(from: random)
    let (old, new) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let result = try await proof.check(attempt, wrong: .wrongAgain) { transaction, proven in
      try SessionTable.prove(old, as: new, at: proven.at, in: transaction)
    }
    sessions.forget()
    switch result {
    case .right(let isDone):
      guard isDone else { throw Problem(.signInNeeded, "sign-in-needed") }
      return .given(renewed)
    case .wrong: return .wrong
    case .wait(let wait): return .wait(wait)
    }
  }
}
