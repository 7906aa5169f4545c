import Contracts
import Core
import Web

/// Proof that a browser's reader is the applicant, who has just applied or typed a counter's code: a signed cookie that
/// holds for as long as a person reads and decides, on a telephone that may be shared.
struct PersonProof: Sendable {
  /// A person who applied longer ago than that has perhaps handed the telephone on.
  private static let freshness = Duration.hours(2)

  private let pass: CasePass
  private let applicant: CasePass

  init(hash: any KeyedHash, clock: any WallClock) {
    pass = CasePass(hash: hash, clock: clock, for: "privacy.person-proof", lifetime: .minutes(30))
    applicant = .ofApplicant(hash: hash, clock: clock)
  }

  /// Whether the browser has applied, or taken a code for the documents, just now.
  func isFreshApplicant(in request: Request, for number: ApplicationNumber) -> Bool {
    applicant.holds(
      request.cookie(CasePass.applicantCookie), for: number, issuedWithin: Self.freshness)
  }

  func cookie(for number: ApplicationNumber) -> Cookie {
    Cookie("datasaya", pass.issue(for: number), secondsToLive: Int(pass.lifetime.components.seconds))
  }

  /// Takes the proof away again, and what would give it anew unasked, with all that is open in this browser.
  func removed(by response: Response) -> Response {
    response.setting(.removing("datasaya")).setting(.removing(CasePass.applicantCookie))
      .setting(.removing(ApplicationAccess.cookie))
  }

  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    pass.holds(request.cookie("datasaya"), for: number)
  }
}
