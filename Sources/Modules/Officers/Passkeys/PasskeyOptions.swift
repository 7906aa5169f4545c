internal import Core
internal import Passkeys

/// What a browser is asked for an existing passkey (WebAuthn Level 2, section 5.5), with bytes in base 64.
struct PasskeyRequestOptions: Encodable, Sendable {
  let challenge: String
  let rpId: String
  let timeout = PasskeyCreationOptions.milliseconds
  let userVerification = "required"
  /// Empty where any passkey of the site may be shown.
  let allowCredentials: [PasskeyCreationOptions.Known]

  init(challenge: [UInt8], for party: RelyingParty, allowed: [Passkey] = []) {
    self.challenge = Base64URL.text(challenge)
    rpId = party.id
    allowCredentials = allowed.map { PasskeyCreationOptions.Known($0) }
  }
}

/// What a browser is asked for a new passkey (section 5.4): one that the authenticator finds without a name typed, and shows
/// only once it has made sure whose hand it is in.
struct PasskeyCreationOptions: Encodable, Sendable {
  /// As long as the challenge holds.
  static let milliseconds = PasskeyChallenges.lifetime.milliseconds

  struct Party: Encodable, Sendable {
    let id: String
    let name: String
  }

  struct User: Encodable, Sendable {
    let id: String
    let name: String
    let displayName: String
  }

  struct Parameters: Encodable, Sendable {
    let type = "public-key"
    let alg: Int
  }

  struct Selection: Encodable, Sendable {
    let residentKey = "required"
    let requireResidentKey = true
    let userVerification = "required"
  }

  /// A passkey that the account has already: no authenticator holds two of one account.
  struct Known: Encodable, Sendable {
    let type = "public-key"
    let id: String
    let transports: [String]

    init(_ passkey: Passkey) {
      id = Base64URL.text(passkey.credentialID)
      transports = passkey.transports.map(\.rawValue)
    }
  }

  let rp: Party
  let user: User
  let challenge: String
  let pubKeyCredParams = CredentialKey.Algorithm.allCases.map { Parameters(alg: $0.rawValue) }
  let timeout = PasskeyCreationOptions.milliseconds
  let excludeCredentials: [Known]
  let authenticatorSelection = Selection()
  let attestation = "none"

  /// - Parameters:
  ///   - office: what authenticators show as the site's name.
  ///   - known: the passkeys that the account has already.
  init(
    challenge: [UInt8], for party: RelyingParty, office: String, account: Account, handle: [UInt8], known: [Passkey]
  ) {
    rp = Party(id: party.id, name: office)
    user = User(id: Base64URL.text(handle), name: account.username.description, displayName: account.name)
    self.challenge = Base64URL.text(challenge)
    excludeCredentials = known.map { Known($0) }
  }
}
