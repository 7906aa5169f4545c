/// What a browser gives where a passkey was to be shown (WebAuthn Level 2, section 5.2.2).
public struct AssertionResponse: Equatable, Sendable {
  /// Which passkey was chosen.
  public let credentialID: [UInt8]
  /// Whose it is, as the authenticator has it.
  public let userHandle: [UInt8]
  let clientDataJSON: [UInt8]
  let authenticatorData: [UInt8]
  let signature: [UInt8]

  /// The response by its parts, none of which is believed yet.
  public init(
    credentialID: [UInt8], userHandle: [UInt8], clientDataJSON: [UInt8], authenticatorData: [UInt8], signature: [UInt8]
  ) {
    self.credentialID = credentialID
    self.userHandle = userHandle
    self.clientDataJSON = clientDataJSON
    self.authenticatorData = authenticatorData
    self.signature = signature
  }
}

/// A passkey that was shown, as it was found right.
public struct VerifiedAssertion: Equatable, Sendable {
  /// How often it has signed, this time too; 0 of an authenticator that does not count.
  public let signCount: UInt32
  /// Whether it has been copied to further devices of the same person.
  public let isBackedUp: Bool
  /// The challenge that it answers.
  public let challenge: [UInt8]

  /// Whether the key counts on from where it stood: else there are two of it, each with a count of its own (section 7.2,
  /// step 21). Authenticators that do not count say 0 each time.
  public func countsOn(from stored: UInt32) -> Bool { signCount > stored || signCount == 0 && stored == 0 }
}
