import CryptoHarness
import Foundation
import XCTest

@testable import Crypto

/// NIST's vectors for AES-256-GCM (CAVP, gcmtestvectors), and the kinds of malformed input that Project Wycheproof
/// describes, as far as an envelope can say them: there is one nonce length and one tag length.
final class PublishedGCMTests: XCTestCase {
  private struct Vector {
    var key: [UInt8] = []
    var nonce: [UInt8] = []
    var associated: [UInt8] = []
    var ciphertext: [UInt8] = []
    var tag: [UInt8] = []
    /// Nil for one that must be refused.
    var plaintext: [UInt8]? = []

    var envelope: [UInt8] { [Envelope.version] + nonce + ciphertext + tag }
    /// Whether an envelope of ours can hold it.
    var fits: Bool { nonce.count == Envelope.nonceByteCount && tag.count == Envelope.tagByteCount }
  }

  private func vectors(_ name: String) throws -> [Vector] {
    var vectors: [Vector] = []
    for line in try PublishedFile("ciphers/AES/GCM/\(name)").lines {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      // Only of those that are hexadecimal.
      var value: [UInt8] { parts.count == 2 ? hex(parts[1]) : [] }
      switch parts.first {
      case "Count": vectors.append(Vector())
      case "Key": vectors[vectors.count - 1].key = value
      case "IV": vectors[vectors.count - 1].nonce = value
      case "AAD": vectors[vectors.count - 1].associated = value
      case "CT": vectors[vectors.count - 1].ciphertext = value
      case "Tag": vectors[vectors.count - 1].tag = value
      case "PT": vectors[vectors.count - 1].plaintext = value
      case "FAIL": vectors[vectors.count - 1].plaintext = nil
      default: break
      }
    }
    return vectors
  }

  private func opened(_ library: CryptoLibrary, _ vector: Vector) -> Result<[UInt8], CryptoFailure> {
    do {
      return .success(
        bytes(try library.open(vector.envelope, under: secret(vector.key), bindingBytes: vector.associated)))
    } catch {
      return .failure(error)
    }
  }

  private func check(_ name: String, usedAtLeast least: Int, refusedAtLeast refusals: Int) throws {
    let library = try CryptoLibrary()
    var (used, refused) = (0, 0)
    for vector in try vectors(name) {
      switch (opened(library, vector), vector.fits, vector.plaintext) {
      case (.success(let plaintext), true, let expected?):
        XCTAssertEqual(plaintext, expected)
        used += 1
      case (.failure(let failure), true, nil):
        XCTAssertEqual(failure, .notAuthentic)
        refused += 1
      case (.failure, false, _): refused += 1
      case (let result, _, _): XCTFail("\(name): \(result)")
      }
    }
    XCTAssertGreaterThanOrEqual(used, least, name)
    XCTAssertGreaterThanOrEqual(refused, refusals, name)
  }

  func testNISTsCiphertextsOpenToTheirPlaintexts() throws {
    // 375 of 7,875 have a nonce of 96 bits and a tag of 128.
    try check("gcmEncryptExtIV256.rsp", usedAtLeast: 375, refusedAtLeast: 7_000)
  }

  func testNISTsForgeriesAreRefused() throws {
    try check("gcmDecrypt256.rsp", usedAtLeast: 150, refusedAtLeast: 7_000)
  }

  func testHKDFGivesEveryPublishedValue() throws {
    let library = try CryptoLibrary()
    let vectors = try PublishedFile("KDF/rfc-5869-HKDF-SHA256.txt").vectors(endingWith: "OKM")
    for vector in vectors {
      let expected = vector.bytes("OKM")
      let found = try library.derive(
        from: secret(vector.bytes("IKM")), salt: vector.bytes("salt"), info: vector.bytes("info"),
        byteCount: expected.count)
      XCTAssertEqual(bytes(found), expected)
    }
    XCTAssertEqual(vectors.count, 3)
  }

