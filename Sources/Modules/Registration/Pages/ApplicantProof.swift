import Contracts
import Core
import Web

/// Proof that a browser is the applicant's: a short-lived signed cookie for one application, set after applying or after
/// the date of birth was given.
struct ApplicantProof: Sendable {
  private let pass: ApplicationPass

  /// Two hours: long enough to fetch papers from a cupboard, too short for the next user of a shared telephone.
  init(hash: any KeyedHash, clock: any WallClock) {
    pass = ApplicationPass(hash: hash, clock: clock, for: "registration.applicant-proof", lifetime: .hours(2))
  }

  /// The cookie that proves it from now on.
  func cookie(for number: ApplicationNumber) -> Cookie {
    Cookie("pemohon", pass.issue(for: number), secondsToLive: Int(pass.lifetime.components.seconds))
  }

  /// Whether the request carries it.
  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    pass.holds(request.cookie("pemohon"), for: number)
  }
}
