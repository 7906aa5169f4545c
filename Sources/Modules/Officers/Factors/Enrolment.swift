internal import Contracts
internal import Core
internal import Crypto
internal import HTML
internal import Store

/// Sets one-time codes up. An offered secret counts for nothing until a code of it has been typed.
///
/// It is made from the session's seed, so that the page shows the same one however often it is loaded, also after a proof, and
/// none is kept for it. Once a secret is taken, or a factor goes, the session gets another seed: no secret is offered twice.
struct Enrolment: Sendable {
  /// A secret as its officer is shown it.
  struct Offer: Sendable {
    /// In base 32, as apps take it.
    let secret: Personal<String>

    /// What the QR code says: the address that apps know (Key Uri Format).
    func address(issuer: String, account: String) -> Personal<String> {
      // Links encode what is put into them.
      let (label, name): (Link, Link) = ("/\(issuer):\(account)", "/\(issuer)")
      return Personal(
        "otpauth://totp\(label)?secret=\(secret.exposed)&issuer=\(name.description.dropFirst())&algorithm=SHA1"
          + "&digits=\(TimeCode.digitCount)&period=\(TimeCode.period.milliseconds / 1000)")
    }
  }

  /// How setting up ended.
  enum Result: Sendable {
    /// The session's new token, and the device's where this has opened it; the codes on paper, where these are the first.
    case done(OpenedTokens, isOpened: Bool, codes: Personal<[String]>?)
    /// Not the code of that secret at this moment.
    case wrong
    /// The session is over, or may not set up a factor.
    case gone
  }

  private static let purpose: StaticString = "officers.time-code-offer"

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let sessions: Sessions
  let check: FactorCheck
  let factors: FactorService

  /// What is offered to the officer whose session that is.
  func offer(in session: Session) throws -> Offer {
    let secret = try secret(for: session)
    return Offer(secret: Personal(Base32.text(secret, isPadded: false)))
  }

  /// Sets up what is offered.
  func confirm(
    _ code: Personal<String>, label: String, in token: SessionToken, _ attempt: SignIn.Attempt
  ) async throws -> Result {
    let (hash, tokens) = (sessions.hash(of: token), OpenedTokens(from: random))
    let (codes, now) = (RecoveryCode.draw(from: random), clock.now)
    let claimant = PasswordProof.Claimant(attempt, keyed: sessions.keyed)
    let result = try await store.write { transaction -> Result in
      guard let session = try sessions.session(hash, in: transaction), session.isOpen(at: now),
        try mayEnrol(session, in: transaction)
      else { return .gone }
      let account = session.account.id
      guard let step = try step(of: code, in: session, at: now) else { return .wrong }
      let isFirst = try insert(session, label, step, codes, at: now, in: transaction)
      let isOpened = session.stage == .password
      if isOpened {
        try sessions.open(hash, as: tokens, of: account, by: claimant, at: now, .success, in: transaction)
      } else {
        try SessionTable.renew(hash, as: sessions.hash(of: tokens.session), in: transaction)
      }
      try transaction.append(
        StaffService.event("officer.factor-added", account, by: .officer(account, sessions.rights(of: session.account)))
      )
      return .done(tokens, isOpened: isOpened, codes: isFirst ? codes : nil)
    }
    sessions.forget()
    return result
  }

  /// Where an account has a factor, its password alone adds none: that would be a way around the second step.
  func mayEnrol(_ session: Session, in transaction: borrowing Transaction) throws -> Bool {
    guard !session.account.mustChangePassword else { return false }
    if session.stage == .open { return true }
    return try !FactorTable.hasAny(of: session.account.id, in: transaction)
  }

  /// Keeps the secret, and the codes on paper where the account has none.
  ///
  /// - Returns: whether it had none.
  private func insert(
    _ session: Session, _ label: String, _ step: Int64, _ codes: Personal<[String]>, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    let account = session.account.id
    let isFirst = try !FactorTable.all(of: account, in: transaction).contains { $0.kind == .recovery }
    let factor = try FactorTable.insert(.timeCode, of: account, label: label, at: now, in: transaction)
    let secret = try secret(for: session)
    let sealed = try check.sealing.seal(
      secret, for: TimeCodeTable.purpose, binding: .timeCode(factor, of: account))
    try TimeCodeTable.insert(sealed, of: factor, lastStep: step, in: transaction)
    if isFirst { try factors.insert(codes, of: account, at: now, in: transaction) }
    return isFirst
  }

  private func step(of code: Personal<String>, in session: Session, at now: Instant) throws -> Int64? {
    let secret = try secret(for: session)
    return try TimeCode.step(of: code.exposed, under: check.key(secret), at: now, after: nil)
  }

  private func secret(for session: Session) throws -> SecretBytes {
    try check.sealing.derive(
      byteCount: TimeCode.secretByteCount, for: Self.purpose,
      from: .timeCodeOffer(to: session.account.id, by: session.seed))
  }
}
