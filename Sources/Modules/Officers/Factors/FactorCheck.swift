internal import Contracts
internal import Core
internal import Crypto
internal import Store

/// Whether a typed code is one of an officer's: of an app, or of the paper. A right one is used up.
///
/// Tries are counted before they are looked at, as those of passwords are. Only a person with the password comes so far; what
/// is tried elsewhere makes no officer wait in a browser in which they have signed in.
struct FactorCheck: Sendable {
  /// How a code was taken.
  enum Verdict: Sendable {
    case right(Factor.Kind)
    /// No code of this officer's, one that is over, or one that was used before; which of them is not told.
    case wrong
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  let keyed: any KeyedHash
  let sealing: any SecretSealing
  let library: CryptoLibrary

  func check(
    _ typed: Personal<String>, of account: OfficerID, by claimant: PasswordProof.Claimant, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Verdict {
    let lane = try lane(of: account, by: claimant, at: now, in: transaction)
    let wait = try SignInGuard.begin([lane], at: now, in: transaction)
    guard wait == .zero else { return .wait(wait) }
    guard let used = try use(typed, of: account, at: now, in: transaction) else { return .wrong }
    try FactorTable.use(used.factor, at: now, in: transaction)
    try SignInGuard.clear(lane, in: transaction)
    return .right(used.kind)
  }

  /// The key of a code's secret.
  func key(_ secret: borrowing SecretBytes) throws -> AuthenticationKey {
    try AuthenticationKey(secret, hash: .sha1, library: library)
  }

  private func lane(
    of account: OfficerID, by claimant: PasswordProof.Claimant, at now: Instant, in transaction: borrowing Transaction
  ) throws -> SignInGuard.Subject {
    let device = try claimant.isKnown(at: now, in: transaction) ? claimant.deviceHash ?? [] : []
    let counted: [UInt8] = Array("\(account)".utf8) + [0] + device
    return SignInGuard.Subject(hash: keyed.authenticate(counted, for: "officers.delay.factor"), delay: .factor)
  }

  private func use(
    _ typed: Personal<String>, of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> (factor: Int64, kind: Factor.Kind)? {
    let digits = typed.exposed.filter { $0 != " " }
    if TimeCode.isShaped(digits) {
      return try useTimeCode(digits, of: account, at: now, in: transaction).map { (factor: $0, kind: .timeCode) }
    }
    guard let hash = RecoveryCode.hash(typed, of: account, keyed: keyed) else { return nil }
    return try RecoveryCodeTable.use(hash, of: account, at: now, in: transaction).map { (factor: $0, kind: .recovery) }
  }

  private func useTimeCode(
    _ digits: String, of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Int64? {
    for sealed in try TimeCodeTable.all(of: account, in: transaction) {
      let secret = try sealing.open(
        sealed.bytes, for: TimeCodeTable.purpose, binding: .timeCode(sealed.factor, of: account))
      let step = try TimeCode.step(of: digits, under: key(secret), at: now, after: sealed.lastStep)
      guard let step else { continue }
      try TimeCodeTable.use(step, of: sealed.factor, in: transaction)
      return sealed.factor
    }
    return nil
  }
}

extension SignInDelay {
  /// The delay for the codes of one account, in a known browser or in all others together. It lets about a hundred be tried a
  /// day, so that guesses find one in some three thousand days.
  static let factor = SignInDelay(
    freeFailureCount: 9, firstWait: .seconds(30), waitMax: .minutes(15), memory: .hours(24))
}
