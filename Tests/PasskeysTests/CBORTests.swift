import CryptoHarness
import XCTest

@testable import Passkeys

/// RFC 8949's examples of the kinds that authenticators write, and what is refused.
final class CBORTests: XCTestCase {
  func testPublishedExamplesAreRead() throws {
    let examples: [(bytes: String, value: CBORValue)] = [
      ("00", 0), ("17", 23), ("1818", 24), ("1903e8", 1000), ("1a000f4240", 1_000_000),
      ("1b000000e8d4a51000", 1_000_000_000_000), ("1bffffffffffffffff", .unsigned(.max)),
      ("3bffffffffffffffff", .negative(.max)), ("20", -1), ("29", -10), ("3863", -100), ("3903e7", -1000),
      ("f4", .flag(false)), ("f5", .flag(true)), ("f6", .null), ("40", .bytes([])),
      ("4401020304", .bytes([1, 2, 3, 4])),
      ("60", ""), ("6449455446", "IETF"), ("62c3bc", "\u{FC}"), ("80", .array([])), ("83010203", .array([1, 2, 3])),
      ("a0", .map([])),
      (
        "a201020304",
        .map([CBORValue.Entry(key: 1, value: 2), CBORValue.Entry(key: 3, value: 4)])
      ),
    ]
    for (bytes, value) in examples { XCTAssertEqual(try CBORReader.value(of: hex(bytes)), value, bytes) }
  }

  func testWhatNoAuthenticatorWritesIsRefused() {
    for bytes in [
      "", "18", "1817", "190017", "1a0000ffff", "1b00000000ffffffff", "5800", "1c", "1f", "5f42010243030405ff",
      "9f01ff", "bf01ff", "c074323031332d30332d32315432303a30343a30305a", "f93c00", "fb3ff199999999999a", "f7", "f0",
      "f820", "41", "4201", "61", "62ff", "61ff", "8201", "a101", "a2010201", "0000", "a20102 0103", "a1a00102",
      "a1f501",
      "5bffffffffffffffff", "9bffffffffffffffff", "bb8000000000000000", "8181818181 00", "a1 01 81 81 81 81 00",
    ] {
      XCTAssertThrowsError(try CBORReader.value(of: hex(bytes)), bytes) {
        XCTAssertEqual($0 as? PasskeyFailure, .malformed, bytes)
      }
    }
    XCTAssertNoThrow(try CBORReader.value(of: hex("8181818100")), "four deep")
  }

  func testAReaderGoesOnBehindAValueAndNumbersThatNoIntHoldsAreNone() throws {
    var reader = CBORReader(hex("ff a10102 63616263"), from: 1)
    XCTAssertEqual(try reader.next()[1], 2)
    XCTAssertEqual(reader.position, 4)
    XCTAssertEqual(try reader.next(), "abc")
    XCTAssertThrowsError(try reader.next())
    XCTAssertNil(CBORValue.unsigned(.max).number)
    XCTAssertNil(CBORValue.negative(.max).number)
    XCTAssertEqual(CBORValue.negative(UInt64(Int.max)).number, .min)
  }

  func testBase64ForAddressesIsReadInOneSpelling() {
    for bytes in [[], [0xFB], [0xFF, 0xEF], [1, 2, 3], [UInt8](0...255)] {
      let text = Base64URL.text(bytes)
      XCTAssertEqual(Base64URL.bytes(of: text), bytes)
      XCTAssertFalse(text.contains { "+/=".contains($0) })
    }
    XCTAssertEqual(Base64URL.text(hex("fbff")), "-_8")
    for wrong in ["A", "AAAAA", "+w", "-w=", "-x", " AAA", "AA\u{0}A", "AAA\u{E9}"] {
      XCTAssertNil(Base64URL.bytes(of: wrong), wrong)
    }
  }
}
