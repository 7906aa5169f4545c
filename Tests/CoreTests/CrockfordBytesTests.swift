import Core
import XCTest

final class CrockfordBytesTests: XCTestCase {
  func testBytesComeBackWhateverTheirNumber() {
    for count in 0...40 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 97 &+ count) }
      let text = Crockford.encode(bytes)
      XCTAssertEqual(text.count, (count * 8 + 4) / 5)
      XCTAssertEqual(Crockford.bytes(of: text), bytes)
      XCTAssertEqual(Crockford.bytes(of: text.lowercased() + "-"), bytes)
    }
    XCTAssertEqual(Crockford.encode([0xff, 0x00]), "ZW00")
  }

  func testAnotherSpellingOfTheSameBytesIsRefused() {
    XCTAssertEqual(Crockford.bytes(of: "ZW00"), [0xff, 0x00])
    // One of the spare bits set; a symbol too many; letters that are none.
    for text in ["ZW01", "ZW0000", "Z", "ZWU0", "ZW0!"] { XCTAssertNil(Crockford.bytes(of: text), text) }
    XCTAssertEqual(Crockford.bytes(of: "OIL0"), Crockford.bytes(of: "0110"))
  }
}
