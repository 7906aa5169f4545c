import QR
import XCTest

final class QRCodeTests: XCTestCase {
  private let finder = [
    "#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######",
  ]

  private func pattern(_ code: QRCode, left: Int, top: Int) -> [String] {
    (0..<7).map { y in String((0..<7).map { x in code[left + x, top + y] ? "#" : "." as Character }) }
  }

  func testEveryCodeHasThreeFinderPatternsAndNoneAtTheBottomRight() throws {
    for correction in QRCode.Correction.allCases {
      let code = try QRCode(text: "https://antrean.example/t/7K3M9QXD2ABCD", correction: correction)
      XCTAssertEqual(pattern(code, left: 0, top: 0), finder)
      XCTAssertEqual(pattern(code, left: code.size - 7, top: 0), finder)
      XCTAssertEqual(pattern(code, left: 0, top: code.size - 7), finder)
      XCTAssertNotEqual(pattern(code, left: code.size - 7, top: code.size - 7), finder)
    }
  }

  func testTimingPatternsAlternateBetweenTheFinders() throws {
    let code = try QRCode(text: String(repeating: "Gapura ", count: 20))
    for place in 8..<(code.size - 8) {
      XCTAssertEqual(code[place, 6], place.isMultiple(of: 2))
      XCTAssertEqual(code[6, place], place.isMultiple(of: 2))
    }
  }

  func testSizeGrowsByFourModulesAVersionWithTheTextAndTheCorrection() throws {
    XCTAssertEqual(try QRCode(text: "A", correction: .low).size, 21)
    XCTAssertEqual(try QRCode(text: String(repeating: "a", count: 2953), correction: .low).size, 177)
    var last = 0
    for count in stride(from: 1, through: 1200, by: 37) {
      let size = try QRCode(text: String(repeating: "a", count: count), correction: .high).size
      XCTAssertEqual((size - 17) % 4, 0)
      XCTAssertGreaterThanOrEqual(size, last)
      XCTAssertGreaterThanOrEqual(size, try QRCode(text: String(repeating: "a", count: count), correction: .low).size)
      last = size
    }
  }

  func testTooLongTextIsRefusedWithItsByteCount() {
    let text = String(repeating: "a", count: 2954)
    XCTAssertThrowsError(try QRCode(text: text, correction: .low)) {
      XCTAssertEqual($0 as? QRCode.Failure, .tooLong(byteCount: 2954))
    }
  }

  func testEmptyTextIsRefused() {
    XCTAssertThrowsError(try QRCode(text: "")) { XCTAssertEqual($0 as? QRCode.Failure, .empty) }
  }

  func testWhatLiesOutsideIsLight() throws {
    let code = try QRCode(text: "A")
    XCTAssertFalse(code[-1, 0])
    XCTAssertFalse(code[0, code.size])
  }

  func testSameTextGivesTheSameCodeAndAnotherTextAnother() throws {
    XCTAssertEqual(try QRCode(text: "Gapura"), try QRCode(text: "Gapura"))
    XCTAssertNotEqual(try QRCode(text: "Gapura"), try QRCode(text: "gapura"))
  }

  func testBytesAfterANulAreEncoded() throws {
    XCTAssertNotEqual(try QRCode(text: "a\0b"), try QRCode(text: "a\0c"))
  }
}
