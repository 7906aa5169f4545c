import Core
import Foundation
import XCTest

@testable import Feedback

final class SatisfactionIndexTests: XCTestCase {
  func testBestAnswersGiveOneHundredAndWorstTwentyFive() throws {
    XCTAssertEqual(try index(allSums: 4, of: 1).hundredths, 10_000)
    XCTAssertEqual(try index(allSums: 1, of: 1).hundredths, 2_500)
  }

  func testRoundedWeightCannotReachOneHundred() throws {
    XCTAssertEqual(try index(allSums: 4, of: 1, weight: .rounded).hundredths, 9_900)
  }

  /// 88,305 lies between the printed bands B (to 88,30) and A (from 88,31): rounding decides, upwards.
  func testValueInTheGapBetweenBandsIsRoundedIntoOne() throws {
    // Nine elements of 5,000 answers each; the sum of all scores is 158,949, so IKM = 158949 / 5000 × 25 / 9 = 88,305.
    XCTAssertEqual(try index(sumOfAll: 158_949, of: 5_000).hundredths, 8_831)
    XCTAssertEqual(try index(sumOfAll: 158_949, of: 5_000).quality, .a)
    XCTAssertEqual(try index(sumOfAll: 158_948, of: 5_000).hundredths, 8_830)
    XCTAssertEqual(try index(sumOfAll: 158_948, of: 5_000).quality, .b)
  }

  func testBandsAreThoseOfTableTwo() {
    let bands: [(Int, SatisfactionIndex.Quality)] = [
      (10_000, .a), (8_831, .a), (8_830, .b), (7_661, .b), (7_660, .c), (6_500, .c), (6_499, .d), (2_500, .d),
    ]
    for (hundredths, quality) in bands { XCTAssertEqual(.init(hundredths: hundredths), quality, "\(hundredths)") }
  }

  func testElementsCountAloneHoweverManyAnsweredEach() throws {
    var tallies = tallies(sum: 3, count: 1)
    tallies[.requirements] = ElementTally(answerCount: 1_000, scoreSum: 4_000)
    let index = try XCTUnwrap(SatisfactionIndex(tallies))
    XCTAssertEqual(index.hundredths, 7_778)  // (4 + 8 × 3) / 9 × 25 = 77,777…
  }

  func testIndexNeedsEveryElement() {
    var tallies = tallies(sum: 3, count: 1)
    tallies[.facilities] = nil
    XCTAssertNil(SatisfactionIndex(tallies))
    tallies[.facilities] = ElementTally()
    XCTAssertNil(SatisfactionIndex(tallies))
  }

  /// With one count for all elements the index is a fraction of whole numbers, which can be rounded exactly.
  func testRoundingAgreesWithWholeNumbersForRandomAnswers() throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    for _ in 0..<20_000 {
      let count = 1 + random.below(6_000)
      let sum = 9 * count + random.below(27 * count + 1)
      let exact = (2 * sum * 2_500 + 9 * count) / (2 * 9 * count)
      XCTAssertEqual(try index(sumOfAll: sum, of: count).hundredths, exact, "\(sum) of \(count)")
    }
  }

  func testEveryElementIsAskedOnceAndKeyedAsTheRegulationHasIt() {
    XCTAssertEqual(Set(SurveyElement.questionnaire), Set(SurveyElement.allCases))
    XCTAssertEqual(SurveyElement.questionnaire.count, 9)
    XCTAssertEqual(SurveyElement.complaints.rawValue, "U8")
    XCTAssertEqual(SurveyElement.facilities.rawValue, "U9")
  }

  private func tallies(sum: Int, count: Int) -> [SurveyElement: ElementTally] {
    Dictionary(
      uniqueKeysWithValues: SurveyElement.allCases.map { ($0, ElementTally(answerCount: count, scoreSum: sum)) })
  }

  private func index(
    allSums sum: Int, of count: Int, weight: SatisfactionIndex.Weight = .exact
  ) throws -> SatisfactionIndex {
    try XCTUnwrap(SatisfactionIndex(tallies(sum: sum, count: count), weight: weight))
  }

  /// Spreads one sum over the nine elements.
  private func index(sumOfAll sum: Int, of count: Int) throws -> SatisfactionIndex {
    var tallies: [SurveyElement: ElementTally] = [:]
    for (place, element) in SurveyElement.allCases.enumerated() {
      tallies[element] = ElementTally(answerCount: count, scoreSum: sum / 9 + (place < sum % 9 ? 1 : 0))
    }
    return try XCTUnwrap(SatisfactionIndex(tallies))
  }
}
