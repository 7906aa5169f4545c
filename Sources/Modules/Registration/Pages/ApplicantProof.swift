import Contracts
import Core
import Web

/// Proof that a browser is the applicant's: a signed cookie for its applications, set after applying or after a counter's
/// code was typed.
struct ApplicantProof: Sendable {
  private let pass: CasePass

  init(hash: any KeyedHash, clock: any WallClock) { pass = .ofApplicant(hash: hash, clock: clock) }

  /// The cookie that proves it from now on, besides what the browser has proven before: a person may apply for a family.
  func cookie(for number: ApplicationNumber, in request: Request) -> Cookie {
    Cookie(
      CasePass.applicantCookie, pass.issue(for: number, besides: request.cookie(CasePass.applicantCookie)),
      secondsToLive: Int(pass.lifetime.components.seconds))
  }

  /// Whether the request carries it.
  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    pass.holds(request.cookie(CasePass.applicantCookie), for: number)
  }
}

extension ApplicationAccess {
  /// The cookie by which the browser has the application open for a while.
  func cookie(for application: OpenedApplication, in request: Request) -> Cookie {
    Cookie(
      Self.cookie, pass.issue(for: application.number, besides: request.cookie(Self.cookie)),
      secondsToLive: Int(pass.lifetime.components.seconds))
  }
}
