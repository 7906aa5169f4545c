import Crypto
import CryptoHarness
import PasskeyHarness
import XCTest

@testable import Passkeys

/// What browsers give of passkeys, held to the standard's vectors and to a key of our own that says one thing wrong.
final class PasskeyVerifierTests: XCTestCase {
  private func verifier(
    of address: String = "http://localhost:8080", needsVerifiedPerson: Bool = true
  ) throws -> PasskeyVerifier {
    let party = try XCTUnwrap(RelyingParty(publicAddress: address))
    return try PasskeyVerifier(party, library: CryptoLibrary(), needsVerifiedPerson: needsVerifiedPerson)
  }

  private func tidy(_ text: String) -> [UInt8] { Array(text.utf8) }

  // MARK: The standard's vectors

  func testThePublishedKeysAreTakenAndSign() throws {
    let verifier = try verifier(of: PublishedVectors.party, needsVerifiedPerson: false)
    for (creation, attestation, get, data, signature) in [
      (
        PublishedVectors.None.creation, PublishedVectors.None.attestation, PublishedVectors.None.get,
        PublishedVectors.None.authenticatorData, PublishedVectors.None.signature
      ),
      (
        PublishedVectors.Own.creation, PublishedVectors.Own.attestation, PublishedVectors.Own.get,
        PublishedVectors.Own.authenticatorData, PublishedVectors.Own.signature
      ),
    ] {
      let made = AttestationResponse(clientDataJSON: tidy(creation), attestationObject: hex(attestation))
      let credential = try verifier.newCredential(in: made) { $0.count == 32 }
      XCTAssertEqual(credential.id.count, 32)
      XCTAssertEqual(credential.key.algorithm, .es256)
      XCTAssertEqual(try CredentialKey(cose: credential.key.cose), credential.key)
      let shown = AssertionResponse(
        credentialID: credential.id, userHandle: [], clientDataJSON: tidy(get), authenticatorData: hex(data),
        signature: hex(signature))
      let assertion = try verifier.assertion(in: shown, by: credential.key) { $0.count == 32 }
      XCTAssertEqual(assertion.signCount, 0)
      XCTAssertTrue(assertion.countsOn(from: 0), "an authenticator that does not count")
      let strict = try self.verifier(of: PublishedVectors.party)
      XCTAssertEqual(
        failure { try strict.assertion(in: shown, by: credential.key) { _ in true } }, .personUnverified)
    }
  }

  func testWhatWasAskedForWithinAnotherSitesPageIsRefused() throws {
    let made = AttestationResponse(
      clientDataJSON: tidy(PublishedVectors.Framed.creation),
      attestationObject: hex(PublishedVectors.Framed.attestation))
    XCTAssertEqual(
      failure { try self.verifier(of: PublishedVectors.party).newCredential(in: made) { _ in true } }, .otherOrigin)
  }

  func testASignatureOfRSAHoldsAndOneChangedBitDoesNot() throws {
    let verifier = try verifier(of: PublishedVectors.party)
    let key = try CredentialKey(cose: hex(PublishedVectors.RS256.cose))
    XCTAssertEqual(key.algorithm, .rs256)
    func shown(_ signature: [UInt8]) -> AssertionResponse {
      AssertionResponse(
        credentialID: [1], userHandle: [], clientDataJSON: tidy(PublishedVectors.RS256.get),
        authenticatorData: hex(PublishedVectors.RS256.authenticatorData), signature: signature)
    }
    let signature = hex(PublishedVectors.RS256.signature)
    XCTAssertEqual(try verifier.assertion(in: shown(signature), by: key) { _ in true }.signCount, 7)
    var changed = signature
    changed[100] ^= 1
    XCTAssertEqual(failure { try verifier.assertion(in: shown(changed), by: key) { _ in true } }, .wrongSignature)
  }

  // MARK: A key of our own

  func testAKeyOfEachKindIsTakenAndSigns() throws {
    let verifier = try verifier()
    for algorithm in [CredentialKey.Algorithm.es256, .edDSA] {
      var key = try SoftKey(algorithm)
      let credential = try verifier.newCredential(in: try Self.made(&key)) { $0 == Self.challenge }
      XCTAssertEqual(credential.id, key.credentialID)
      XCTAssertEqual(credential.key.cose, key.cose)
      XCTAssertEqual(credential.challenge, Self.challenge)
      for count in 1...3 {
        let assertion = try verifier.assertion(in: try Self.shown(&key), by: credential.key) { $0 == Self.challenge }
        XCTAssertEqual(assertion.signCount, UInt32(count))
      }
    }
  }

