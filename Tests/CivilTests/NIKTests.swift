import Core
import XCTest

@testable import Civil

final class NIKTests: XCTestCase {
  private let born = CivilDate(year: 1990, month: 8, day: 17)

  private func refusal(_ typed: String) -> Refusal? {
    do throws(Refusal) {
      _ = try NIK(typed)
      return nil
    } catch {
      return error
    }
  }

  private func doubts(_ typed: String, born: CivilDate?, sex: Sex?) throws -> [Doubt] {
    try NIK(typed).doubts(dateOfBirth: born, sex: sex)
  }

  func testMansAndWomansNumbersRaiseNoDoubt() throws {
    XCTAssertEqual(try doubts("1808991708900001", born: born, sex: .male), [])
    XCTAssertEqual(try doubts("1808995708900001", born: born, sex: .female), [])
  }

  func testDayAndMonthThatDoNotExistAreDoubtedAndNotRefused() throws {
    XCTAssertEqual(try doubts("1808993213900001", born: born, sex: .male), [.nikDateImpossible])
  }

  func testWhatNoNumberCanBeIsRefused() {
    XCTAssertEqual(refusal("1808991708900000"), .nikImpossible)
    XCTAssertEqual(refusal("1111111111111111"), .nikImpossible)
    XCTAssertEqual(refusal("180899170890001"), .nikLength(found: 15))
    XCTAssertEqual(refusal("18089917089000012"), .nikLength(found: 17))
    XCTAssertEqual(refusal("18089917089000A1"), .nikNotDigits)
    XCTAssertEqual(refusal("١٨٠٨٩٩١٧٠٨٩٠٠٠٠١"), .nikNotDigits)
  }

  func testDigitsTypedInGroupsAreRead() throws {
    XCTAssertEqual(try NIK("1808 9917 0890 0001").digits, "1808991708900001")
    XCTAssertEqual(try NIK("18.08.99-170890-0001").digits, "1808991708900001")
    XCTAssertEqual(try NIK("\u{FEFF}1808\u{A0}9917\u{2013}0890\u{200B}0001").digits, "1808991708900001")
    XCTAssertEqual(try NIK("１８０８９９１７０８９００００１").digits, "1808991708900001", "a full-width keyboard")
  }

  func testNumberThatDisagreesWithTheFormIsDoubted() throws {
    let other = CivilDate(year: 1990, month: 8, day: 18)
    XCTAssertEqual(try doubts("1808991708900001", born: other, sex: .female), [.nikDateDiffers, .nikSexDiffers])
    XCTAssertEqual(try doubts("0708991708900001", born: born, sex: .male), [.nikProvince])
    XCTAssertEqual(try doubts("1808991708900001", born: nil, sex: nil), [], "nothing to compare with")
  }

  func testCenturyIsTakenFromTheDateOfBirth() throws {
    let child = CivilDate(year: 2014, month: 2, day: 5)
    let grandmother = CivilDate(year: 1914, month: 2, day: 5)
    for date in [child, grandmother] { XCTAssertEqual(try doubts("1808994502140001", born: date, sex: .female), []) }
  }

  func testLeapDayIsPossibleWhenOneOfTheCenturiesHasIt() throws {
    // 29 February 1900 did not exist, 29 February 2000 did.
    XCTAssertEqual(try doubts("1808992902000001", born: nil, sex: .male), [])
    XCTAssertEqual(try doubts("1808992902010001", born: nil, sex: .male), [.nikDateImpossible])
  }
}
