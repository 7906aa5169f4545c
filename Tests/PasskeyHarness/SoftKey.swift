internal import Crypto
public import Passkeys

/// An authenticator with one passkey in memory, and the browser before it: it signs what authenticators sign (WebAuthn
/// Level 2, section 6). A copy of the value is a copied key.
public struct SoftKey: Sendable {
  private enum Signer: Sendable {
    case es256(P256SigningKey)
    case edDSA(SigningKey)
  }

  /// By which it is found again.
  public let credentialID: [UInt8]
  /// The account's handle, as it was told.
  public private(set) var userHandle: [UInt8] = []
  /// How often it has signed.
  public var signCount: UInt32 = 0
  /// The site that it says it is for.
  public var party: String
  /// The address that the browser says the page is at.
  public var origin: String
  /// What it says of the person and of itself, without whether a key follows.
  public var flags: UInt8 = 0x05
  /// What the browser says besides, as JSON: `,"crossOrigin":true`.
  public var further = ",\"crossOrigin\":false"

  private let signer: Signer
  private let library: CryptoLibrary

  /// A key with a new identifier, at the address of a development's machine unless another is given.
  public init(
    _ algorithm: CredentialKey.Algorithm = .es256, party: String = "localhost",
    origin: String = "http://localhost:8080"
  ) throws {
    library = try CryptoLibrary()
    credentialID = try library.randomSalt(byteCount: 16)
    self.party = party
    self.origin = origin
    if algorithm == .edDSA {
      let seed = try library.randomSecret(byteCount: SigningKey.seedByteCount)
      signer = .edDSA(try SigningKey(seed: seed))
    } else {
      let scalar = try P256.freshScalar(library)
      signer = .es256(try P256SigningKey(scalar: scalar))
    }
  }

  /// Its public key as COSE has it.
  public var cose: [UInt8] {
    switch signer {
    case .es256(let key):
      let head: [UInt8] = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
      let middle: [UInt8] = [0x22, 0x58, 0x20]
      return head + Array(key.publicKey[1..<33]) + middle + Array(key.publicKey[33..<65])
    case .edDSA(let key):
      let head: [UInt8] = [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]
      return head + key.publicKey
    }
  }

  /// What a browser gives where a new passkey was asked for.
  ///
  /// - Parameters:
  ///   - challenge: in base 64, as the page has it.
  ///   - handle: likewise.
  public mutating func create(challenge: String, handle: String) throws -> [(name: String, value: String)] {
    userHandle = Base64URL.bytes(of: handle) ?? []
    return [
      ("data", Base64URL.text(clientData("webauthn.create", challenge))),
      ("atestasi", Base64URL.text(try attestationObject())), ("pengantar", "usb,nfc"),
    ]
  }

  /// What a browser gives where a passkey was to be shown.
  public mutating func show(challenge: String) throws -> [(name: String, value: String)] {
    signCount += signCount == .max ? 0 : 1
    let (client, data) = (clientData("webauthn.get", challenge), try authenticatorData())
    return [
      ("kredensial", Base64URL.text(credentialID)), ("pemegang", Base64URL.text(userHandle)),
      ("data", Base64URL.text(client)), ("autentikator", Base64URL.text(data)),
      ("tanda", Base64URL.text(try signature(of: data, client))),
    ]
  }

  /// What the browser says of its page.
  public func clientData(_ type: String, _ challenge: String) -> [UInt8] {
    Array("{\"type\":\"\(type)\",\"challenge\":\"\(challenge)\",\"origin\":\"\(origin)\"\(further)}".utf8)
  }

  /// What the authenticator says; with its key where it is new.
  public func authenticatorData(isNew: Bool = false) throws -> [UInt8] {
    let count = (0..<4).map { UInt8(truncatingIfNeeded: signCount >> UInt32(24 - 8 * $0)) }
    let head = try library.sha256(Array(party.utf8)) + [isNew ? flags | 0x40 : flags] + count
    guard isNew else { return head }
    let length = [UInt8(credentialID.count >> 8), UInt8(credentialID.count & 255)]
    return head + [UInt8](repeating: 0, count: 16) + length + credentialID + cose
  }

  /// What it gives with a new key.
  public func attestationObject() throws -> [UInt8] {
    let data = try authenticatorData(isNew: true)
    var object: [UInt8] = [0xA3]
    object += Self.text("fmt") + Self.text("none")
    object += Self.text("attStmt") + [0xA0]
    object += Self.text("authData")
    object += data.count < 256 ? [0x58, UInt8(data.count)] : [0x59, UInt8(data.count >> 8), UInt8(data.count & 255)]
    return object + data
  }

  /// What it signs.
  public func signature(of authenticatorData: [UInt8], _ clientData: [UInt8]) throws -> [UInt8] {
    let message = authenticatorData + (try library.sha256(clientData))
    switch signer {
    case .es256(let key): return Self.der(try key.sign(message))
    case .edDSA(let key): return try key.sign(message)
    }
  }

  private static func text(_ text: String) -> [UInt8] { [0x60 | UInt8(text.utf8.count)] + Array(text.utf8) }

  /// Both numbers of a signature as ASN.1 has them, which is how authenticators write them.
  private static func der(_ signature: [UInt8]) -> [UInt8] {
    let content = [signature[..<32], signature[32...]].flatMap { half -> [UInt8] in
      let digits = Array(half.drop { $0 == 0 })
      let number = (digits.first ?? 0x80) >= 0x80 ? [0] + digits : digits
      return [0x02, UInt8(number.count)] + number
    }
    return [0x30, UInt8(content.count)] + content
  }
}
