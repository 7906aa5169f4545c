import Contracts
import Core
import Web

/// Proof that a browser is the applicant's: a short-lived signed cookie for one application, set after applying or after
/// the date of birth was given.
///
/// `NUMBER.EXPIRY.MAC`, the number as a plain one, since its check symbol may be one that no cookie holds: nothing is kept on the server, and a stolen one opens one application's uploads for two hours.
struct ApplicantProof: Sendable {
  /// Long enough to fetch papers from a cupboard, too short for the next user of a shared telephone.
  private static let lifetime = Duration.hours(2)
  /// 128 bits.
  private static let macByteCount = 16

  let hash: any KeyedHash
  let clock: any WallClock

  /// The cookie that proves it from now on.
  func cookie(for number: ApplicationNumber) -> Cookie {
    let expiry = clock.now + Self.lifetime
    return Cookie(
      "pemohon", "\(number.value).\(expiry.milliseconds).\(mac(number, expiry))",
      secondsToLive: Int(Self.lifetime.components.seconds))
  }

  /// Whether the request carries it.
  func isGiven(in request: Request, for number: ApplicationNumber) -> Bool {
    let parts = (request.cookie("pemohon") ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == String(number.value), let milliseconds = Int64(parts[1]) else { return false }
    let expiry = Instant(milliseconds: milliseconds)
    guard clock.now < expiry, expiry - clock.now <= Self.lifetime else { return false }
    let (sent, right) = (Array(parts[2].utf8), Array(mac(number, expiry).utf8))
    guard sent.count == right.count else { return false }
    return zip(sent, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func mac(_ number: ApplicationNumber, _ expiry: Instant) -> String {
    let message = Array("\(number.value).\(expiry.milliseconds)".utf8)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.authenticate(message, for: "registration.applicant-proof").prefix(Self.macByteCount)
        .flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
