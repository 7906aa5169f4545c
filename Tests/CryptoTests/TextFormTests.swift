import Core
import CryptoHarness
import XCTest

@testable import Crypto

/// Bytes as text.
final class TextFormTests: XCTestCase {
  /// RFC 4648, section 10.
  private let published = [
    "": "", "f": "MY======", "fo": "MZXQ====", "foo": "MZXW6===", "foob": "MZXW6YQ=", "fooba": "MZXW6YTB",
    "foobar": "MZXW6YTBOI======",
  ]

  func testBase32GivesTheValuesOfRFC4648() {
    for (text, symbols) in published {
      let bytes = Array(text.utf8)
      let bare = String(symbols.prefix { $0 != "=" })
      XCTAssertEqual(Base32.text(bytes), symbols)
      XCTAssertEqual(Base32.text(bytes, isPadded: false), bare)
      if !bytes.isEmpty { XCTAssertEqual(Base32.text(secret(bytes), isPadded: false), bare) }
      for spelling in [symbols, bare, symbols.lowercased()] { XCTAssertEqual(Base32.bytes(of: spelling), bytes) }
    }
  }

  func testWhatBase32WouldNotHaveWrittenIsRefused() {
    let refused = [
      "M", "MZX", "MZXW6Y", "MZ======", "MY=====", "MY=======", "MY=", "=", "========", "MY======MY======", "M1======",
      "M8======", "MY =====", "MZXW6YTB========", "é", "MY======\n",
    ]
    for text in refused { XCTAssertNil(Base32.bytes(of: text), text) }
  }

  func testAnyBytesComeBackFromBase32AndFromHexadecimal() {
    let random = SeededRandom(seed: testSeed())
    for count in 0..<200 {
      let bytes = random.bytes(count)
      XCTAssertEqual(Base32.bytes(of: Base32.text(bytes)), bytes)
      XCTAssertEqual(Base32.bytes(of: Base32.text(bytes, isPadded: false)), bytes)
      XCTAssertEqual(Hexadecimal.bytes(of: Hexadecimal.text(bytes)), bytes)
    }
  }

  func testHexadecimalIsReadAsItIsWrittenAndNotOtherwise() {
    XCTAssertEqual(Hexadecimal.text([0, 0x0f, 0xa0, 0xff]), "000fa0ff")
    for text in ["0", "0F", "0g", "0x00", " 00", "00 ", "é0"] { XCTAssertNil(Hexadecimal.bytes(of: text), text) }
  }

  func testOnlyEqualBytesAreEqual() {
    XCTAssertTrue(CryptoLibrary.areEqual([], []))
    XCTAssertTrue(CryptoLibrary.areEqual([1, 2], [1, 2]))
    let others: [[UInt8]] = [[], [1], [1, 3], [2, 2], [1, 2, 0]]
    for other in others { XCTAssertFalse(CryptoLibrary.areEqual([1, 2], other), "\(other)") }
  }
}
