import Contracts
import Core
import Web

/// Proof that a browser has given number and date of birth: a signed cookie that holds for as long as somebody reads and
/// decides, on a telephone that may be shared.
struct PersonProof: Sendable {
  private let pass: ApplicationPass

  init(hash: any KeyedHash, clock: any WallClock) {
    pass = ApplicationPass(hash: hash, clock: clock, for: "privacy.person-proof", lifetime: .minutes(30))
  }

  func cookie(for number: ApplicationNumber) -> Cookie {
    Cookie("datasaya", pass.issue(for: number), secondsToLive: Int(pass.lifetime.components.seconds))
  }

  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    pass.holds(request.cookie("datasaya"), for: number)
  }
}
