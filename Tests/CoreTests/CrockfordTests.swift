import Core
import XCTest

final class CrockfordTests: XCTestCase {
  private let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

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

  func testEveryWrongSymbolOfAnApplicationNumberIsCaught() {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let text = Array(ApplicationNumber(from: random).description)
      for place in text.indices where text[place] != "-" {
        for symbol in symbols + (place == text.indices.last ? Array("*~$=U") : []) where symbol != text[place] {
          var wrong = text
          wrong[place] = symbol
          XCTAssertNil(ApplicationNumber(String(wrong)), "\(String(text)) → \(String(wrong)), seed \(seed)")
        }
      }
    }
  }

  func testEverySwapOfNeighboursInAnApplicationNumberIsCaught() {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let text = Array(ApplicationNumber(from: random).description.filter { $0 != "-" })
      for place in text.indices.dropLast() where text[place] != text[place + 1] {
        var swapped = text
        swapped.swapAt(place, place + 1)
        XCTAssertNil(ApplicationNumber(String(swapped)), "\(String(text)) → \(String(swapped)), seed \(seed)")
      }
    }
  }

  func testApplicationNumberIsPrintedInGroupsAndReadBack() throws {
    let random = SeededRandom(seed: testSeed())
    for _ in 0..<1000 {
      let number = ApplicationNumber(from: random)
      XCTAssertEqual(ApplicationNumber(number.description), number)
      XCTAssertEqual(
        number.description.split(separator: "-", omittingEmptySubsequences: false).map(\.count), [4, 4, 1])
    }
    for text in ["", "7K3M-9QXD", "7K3M-9QXD-22", "7K3M-9QXÉ-2", "*K3M-9QXD-2"] {
      XCTAssertNil(ApplicationNumber(text), text)
    }
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
