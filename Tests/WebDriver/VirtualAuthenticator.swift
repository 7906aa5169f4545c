/// An authenticator that a browser makes up (WebAuthn Level 2, section 11), with keys in memory and a hand that always touches
/// it.
public struct VirtualAuthenticator {
  /// A key on it, with its secret: what a copied key is.
  public struct Credential: Sendable, Equatable {
    private let parts: JSON

    init(_ parts: JSON) { self.parts = parts }

    /// By which it is found again, in base 64.
    public var id: String { parts["credentialId"].string ?? "" }
    /// How often it has signed.
    public var signCount: Int { Int(parts["signCount"].double ?? 0) }

    /// As it is put on an authenticator: without what some browsers tell besides.
    var command: JSON {
      let names = ["credentialId", "isResidentCredential", "rpId", "privateKey", "userHandle", "signCount"]
      return .object(Dictionary(uniqueKeysWithValues: names.map { ($0, parts[$0]) }))
    }
  }

  private let session: BrowserSession
  private let path: String

  init(_ session: BrowserSession, id: String) {
    self.session = session
    path = "/webauthn/authenticator/\(id)"
  }

  /// The keys on it.
  public var credentials: [Credential] {
    get throws { try session.get(path + "/credentials").items.map(Credential.init) }
  }

  /// Puts a key on it, as if it had been carried here or copied.
  public func add(_ credential: Credential) throws { try session.post(path + "/credential", credential.command) }

  /// Takes a key off it.
  public func remove(_ credential: Credential) throws { try session.delete(path + "/credentials/\(credential.id)") }

  /// Takes all keys off it.
  public func clear() throws { try session.delete(path + "/credentials") }

  /// Takes it away from the browser.
  public func unplug() throws { try session.delete(path) }
}

extension BrowserSession {
  /// Gives the browser an authenticator on a cable, which finds keys without a name typed and makes sure whose hand it is in.
  public func plugInAuthenticator() throws -> VirtualAuthenticator {
    let answer = try post(
      "/webauthn/authenticator",
      [
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": true, "hasUserVerification": true,
        "isUserConsenting": true, "isUserVerified": true,
      ])
    guard let id = answer.string else { throw DriverFailure("no authenticator", "the driver names none") }
    return VirtualAuthenticator(self, id: id)
  }
}
