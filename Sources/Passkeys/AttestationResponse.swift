/// What a browser gives where a new passkey was asked for (WebAuthn Level 2, section 5.2.1).
public struct AttestationResponse: Equatable, Sendable {
  let clientDataJSON: [UInt8]
  let attestationObject: [UInt8]

  /// The response by its parts, none of which is believed yet.
  public init(clientDataJSON: [UInt8], attestationObject: [UInt8]) {
    self.clientDataJSON = clientDataJSON
    self.attestationObject = attestationObject
  }
}

/// A new passkey, as it was found right.
public struct NewCredential: Equatable, Sendable {
  /// By which the authenticator finds the key again.
  public let id: [UInt8]
  /// What its signatures are checked with.
  public let key: CredentialKey
  /// How often it has signed.
  public let signCount: UInt32
  /// Whether it may be copied to further devices of the same person.
  public let isBackupEligible: Bool
  /// Whether it has been.
  public let isBackedUp: Bool
  /// The challenge that it answers.
  public let challenge: [UInt8]
}
