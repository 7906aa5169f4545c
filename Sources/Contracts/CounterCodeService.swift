public import Core

/// Codes of six digits that officers hand out at a counter after looking at an identity document.
///
/// A number and a date of birth are known to many; a person who comes with a code has been seen by an officer.
public protocol CounterCodeService: Sendable {
  /// Takes the code of an application; it holds for a short time and opens once.
  ///
  /// - Throws: `Problem` `counter-code.wrong`, the same for an unknown number, another code and one that was used or has
  ///   run out; `look-up.too-many` for a client that has missed too often (`LookUpGuard`).
  func redeem(_ code: Personal<String>, for number: ApplicationNumber, from client: LookUpClient) async throws
}

extension CasePass {
  /// The cookie that holds the pass of a browser whose reader is the applicant.
  public static let applicantCookie: StaticString = "pemohon"

  /// The pass of the browser that applied, or into which a counter's code was typed. A day: long enough to fetch papers
  /// from home, too short for a telephone that is handed on.
  public static func ofApplicant(hash: any KeyedHash, clock: any WallClock) -> CasePass {
    CasePass(hash: hash, clock: clock, for: "registration.applicant-proof", lifetime: .hours(24))
  }
}
