internal import Core
internal import Web

/// Stands between officers' requests and their routes: knows the sessions, opens locked ones, asks for fresh proofs.
struct SessionGatekeeper: Gatekeeper {
  let sessions: Sessions
  let lock: LockQuestion
  let proof: ProofQuestion

  init(_ staff: StaffService, _ factors: FactorService, proof: OwnProof) {
    let (sessions, form) = (staff.sessions, OwnProofForm(proof: proof, factors: factors))
    self.sessions = sessions
    lock = LockQuestion(
      sessions: sessions,
      lock: SessionLock(sessions: sessions, random: staff.random, hasher: staff.hasher, proof: proof), form: form)
    self.proof = ProofQuestion(
      sessions: sessions, proof: FreshProof(sessions: sessions, random: staff.random, proof: proof), form: form)
  }

  func officer(holding token: String) async throws -> SignedInOfficer? {
    try await sessions.officer(holding: token)
  }

  func standing(of token: String, isAct: Bool) async throws -> SessionStanding {
    guard let session = try await sessions.held(token), session.stage == .open else { return .over }
    let now = sessions.clock.now
    if session.isLocked(at: now) { return .locked }
    guard let officer = try await sessions.officer(holding: token, isAct: isAct) else { return .over }
    return .open(officer, isProven: session.isProven(at: now))
  }

  func unlock(_ request: Request) async throws -> ProofAnswer { try await lock.answer(request) }

  func prove(_ request: Request) async throws -> ProofAnswer { try await proof.answer(request) }
}
