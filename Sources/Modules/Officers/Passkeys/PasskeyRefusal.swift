internal import Passkeys

/// Why a passkey is not taken, in words under `officers.passkey.refusal`.
enum PasskeyRefusal: String, CaseIterable, Sendable {
  /// No account has it, or a closed one; which is not told.
  case unknown
  /// The challenge is over, or was answered before.
  case late
  /// The list has it already.
  case known
  /// Its count went back, now or before.
  case copied
  /// The authenticator has not made sure whose hand it is in.
  case unverified
  /// What came is not right.
  case wrong

  init(_ failure: PasskeyFailure) {
    switch failure {
    case .otherChallenge: self = .late
    case .personUnverified, .personAbsent: self = .unverified
    case .malformed, .otherCeremony, .otherOrigin, .otherParty, .unsupportedKey, .attested, .wrongSignature, .library:
      self = .wrong
    }
  }
}
