internal import Contracts
internal import Core
internal import Store

extension Sessions {
  /// Ends the session of that token.
  ///
  /// - Returns: the officer whose it was; nil when there was none.
  func end(_ text: String?) async throws -> Session? {
    guard text.flatMap(SessionToken.init) != nil else { return nil }
    let now = clock.now
    let session = try await store.write { try end(text, at: now, in: $0) }
    forget()
    return session
  }

  /// The same in a transaction, after which `forget` must follow.
  func end(_ text: String?, at now: Instant, in transaction: borrowing Transaction) throws -> Session? {
    guard let token = text.flatMap(SessionToken.init) else { return nil }
    let hash = hash(of: token)
    guard let session = try self.session(hash, in: transaction) else { return nil }
    try SessionTable.end(hash, in: transaction)
    // One that has shown the password only was not signed in.
    if session.stage == .open {
      try SignInLog.append(.signOut, account: session.account.id, addressMark: "", at: now, in: transaction)
    }
    try tellIfGone(session.account.id, with: [session], at: now, in: transaction)
    return session
  }

  /// Ends sessions of an account from another browser: it is out with its next request.
  ///
  /// - Parameters:
  ///   - chosen: which of them end.
  ///   - principal: the account's own officer, or one with the right to accounts.
  /// - Returns: how many have ended.
  /// - Throws: `Problem` `forbidden`.
  func end(
    of account: OfficerID, by principal: Principal, _ chosen: @escaping @Sendable (Session) -> Bool
  ) async throws -> Int {
    if principal.officerID != account { try principal.require(.accounts) }
    let now = clock.now
    let count = try await store.write { transaction in
      let ended = try SessionTable.all(of: account, demands(of:), in: transaction).filter(chosen)
      for session in ended {
        try SessionTable.end(session.id, in: transaction)
        guard session.stage == .open else { continue }
        try SignInLog.append(.signOut, account: account, addressMark: "", at: now, in: transaction)
      }
      guard !ended.isEmpty else { return 0 }
      try transaction.append(
        Event(kind: "officer.sessions-ended", entity: "officer:\(account)", payload: "{\"by\":\"\(principal)\"}"))
      try tellIfGone(account, with: ended, at: now, in: transaction)
      return ended.count
    }
    forget()
    return count
  }

  /// Ends every session of an account, after which `forget` must follow: with each change of what it may do or how it is
  /// proven, so that no token outlives the rights for which it was given.
  func endAll(of account: OfficerID, in transaction: borrowing Transaction) throws {
    try SessionTable.endAll(of: account, in: transaction)
    try ends?.tell(.officer(account, .signedOut), in: transaction)
  }

  /// An officer with no session left is not at any counter; one who has shown the password only was never there.
  private func tellIfGone(
    _ account: OfficerID, with ended: [Session], at now: Instant, in transaction: borrowing Transaction
  ) throws {
    guard ended.contains(where: { $0.stage == .open }) else { return }
    if try !isAttended(account, at: now, in: transaction) {
      try ends?.tell(.officer(account, .signedOut), in: transaction)
    }
  }
}