  /// Each by itself, with a signature that is right.
  func testWhatIsNotAsItMustBeIsRefusedByItsName() throws {
    let wrongs: [(PasskeyFailure, (inout SoftKey) -> Void)] = [
      (.otherOrigin, { $0.origin = "http://localhost:8081" }), (.otherOrigin, { $0.origin = "https://localhost:8080" }),
      (.otherOrigin, { $0.origin = "http://localhost:8080/" }), (.otherOrigin, { $0.origin = "http://LOCALHOST:8080" }),
      (.otherOrigin, { $0.further = ",\"crossOrigin\":true" }),
      (.otherOrigin, { $0.further = ",\"crossOrigin\":false,\"topOrigin\":\"https://lain.example\"" }),
      (.otherParty, { $0.party = "localhost." }), (.otherParty, { $0.party = "lain.example" }),
      (.personAbsent, { $0.flags = 0x04 }), (.personUnverified, { $0.flags = 0x01 }),
      (.malformed, { $0.flags = 0x15 }), (.malformed, { $0.flags = 0x85 }), (.malformed, { $0.further = ",,\"x\"" }),
    ]
    let verifier = try verifier()
    for (place, (expected, change)) in wrongs.enumerated() {
      var key = try SoftKey()
      let credential = try verifier.newCredential(in: try Self.made(&key)) { _ in true }
      change(&key)
      let (made, shown) = (try Self.made(&key), try Self.shown(&key))
      let creation = failure { try verifier.newCredential(in: made) { _ in true } }
      XCTAssertEqual(creation, expected, "\(place)")
      let assertion = failure { try verifier.assertion(in: shown, by: credential.key) { _ in true } }
      XCTAssertEqual(assertion, expected, "\(place)")
    }
  }

  func testAnotherChallengeAnotherCeremonyAndAnotherKeyAreRefused() throws {
    let verifier = try verifier()
    var (key, other) = (try SoftKey(), try SoftKey())
    let (made, shown) = (try Self.made(&key), try Self.shown(&key))
    let credential = try verifier.newCredential(in: made) { _ in true }
    let foreign = try verifier.newCredential(in: try Self.made(&other)) { _ in true }
    XCTAssertEqual(failure { try verifier.newCredential(in: made) { _ in false } }, .otherChallenge)
    XCTAssertEqual(failure { try verifier.assertion(in: shown, by: credential.key) { _ in false } }, .otherChallenge)
    XCTAssertEqual(failure { try verifier.assertion(in: shown, by: foreign.key) { _ in true } }, .wrongSignature)
    let asCreated = AttestationResponse(
      clientDataJSON: shown.clientDataJSON, attestationObject: made.attestationObject)
    XCTAssertEqual(failure { try verifier.newCredential(in: asCreated) { _ in true } }, .otherCeremony)
    let asShown = AssertionResponse(
      credentialID: key.credentialID, userHandle: [], clientDataJSON: made.clientDataJSON,
      authenticatorData: shown.authenticatorData, signature: shown.signature)
    XCTAssertEqual(failure { try verifier.assertion(in: asShown, by: credential.key) { _ in true } }, .otherCeremony)
  }

  func testEveryFlippedBitAndEveryShorterResponseIsRefused() throws {
    let verifier = try verifier()
    var key = try SoftKey(.edDSA)
    let (made, shown) = (try Self.made(&key), try Self.shown(&key))
    let credential = try verifier.newCredential(in: made) { _ in true }
    var count = 0
    for place in 0..<shown.authenticatorData.count * 8 {
      var data = shown.authenticatorData
      data[place / 8] ^= 1 << UInt8(place % 8)
      let changed = AssertionResponse(
        credentialID: shown.credentialID, userHandle: [], clientDataJSON: shown.clientDataJSON,
        authenticatorData: data, signature: shown.signature)
      XCTAssertNotNil(failure { try verifier.assertion(in: changed, by: credential.key) { _ in true } }, "bit \(place)")
      count += 1
    }
    XCTAssertEqual(count, 37 * 8)
    for length in 0..<made.attestationObject.count {
      let short = AttestationResponse(
        clientDataJSON: made.clientDataJSON, attestationObject: Array(made.attestationObject.prefix(length)))
      XCTAssertEqual(failure { try verifier.newCredential(in: short) { _ in true } }, .malformed, "\(length) bytes")
    }
    for signature in [[], Array(shown.signature.dropLast()), shown.signature + [0]] {
      let changed = AssertionResponse(
        credentialID: shown.credentialID, userHandle: [], clientDataJSON: shown.clientDataJSON,
        authenticatorData: shown.authenticatorData, signature: signature)
      XCTAssertEqual(
        failure { try verifier.assertion(in: changed, by: credential.key) { _ in true } }, .wrongSignature)
    }
  }

