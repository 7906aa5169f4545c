import Core
import XCTest

final class CrockfordTests: XCTestCase {
  func testPublishedExample() {
    XCTAssertEqual(Crockford.encode(1234, length: 3), "16J")
    XCTAssertEqual(Crockford.encodeWithCheck(1234, length: 3), "16JD")
    XCTAssertEqual(Crockford.decodeWithCheck("16JD", length: 3), 1234)
  }

  func testCheckSymbolsAboveThirtyOneAreThoseOfTheSpecification() {
    for (value, symbol) in zip(UInt64(32)...36, "*~$=U") {
      XCTAssertEqual(Crockford.encodeWithCheck(value, length: 2).last, symbol)
      XCTAssertEqual(Crockford.decodeWithCheck(Crockford.encodeWithCheck(value, length: 2), length: 2), value)
    }
  }

  func testSixtyFourBitsFitInThirteenSymbols() {
    XCTAssertEqual(Crockford.encode(.max, length: 13), "FZZZZZZZZZZZZ")
    XCTAssertEqual(Crockford.encode(0, length: 13), "0000000000000")
  }

  func testLookAlikesCaseAndGroupingDoNotMatter() {
    let printed = Crockford.encodeWithCheck(0x0108_4210, length: 8)
    let typed = printed.lowercased().replacing("0", with: "o").replacing("1", with: "l")
    XCTAssertEqual(
      Crockford.decodeWithCheck("\(typed.prefix(4))-\(typed.dropFirst(4).prefix(4)) \(typed.suffix(1))", length: 8),
      0x0108_4210)
    XCTAssertEqual(Crockford.normalised("o-iL z"), "011Z")
    XCTAssertNil(Crockford.normalised("U"))
    XCTAssertNil(Crockford.normalised("é"))
  }

  func testPublicCodeIsReadAsPeopleTypeIt() throws {
    let code = PublicCode(from: SeededRandom(seed: testSeed()))
    XCTAssertEqual(code.description.count, 13)
    XCTAssertEqual(
      PublicCode(" \(code.description.lowercased().replacing("0", with: "o").replacing("1", with: "i"))-"), code)
    XCTAssertNil(PublicCode(String(code.description.dropLast())))
    XCTAssertNil(PublicCode(code.description + "0"))
    XCTAssertNil(PublicCode("../../etc/pass"))
  }
}
