internal import Contracts
internal import Core
internal import Passkeys
internal import Store

/// Whether what a browser gave of a passkey is right, and what becomes of the passkey with that.
struct PasskeyCheck: Sendable {
  /// How it was found.
  enum Taken: Sendable {
    /// It is the passkey of that account.
    case right(Account)
    case refused(PasskeyRefusal)
  }

  let challenges: PasskeyChallenges
  let verifier: PasskeyVerifier

  /// The answer of a passkey, its signature checked.
  ///
  /// - Parameter browser: for which the challenge was made.
  func assertion(
    in response: AssertionResponse, by passkey: Passkey, for use: PasskeyChallenges.Use, in browser: String
  ) throws(PasskeyFailure) -> VerifiedAssertion {
    try verifier.assertion(in: response, by: CredentialKey(cose: passkey.cose)) {
      challenges.isOurs($0, for: use, in: browser)
    }
  }

  /// Takes the answer: once, and only while the key counts on. What is told of is written down.
  func take(
    _ shown: VerifiedAssertion, of factor: Factor, by claimant: PasswordProof.Claimant, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Taken {
    guard try PasskeyChallenges.spend(shown.challenge, at: now, in: transaction) else { return .refused(.late) }
    // It may have been removed, or have counted on, while the signature was being checked.
    guard let passkey = try PasskeyTable.passkey(factor.id, of: factor.account, in: transaction),
      let account = try AccountTable.account(factor.account, in: transaction)
    else { return .refused(.unknown) }
    guard !account.isDisabled else {
      try SignInLog.append(
        .disabled, account: account.id, addressMark: claimant.addressMark, at: now, in: transaction)
      return .refused(.unknown)
    }
    guard passkey.copiedAt == nil, shown.countsOn(from: passkey.signCount) else {
      try PasskeyTable.distrust(factor.id, at: now, in: transaction)
      try SignInLog.append(.copied, account: account.id, addressMark: claimant.addressMark, at: now, in: transaction)
      if passkey.copiedAt == nil {
        try transaction.append(PasskeyService.event("officer.passkey-copied", account.id))
      }
      return .refused(.copied)
    }
    try PasskeyTable.use(factor.id, shown, at: now, in: transaction)
    return .right(account)
  }
}
