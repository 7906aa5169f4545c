import Contracts
import Core
import Web

/// Proof that a browser is the applicant's: a signed cookie for one application, set after applying or after a counter's
/// code was typed.
struct ApplicantProof: Sendable {
  private let pass: CasePass

  init(hash: any KeyedHash, clock: any WallClock) { pass = .ofApplicant(hash: hash, clock: clock) }

  /// The cookie that proves it from now on.
  func cookie(for number: ApplicationNumber) -> Cookie {
    Cookie(
      CasePass.applicantCookie, pass.issue(for: number),
      secondsToLive: Int(pass.lifetime.components.seconds))
  }

  /// Whether the request carries it.
  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    pass.holds(request.cookie(CasePass.applicantCookie), for: number)
  }
}
