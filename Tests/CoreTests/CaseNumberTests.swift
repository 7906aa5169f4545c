import Core
import XCTest

final class CaseNumberTests: XCTestCase {
  private static let digits = Array("0123456789")

  /// Many numbers of every kind, the least and the greatest among them.
  private func numbers(_ count: Int, seed: UInt64) -> [[Character]] {
    let random = SeededRandom(seed: seed)
    let drawn = (0..<count).map { _ in ApplicationNumber(from: random).description }
    return (drawn + NumberKind.allCases.map { TypedNumber.example($0) }).map { text in
      text.filter { $0 != " " }.map { $0 }
    }
  }

  /// Every reading of `wrong` is refused, and something was tried.
  private func refuse(_ wrong: [[Character]], of number: [Character], seed: UInt64, line: UInt = #line) -> Int {
    for text in wrong where TypedNumber(String(text)) != .mistyped {
      XCTFail("\(String(number)) → \(String(text)), seed \(seed)", line: line)
    }
    return wrong.count
  }

  func testTheCheckDigitsAreThoseOfTheStandard() {
    // The example of ISO/IEC 7064: 794 has the check digits 44.
    XCTAssertEqual(CheckDigits.append(to: 794), 79444)
    XCTAssertEqual(TypedNumber("1234 5678 9092"), .number(123_456_789_092, .application))
    XCTAssertEqual(123_456_789_092 % 97, 1)
    for kind in NumberKind.allCases {
      XCTAssertEqual(TypedNumber(TypedNumber.example(kind)).kind, kind)
    }
  }

  func testEverySingleWrongDigitIsCaught() {
    let seed = testSeed()
    var count = 0
    for number in numbers(2000, seed: seed) {
      let wrong = number.indices.flatMap { place in
        Self.digits.filter { $0 != number[place] }.map { digit in
          var text = number
          text[place] = digit
          return text
        }
      }
      count += refuse(wrong, of: number, seed: seed)
    }
    XCTAssertEqual(count, (2000 + NumberKind.allCases.count) * 12 * 9)
  }

  func testEverySwapOfTwoDigitsSideBySideOrAcrossOneIsCaught() {
    let seed = testSeed()
    var count = 0
    for number in numbers(5000, seed: seed) {
      for distance in 1...2 {
        let wrong = number.indices.dropLast(distance).compactMap { place -> [Character]? in
          guard number[place] != number[place + distance] else { return nil }
          var text = number
          text.swapAt(place, place + distance)
          return text
        }
        count += refuse(wrong, of: number, seed: seed)
      }
    }
    XCTAssertGreaterThan(count, 80_000)
  }

  func testEveryTwinErrorSideBySideOrAcrossOneIsCaught() {
    let seed = testSeed()
    var count = 0
    for number in numbers(5000, seed: seed) {
      for distance in 1...2 {
        let wrong = number.indices.dropLast(distance).filter { number[$0] == number[$0 + distance] }.flatMap { place in
          Self.digits.filter { $0 != number[place] }.map { digit in
            var text = number
            text[place] = digit
            text[place + distance] = digit
            return text
          }
        }
        count += refuse(wrong, of: number, seed: seed)
      }
    }
    XCTAssertGreaterThan(count, 50_000)
  }

  func testEveryShiftOfTheWholeNumberByOnePlaceIsCaught() {
    let seed = testSeed()
    var count = 0
    for number in numbers(20_000, seed: seed) where Set(number).count > 1 {
      let toLeft = Array(number.dropFirst() + number.prefix(1))
      let toRight = Array(number.suffix(1) + number.dropLast())
      count += refuse([toLeft, toRight], of: number, seed: seed)
    }
    XCTAssertGreaterThan(count, 39_000)
  }

  func testALostOrDoubledDigitIsCaught() {
    let seed = testSeed()
    for number in numbers(1000, seed: seed) {
      let wrong = number.indices.flatMap { place -> [[Character]] in
        var (lost, doubled) = (number, number)
        lost.remove(at: place)
        doubled.insert(number[place], at: place)
        return [lost, doubled]
      }
      XCTAssertEqual(refuse(wrong, of: number, seed: seed), 24)
    }
  }

  func testOfOtherErrorsOneIn97AtMostIsMissed() {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    let taken = (0..<97_000).filter { _ in
      TypedNumber("1" + String(100_000_000_00 + random.below(899_999_999_99))) != .mistyped
    }.count
    // A thousand is expected; five standard deviations are 158.
    XCTAssertLessThan(taken, 1160, "seed \(seed)")
    XCTAssertGreaterThan(taken, 840, "seed \(seed)")
  }

  func testANumberIsPrintedInGroupsOfFourAndReadBack() throws {
    let random = SeededRandom(seed: testSeed())
    for _ in 0..<1000 {
      let number = ApplicationNumber(from: random)
      XCTAssertEqual(ApplicationNumber(number.description), number)
      XCTAssertEqual(ApplicationNumber(number.printed), number)
      XCTAssertEqual(number.printed.split(separator: " ", omittingEmptySubsequences: false).map(\.count), [4, 4, 4])
      XCTAssertTrue(number.description.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
      XCTAssertEqual(number.description.first, "1")
    }
  }

  func testWhatPhonesAndScannersTypeAlongMeansNothing() {
    for text in [
      "123456789092", " 1234-5678-9092\t", "1234\u{A0}5678\u{202F}9092", "1234–5678—9092",
      "\u{202A}1234 5678 9092\u{202C}",
      "１２３４ ５６７８ ９０９２", "١٢٣٤ ٥٦٧٨ ٩٠٩٢", "۱۲۳۴ ۵۶۷۸ ۹۰۹۲", "1234\u{200B}56789092\u{FEFF}", "12 34 56 78 90 92",
      "1234.5678.9092", "1234/5678/9092", "1234. 5678. 9092", "1234 / 5678 / 9092", "1234 5678 9092.",
    ] {
      XCTAssertEqual(ApplicationNumber(text)?.value, 123_456_789_092, text)
    }
  }

  func testAScannedAddressGivesTheNumberAtItsEnd() {
    for text in [
      "https://antre.example.go.id/lacak?nomor=123456789092", "http://127.0.0.1:8080/permohonan/123456789092",
      "1234 5678 9092",
    ] {
      XCTAssertEqual(TypedNumber(scanned: text), .number(123_456_789_092, .application), text)
    }
    for text in ["https://antre.example.go.id/123456789092/x", "https://antre.example.go.id/", "/", "="] {
      XCTAssertEqual(TypedNumber(scanned: text), .mistyped, text)
    }
  }

  func testAnythingElseIsNoNumber() {
    for text in [
      "", "1", "1234 5678 909", "1234 5678 9092 1", "1234,5678,9092", "1234.5678.909", "I234 5678 9092",
      "1234 5678 9O92",
      "1234567890 92é",
      "०१२३४५६७८९०९", "0234 5678 9090", "8234 5678 9047", "-", String(repeating: " ", count: 1000) + "123456789092",
    ] {
      XCTAssertEqual(TypedNumber(text), .mistyped, text)
    }
  }

  func testANIKIsToldFromANumberOfTheOffice() {
    XCTAssertEqual(TypedNumber("9971 0117 0890 0001"), .nik)
    XCTAssertNil(ApplicationNumber("9971011708900001"))
  }

  func testANumberOfOneKindIsNoneOfAnother() {
    for kind in NumberKind.allCases where kind != .application {
      XCTAssertNil(ApplicationNumber(TypedNumber.example(kind)), kind.rawValue)
    }
  }
}
