internal import Contracts
internal import Core
internal import Store

/// Locks sessions, and opens them again for the officers whose they are. What an officer does at a counter stays as it is
/// meanwhile: the person in hand, the number, the promise.
struct SessionLock: Sendable {
  /// Wrong PINs, after which the session ends and its officer signs in anew.
  static let tryCountMax = 5

  /// How a try to open a session ended.
  enum Opening: Sendable {
    /// The session's new token.
    case opened(SessionToken)
    /// The PIN is wrong, and so many tries are left.
    case wrongPIN(left: Int)
    /// So is the own proof.
    case refused(OwnRefusal)
    /// Too many wrong PINs, or the session has ended otherwise.
    case ended
  }

  let sessions: Sessions
  let random: any RandomSource
  let hasher: any PasswordHasher
  let proof: OwnProof

  /// Locks the session of that token.
  ///
  /// - Returns: its new token; nil where there is none.
  func lock(_ text: String?) async throws -> SessionToken? {
    guard let token = text.flatMap(SessionToken.init) else { return nil }
    let renewed = SessionToken(from: random)
    let (old, new) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let isDone = try await sessions.store.write { try SessionTable.lock(old, as: new, in: $0) }
    sessions.forget()
    return isDone ? renewed : nil
  }

  /// Whether the officer has a PIN.
  func hasPIN(_ account: OfficerID) async throws -> Bool {
    try await sessions.store.read { try PINTable.hash(of: account, in: $0) } != nil
  }

  /// Sets the officer's own PIN, which is one by the rule.
  func setPIN(_ digits: Personal<String>, of account: OfficerID, by principal: Principal) async throws {
    let hash = try await hasher.hash(digits)
    let now = sessions.clock.now
    try await sessions.store.write { transaction in
      try PINTable.set(hash, of: account, at: now, in: transaction)
      try transaction.append(
        Event(kind: "officer.pin-set", entity: "officer:\(account)", payload: "{\"by\":\"\(principal)\"}"))
    }
  }

  /// Opens the session of that token with its officer's PIN.
  func open(_ token: SessionToken, pin: Personal<String>) async throws -> Opening {
    let hash = sessions.hash(of: token)
    // Counted before the PIN is compared, so that many tries at the same time cannot slip past the count.
    let (count, kept) = try await sessions.store.write { transaction -> (Int, String?) in
      guard let session = try sessions.session(hash, in: transaction) else { return (.max, nil) }
      let count = try SessionTable.countTry(hash, in: transaction)
      return (count, try PINTable.hash(of: session.account.id, in: transaction))
    }
    if count <= Self.tryCountMax, try await hasher.verify(pin, against: kept, in: .officer) {
      return try await opened(token)
    }
    guard count < Self.tryCountMax else {
      _ = try await sessions.end(token.exposed)
      return .ended
    }
    return .wrongPIN(left: Self.tryCountMax - count)
  }

  private func opened(_ token: SessionToken) async throws -> Opening {
    let renewed = SessionToken(from: random)
    let (old, new, now) = (sessions.hash(of: token), sessions.hash(of: renewed), sessions.clock.now)
    let isDone = try await sessions.store.write { try SessionTable.unlock(old, as: new, at: now, in: $0) }
    sessions.forget()
    return isDone ? .opened(renewed) : .ended
  }

  /// Opens the session of that token with its officer's own proof. A wrong password counts as a failure to sign in does.
  func open(_ token: SessionToken, of session: Session, _ answer: OwnAnswer) async throws -> Opening {
    let renewed = SessionToken(from: random)
    let (old, new) = (sessions.hash(of: token), sessions.hash(of: renewed))
    let verdict = try await proof.isRight(answer, of: session) { transaction, now in
      try SessionTable.unlock(old, as: new, at: now, in: transaction)
    }
    sessions.forget()
    switch verdict {
    case .right(let isDone): return isDone ? .opened(renewed) : .ended
    case .refused(let refusal): return .refused(refusal)
    }
  }
}