  func testHMACGivesEveryPublishedValue() throws {
    let library = try CryptoLibrary()
    let vectors = try PublishedFile("HMAC/rfc-4231-sha256.txt").vectors(endingWith: "MD")
    for vector in vectors {
      let key = try AuthenticationKey(secret(vector.bytes("Key")), library: library)
      XCTAssertEqual(try key.authenticate(vector.bytes("Msg")), vector.bytes("MD"))
    }
    XCTAssertGreaterThanOrEqual(vectors.count, 6)
  }

  // MARK: Wycheproof's kinds

  func testMalformedEnvelopesOfEveryKindAreRefused() throws {
    let library = try CryptoLibrary()
    let key = secret([UInt8](repeating: 7, count: 32))
    let binding = AssociatedData("gapura/v1/record").adding(12).adding("biodata")
    let good = try library.seal(secret(Array("plaintext of some length".utf8)), under: key, binding: binding)
    let (nonce, body, tag) = (Array(good[1..<13]), Array(good[13..<(good.count - 16)]), Array(good.suffix(16)))
    let version = [Envelope.version]
    let cases: [String: [UInt8]] = [
      "nothing": [], "only the version": version, "no tag": version + nonce + body,
      "no nonce": version + body + tag, "empty nonce and body": version + tag,
      "a nonce of 64 bits": version + nonce.prefix(8) + body + tag,
      "a nonce of 88 bits": version + nonce.prefix(11) + body + tag,
      "a nonce of 104 bits": version + nonce + [0] + body + tag,
      "a nonce of 128 bits": version + nonce + [0, 0, 0, 1] + body + tag,
      "a nonce of zeros": version + [UInt8](repeating: 0, count: 12) + body + tag,
      "a tag of 96 bits": version + nonce + body + tag.prefix(12),
      "a tag of 120 bits": version + nonce + body + tag.prefix(15),
      "a tag of 136 bits": version + nonce + body + tag + [0],
      "a tag of zeros": version + nonce + body + [UInt8](repeating: 0, count: 16),
      "a tag of ones": version + nonce + body + [UInt8](repeating: 255, count: 16),
      "an inverted tag": version + nonce + body + tag.map { ~$0 },
      "a reversed tag": version + nonce + body + tag.reversed(),
      "the tag's halves exchanged": version + nonce + body + tag.suffix(8) + tag.prefix(8),
      "no body": version + nonce + tag, "a body of zeros": version + nonce + body.map { _ in 0 } + tag,
      "a body cut off": version + nonce + body.dropLast() + tag,
      "a body begun later": version + nonce + body.dropFirst() + tag,
      "a body with a byte more": version + nonce + body + [0] + tag, "twice": good + good,
      "version 0": [0] + good.dropFirst(), "version 2": [2] + good.dropFirst(), "bytes before": [1] + good,
    ]
    for (name, envelope) in cases {
      XCTAssertThrowsError(try discard(library.open(envelope, under: key, binding: binding)), name)
    }
    XCTAssertNoThrow(try discard(library.open(good, under: key, binding: binding)))
  }

  func testAlteredAssociatedDataOfEveryKindIsRefused() throws {
    let library = try CryptoLibrary()
    let key = secret([UInt8](repeating: 7, count: 32))
    let binding = AssociatedData("gapura/v1/record").adding(12).adding("biodata")
    let good = try library.seal(secret([1, 2, 3]), under: key, binding: binding)
    var altered = [[], binding.bytes + [0], Array(binding.bytes.dropLast()), Array(binding.bytes.dropFirst())]
    for bit in 0..<(binding.bytes.count * 8) {
      var changed = binding.bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      altered.append(changed)
    }
    for associated in altered {
      XCTAssertThrowsError(try discard(library.open(good, under: key, bindingBytes: associated)))
    }
  }

  func testAnEmptyPlaintextAndTheLongestOneAreSealedAndOpened() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    for count in [0, 1, 15, 16, 17, Envelope.plaintextByteCountMax] {
      let plaintext = [UInt8](repeating: 3, count: count)
      let envelope = try library.seal(secret(plaintext), under: key, binding: AssociatedData("x"))
      XCTAssertEqual(bytes(try library.open(envelope, under: key, binding: AssociatedData("x"))), plaintext)
    }
  }

  private func discard(_ secret: consuming SecretBytes) {}
}
