internal import Crypto
internal import PasskeyHarness
@testable internal import Passkeys

/// What browsers give of passkeys, read as each of its parts: a value takes all its bytes, a key is kept as it came, and what
/// no key has signed opens nothing.
struct PasskeyEntry: FuzzEntry {
  static let name = "passkeys"

  static let seeds = made()

  static let words = [
    "fmt", "none", "packed", "attStmt", "authData", "x5c", "\"type\":\"webauthn.get\"", "\"type\":\"webauthn.create\"",
    "\"challenge\":\"", "\"origin\":\"http://localhost:8080\"", "\"crossOrigin\":false", "\"topOrigin\":",
  ]

  private let verifier: PasskeyVerifier
  private let key: CredentialKey
  private let authenticatorData: [UInt8]

  init() throws {
    guard let party = RelyingParty(publicAddress: "http://localhost:8080") else { throw Finding("no site") }
    verifier = try PasskeyVerifier(party, library: CryptoLibrary())
    let known = try SoftKey()
    key = try CredentialKey(cose: known.cose)
    authenticatorData = try known.authenticatorData()
  }

  func check(_ bytes: [UInt8]) throws {
    try checkValue(bytes)
    try checkKey(bytes)
    if let data = try? AuthenticatorData(bytes) {
      try hold(bytes.count >= 37, "\(bytes.count) bytes are an authenticator's data")
      try hold(data.flags.contains(.attested) == (data.attested != nil), "a key is not as it is said")
    }
    if let object = try? AttestationObject(bytes) {
      try hold(bytes.count > 37, "\(object.authenticatorData.signCount)")
    }
    for ceremony in [ClientData.Ceremony.create, .get] {
      guard let client = try? ClientData(bytes, of: ceremony) else { continue }
      try hold(client.challenge.count < bytes.count, "the challenge is longer than what it stands in")
    }
    try checkSignature(bytes)
  }

  /// A value takes all the bytes, and no shorter ones are a value.
  private func checkValue(_ bytes: [UInt8]) throws {
    guard (try? CBORReader.value(of: bytes)) != nil else { return }
    var reader = CBORReader(bytes)
    _ = try? reader.next()
    try hold(reader.position == bytes.count, "a value ends at \(reader.position) of \(bytes.count)")
    try hold((try? CBORReader.value(of: Array(bytes.dropLast()))) == nil, "a shorter one is a value as well")
  }

  /// A key is the same when it is read from what it was kept as.
  private func checkKey(_ bytes: [UInt8]) throws {
    guard let key = try? CredentialKey(cose: bytes) else { return }
    try hold(key.cose == bytes, "a key is kept as other bytes")
    try hold((try? CredentialKey(cose: key.cose)) == key, "a kept key is another one")
  }

  /// As a signature, as what the authenticator says and as what the browser says: without the key nothing holds.
  private func checkSignature(_ bytes: [UInt8]) throws {
    let client = Array(
      "{\"type\":\"webauthn.get\",\"challenge\":\"AQ\",\"origin\":\"http://localhost:8080\"}".utf8)
    for (data, json, signature) in [
      (authenticatorData, client, bytes), (bytes, client, [UInt8](repeating: 1, count: 70)),
      (authenticatorData, bytes, [UInt8](repeating: 1, count: 70)),
    ] {
      let response = AssertionResponse(
        credentialID: [1], userHandle: [1], clientDataJSON: json, authenticatorData: data, signature: signature)
      let isTaken = (try? verifier.assertion(in: response, by: key) { _ in true }) != nil
      try hold(!isTaken, "a signature that no key has made")
    }
  }

  /// Some of each kind, with a key that changes from run to run.
  private static func made() -> [[UInt8]] {
    let keys = [CredentialKey.Algorithm.es256, .edDSA].compactMap { try? SoftKey($0) }
    return keys.flatMap { key -> [[UInt8]] in
      let data = (try? key.authenticatorData()) ?? []
      let client = key.clientData("webauthn.get", "AQ")
      return [
        key.cose, data, (try? key.authenticatorData(isNew: true)) ?? [], (try? key.attestationObject()) ?? [],
        client, key.clientData("webauthn.create", "AQ"), [0xA1, 0x01, 0x82, 0x18, 0x2A, 0xF5],
      ]
    }
  }
}
