import CryptoHarness
import XCTest

@testable import Crypto

/// HMAC-SHA-1, which one-time codes need, by itself and as they use it.
final class OneTimeCodeTests: XCTestCase {
  func testHMACWithSHA1GivesEveryValueOfRFC2202() throws {
    let library = try CryptoLibrary()
    let vectors = try PublishedFile("HMAC/rfc-2202-sha1.txt").vectors(endingWith: "MD")
    for vector in vectors {
      let key = try AuthenticationKey(secret(vector.bytes("Key")), hash: .sha1, library: library)
      XCTAssertEqual(try key.authenticate(vector.bytes("Msg")), vector.bytes("MD"))
      XCTAssertEqual(try key.authenticate(vector.bytes("Msg")), vector.bytes("MD"), "a key serves many messages")
    }
    XCTAssertGreaterThanOrEqual(vectors.count, 7)
  }

  func testTheCodesOfRFC6238ComeFromBothHashes() throws {
    let library = try CryptoLibrary()
    var counts: [String: Int] = [:]
    for vector in try PublishedFile("twofactor/rfc-6238.txt").vectors(endingWith: "SECRET") {
      guard let mode = vector["MODE"], let hash = ["SHA1": HMACHash.sha1, "SHA256": .sha256][mode] else { continue }
      let key = try AuthenticationKey(
        secret(Array(try XCTUnwrap(vector["SECRET"]).utf8)), hash: hash, library: library)
      let time = try XCTUnwrap(vector["TIME"].flatMap(UInt64.init))
      XCTAssertEqual(try code(key, counter: time / 30), vector["TOTP"])
      counts[mode, default: 0] += 1
    }
    XCTAssertEqual(counts, ["SHA1": 6, "SHA256": 6])
  }

  /// Eight digits, as section 5.3 of RFC 4226 cuts them out.
  private func code(_ key: AuthenticationKey, counter: UInt64) throws -> String {
    let message = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: counter >> UInt64($0)) }
    let mac = try key.authenticate(message)
    let offset = Int(mac[mac.count - 1] & 15)
    let word = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
    let digits = String(word % 100_000_000)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
