internal import Contracts
internal import Core
internal import Passkeys
internal import Store

/// The passkeys that officers have: how one is made, named and looked at.
struct PasskeyService: Sendable {
  /// A key at the counter, one at home, a telephone, and some more; a list that an officer oversees.
  static let countMaxPerAccount = 10
  /// 256 random bits; authenticators take 64 bytes at most.
  private static let handleByteCount = 32

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let challenges: PasskeyChallenges
  /// Nil where the office's address is none for which browsers have passkeys.
  let verifier: PasskeyVerifier?

  func all(of account: OfficerID) async throws -> [Passkey] {
    try await store.read { try PasskeyTable.all(of: account, in: $0) }
  }

  /// Whether one of them went back in its count.
  func hasCopied(of account: OfficerID) async throws -> Bool {
    try await all(of: account).contains { $0.copiedAt != nil }
  }

  /// - Throws: `Problem` `officers.unknown-passkey`.
  func passkey(_ factor: Int64, of account: OfficerID) async throws -> Passkey {
    guard let passkey = try await store.read({ try PasskeyTable.passkey(factor, of: account, in: $0) }) else {
      throw Self.unknown
    }
    return passkey
  }

  /// What a browser is to be asked for a new one of that account.
  ///
  /// - Parameter session: the token of the officer's session, in which alone the answer is taken.
  /// - Throws: `Problem` `officers.no-passkeys`, `officers.too-many-passkeys`.
  func options(
    of officer: OfficerID, in session: SessionToken, office: String
  ) async throws -> PasskeyCreationOptions {
    guard let verifier else { throw Self.unavailable }
    let challenge = challenges.fresh(for: .add, in: session.exposed)
    let fresh = random.bytes(Self.handleByteCount)
    return try await store.write { transaction in
      guard let account = try AccountTable.account(officer, in: transaction) else {
        throw Problem(.notFound, "officers.unknown-account")
      }
      let known = try PasskeyTable.all(of: officer, in: transaction)
      guard known.count < Self.countMaxPerAccount else { throw Self.tooMany }
      return PasskeyCreationOptions(
        challenge: challenge, for: verifier.party, office: office, account: account,
        handle: try PasskeyTable.handle(of: officer, drawing: fresh, in: transaction), known: known)
    }
  }

  /// Adds the passkey that was made.
  ///
  /// - Returns: nil where it is there now.
  /// - Throws: `Problem` `officers.no-passkeys`, `officers.too-many-passkeys`.
  func add(
    _ response: AttestationResponse, _ transports: [Passkey.Transport], named label: String, of officer: OfficerID,
    in session: SessionToken
  ) async throws -> PasskeyRefusal? {
    let now = clock.now
    switch try made(response, in: session) {
    case .refused(let refusal): return refusal
    case .right(let new):
      return try await store.write { transaction -> PasskeyRefusal? in
        try insert(new, transports, named: label, of: officer, at: now, in: transaction)
      }
    }
  }

  /// What a browser gave of a new passkey, its form and its challenge checked.
  enum Made: Sendable {
    case right(NewCredential)
    case refused(PasskeyRefusal)
  }

  /// - Throws: `Problem` `officers.no-passkeys`.
  func made(_ response: AttestationResponse, in session: SessionToken) throws -> Made {
    guard let verifier else { throw Self.unavailable }
    do throws(PasskeyFailure) {
      return .right(
        try verifier.newCredential(in: response) { challenges.isOurs($0, for: .add, in: session.exposed) })
    } catch {
      return .refused(PasskeyRefusal(error))
    }
  }

  /// Keeps the passkey that was made; its challenge is answered once.
  ///
  /// - Returns: nil where it is there now.
  /// - Throws: `Problem` `officers.too-many-passkeys`.
  func insert(
    _ new: NewCredential, _ transports: [Passkey.Transport], named label: String, of officer: OfficerID,
    at now: Instant, in transaction: borrowing Transaction
  ) throws -> PasskeyRefusal? {
    guard try PasskeyChallenges.spend(new.challenge, at: now, in: transaction) else { return .late }
    guard try PasskeyTable.all(of: officer, in: transaction).count < Self.countMaxPerAccount else {
      throw Self.tooMany
    }
    guard try PasskeyTable.insert(new, transports, of: officer, label: label, at: now, in: transaction) else {
      return .known
    }
    try transaction.append(Self.event("officer.passkey-added", officer))
    return nil
  }

  /// - Throws: `Problem` `officers.unknown-passkey`.
  func rename(_ factor: Int64, of officer: OfficerID, as label: String) async throws {
    try await store.write { transaction in
      guard try PasskeyTable.passkey(factor, of: officer, in: transaction) != nil else { throw Self.unknown }
      try PasskeyTable.rename(factor, of: officer, as: label, in: transaction)
    }
  }

  static func event(_ kind: EventKind, _ officer: OfficerID) -> Event {
    Event(kind: kind, entity: "officer:\(officer)")
  }

  private static var unknown: Problem { Problem(.notFound, "officers.unknown-passkey") }

  private static var tooMany: Problem {
    Problem(.conflict, "officers.too-many-passkeys", ["count": String(countMaxPerAccount)])
  }

  private static var unavailable: Problem { Problem(.notFound, "officers.no-passkeys") }
}
