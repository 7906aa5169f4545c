internal import Passkeys
internal import Web

/// The pages, by what they are about.
extension OfficersModule {
  private var offer: PasskeyOffer? { passkeySignIn.map { PasskeyOffer(origin: $0.check.verifier.party.origin) } }
  private var check: FactorCheck { gatekeeper.proof.form.proof.password.check }

  /// Signing in and out, and the second step.
  var wayInRoutes: [Route] {
    let step = SecondStep(
      store: staff.store, clock: staff.clock, random: staff.random, sessions: sessions, check: check)
    return SignInPages(signIn: signIn, sessions: sessions, factors: factors, passkeys: offer).routes()
      + (passkeySignIn.map { PasskeySignInPages(signIn: $0).routes() } ?? [])
      + SecondStepPages(step: step, factors: factors, sessions: sessions, signIn: signIn, passkeys: offer).routes()
  }

  /// With what officers sign in, their own and their colleagues'.
  var factorRoutes: [Route] {
    let enrolment = Enrolment(
      store: staff.store, clock: staff.clock, random: staff.random, sessions: sessions, check: check, factors: factors)
    let resets = FactorResetPages(reset: factorReset, staff: staff)
    return PasswordPages(staff: staff, sessions: sessions).routes()
      + PasskeyPages(service: passkeys, factors: factors).routes()
      + EnrolmentPages(
        enrolment: enrolment, factors: factors, sessions: sessions,
        passkey: FirstPasskey(enrolment: enrolment, passkeys: passkeys)
      ).routes()
      + FactorPages(factors: factors, staff: staff).routes()
      + StaffPages(staff: staff, seats: seats, factors: factors, resets: resets).routes() + resets.routes()
  }

  /// Sessions, their locks, and proofs.
  var sessionRoutes: [Route] {
    let lock = gatekeeper.lock.lock
    return LockPages(question: gatekeeper.lock).routes() + ProofPages(question: gatekeeper.proof).routes()
      + SessionPages(sessions: sessions, lock: lock, seats: seats).routes()
      + ColleagueSessionPages(sessions: sessions, seats: seats).routes() + PINPages(lock: lock).routes()
  }
}