  func testWhatIsNoKeyIsNotTaken() throws {
    let sound = try SoftKey().cose
    XCTAssertNoThrow(try CredentialKey(cose: sound))
    var offTheCurve = sound
    offTheCurve[sound.count - 1] ^= 1
    let operations = hex("a6") + Array(sound.dropFirst()) + hex("04 81 02")
    let compressed = hex("a5 01 02 03 26 20 01 21 5820") + Array(sound[10..<42]) + hex("22 f5")
    let smallExponent = Array(hex(PublishedVectors.RS256.cose).dropLast(3)) + hex("000003")
    let others = [
      offTheCurve, operations, compressed, smallExponent, hex("a0"), hex("a10102"),
      hex("a5 01 02 03 38 22 20 02 21 40 22 40"),
    ]
    for (place, bytes) in others.enumerated() {
      XCTAssertEqual(failure { try CredentialKey(cose: bytes) }, .unsupportedKey, "\(place)")
    }
    for bytes in [[], hex("80"), hex("01"), Array(sound.dropLast())] {
      XCTAssertEqual(failure { try CredentialKey(cose: bytes) }, .malformed)
    }
  }

  func testAMakersWordForItsAuthenticatorIsNotTaken() throws {
    let data = try SoftKey().authenticatorData(isNew: true)
    let length = hex("68 6175746844617461 58") + [UInt8(data.count)]
    let head = hex("a3 63 666d74 66 7061636b6564 67 61747453746d74")
    let vouched = head + hex("a3 63 616c67 26 63 736967 41 00 63 783563 81 41 00") + length + data
    XCTAssertEqual(failure { try AttestationObject(vouched) }, .attested)
    let own = head + hex("a2 63 616c67 26 63 736967 41 00") + length + data
    XCTAssertNoThrow(try AttestationObject(own))
    let said = hex("a3 63 666d74 64 6e6f6e65 67 61747453746d74 a1 63 616c67 26") + length + data
    XCTAssertEqual(failure { try AttestationObject(said) }, .malformed, "none has no statement")
  }

  func testACountThatDoesNotGoOnIsSeen() {
    func shown(_ count: UInt32) -> VerifiedAssertion {
      VerifiedAssertion(signCount: count, isBackedUp: false, challenge: [])
    }
    XCTAssertTrue(shown(0).countsOn(from: 0))
    XCTAssertTrue(shown(1).countsOn(from: 0))
    XCTAssertTrue(shown(.max).countsOn(from: .max - 1))
    for (now, before) in [(0, 1), (1, 1), (6, 7), (0, .max)] as [(UInt32, UInt32)] {
      XCTAssertFalse(shown(now).countsOn(from: before), "\(now) after \(before)")
    }
  }

  // MARK: Made and shown

  private static let challenge = [UInt8](1...40)

  private static func made(_ key: inout SoftKey) throws -> AttestationResponse {
    _ = try key.create(challenge: Base64URL.text(challenge), handle: "AQ")
    return AttestationResponse(
      clientDataJSON: key.clientData("webauthn.create", Base64URL.text(challenge)),
      attestationObject: try key.attestationObject())
  }

  private static func shown(_ key: inout SoftKey) throws -> AssertionResponse {
    key.signCount += 1
    let client = key.clientData("webauthn.get", Base64URL.text(challenge))
    let data = try key.authenticatorData()
    return AssertionResponse(
      credentialID: key.credentialID, userHandle: key.userHandle, clientDataJSON: client, authenticatorData: data,
      signature: try key.signature(of: data, client))
  }

  private func failure<Value>(_ work: () throws -> Value) -> PasskeyFailure? {
    do {
      _ = try work()
      return nil
    } catch {
      return error as? PasskeyFailure
    }
  }
}
