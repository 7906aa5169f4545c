public import Crypto

/// Checks what browsers give of passkeys, for one site (WebAuthn Level 2, sections 7.1 and 7.2): the page's address, the
/// challenge, the site, what the authenticator says of the person, and what it has signed.
public struct PasskeyVerifier: Sendable {
  /// For whom.
  public let party: RelyingParty
  private let library: CryptoLibrary
  private let partyHash: [UInt8]
  private let needsVerifiedPerson: Bool

  /// - Parameter needsVerifiedPerson: whether the authenticator must have made sure whose hand it is in, so that it stands for
  ///   both factors.
  public init(
    _ party: RelyingParty, library: CryptoLibrary, needsVerifiedPerson: Bool = true
  ) throws(CryptoFailure) {
    self.party = party
    self.library = library
    self.needsVerifiedPerson = needsVerifiedPerson
    partyHash = try library.sha256(Array(party.id.utf8))
  }

  /// The passkey that was made.
  ///
  /// - Parameter isOurs: whether a challenge is one that was given for this.
  /// - Throws: `PasskeyFailure`.
  public func newCredential(
    in response: AttestationResponse, answering isOurs: ([UInt8]) -> Bool
  ) throws(PasskeyFailure) -> NewCredential {
    let client = try client(response.clientDataJSON, of: .create, answering: isOurs)
    let data = try AttestationObject(response.attestationObject).authenticatorData
    try check(data)
    guard let credential = data.attested else { throw .malformed }
    return NewCredential(
      id: credential.id, key: credential.key, signCount: data.signCount,
      isBackupEligible: data.flags.contains(.backupEligible), isBackedUp: data.flags.contains(.backedUp),
      challenge: client.challenge)
  }

  /// What the key says that was shown. Whose key it is and how far it had counted the caller knows.
  ///
  /// - Parameters:
  ///   - key: the one that was kept under the response's credential id.
  ///   - isOurs: whether a challenge is one that was given for this.
  /// - Throws: `PasskeyFailure`.
  public func assertion(
    in response: AssertionResponse, by key: CredentialKey, answering isOurs: ([UInt8]) -> Bool
  ) throws(PasskeyFailure) -> VerifiedAssertion {
    let client = try client(response.clientDataJSON, of: .get, answering: isOurs)
    let data = try AuthenticatorData(response.authenticatorData)
    try check(data)
    guard data.attested == nil else { throw .malformed }
    let statement = SignedStatement(
      party: party.id, clientDataHash: try hash(of: response.clientDataJSON),
      authenticatorData: response.authenticatorData, signature: response.signature,
      needsVerifiedPerson: needsVerifiedPerson)
    guard try FidoLibrary.isSigned(statement, by: key) else { throw .wrongSignature }
    return VerifiedAssertion(
      signCount: data.signCount, isBackedUp: data.flags.contains(.backedUp), challenge: client.challenge)
  }

  private func client(
    _ json: [UInt8], of ceremony: ClientData.Ceremony, answering isOurs: ([UInt8]) -> Bool
  ) throws(PasskeyFailure) -> ClientData {
    let client = try ClientData(json, of: ceremony)
    guard client.origin == party.origin, !client.isFramed else { throw .otherOrigin }
    guard isOurs(client.challenge) else { throw .otherChallenge }
    return client
  }

  private func check(_ data: AuthenticatorData) throws(PasskeyFailure) {
    guard data.partyHash == partyHash else { throw .otherParty }
    guard data.flags.contains(.present) else { throw .personAbsent }
    guard !needsVerifiedPerson || data.flags.contains(.verified) else { throw .personUnverified }
  }

  private func hash(of bytes: [UInt8]) throws(PasskeyFailure) -> [UInt8] {
    do throws(CryptoFailure) {
      return try library.sha256(bytes)
    } catch {
      throw .library
    }
  }
}
