internal import FoundationEssentials

/// What a browser says of the page that asked (WebAuthn Level 2, section 5.8.1).
struct ClientData: Equatable, Sendable {
  /// What was asked for.
  enum Ceremony: String, Sendable {
    /// A new passkey.
    case create = "webauthn.create"
    /// One that there is.
    case get = "webauthn.get"
  }

  /// A page's address, a challenge and what browsers may add are a quarter of it.
  private static let byteCountMax = 4096

  private struct Fields: Decodable {
    let type: String
    let challenge: String
    let origin: String
    let crossOrigin: Bool?
    let topOrigin: String?
  }

  let challenge: [UInt8]
  let origin: String
  /// Whether the page stood within another site's page.
  let isFramed: Bool

  /// - Throws: `PasskeyFailure` `otherCeremony` where something else was asked for.
  init(_ json: [UInt8], of ceremony: Ceremony) throws(PasskeyFailure) {
    guard json.count <= Self.byteCountMax,
      let fields = try? JSONDecoder().decode(Fields.self, from: Data(json)),
      let challenge = Base64URL.bytes(of: fields.challenge)
    else { throw .malformed }
    guard fields.type == ceremony.rawValue else { throw .otherCeremony }
    self.challenge = challenge
    origin = fields.origin
    isFramed = fields.crossOrigin == true || fields.topOrigin != nil
  }
}
