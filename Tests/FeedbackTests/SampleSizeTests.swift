import XCTest

@testable import Feedback

final class SampleSizeTests: XCTestCase {
  /// The table printed in the annex of PermenPANRB 14/2017.
  func testFormulaGivesThePrintedTable() {
    let printed: [(population: Int, sample: Int)] = [
      (10, 10), (15, 14), (20, 19), (30, 28), (40, 36), (50, 44), (75, 63), (100, 80), (120, 92), (150, 108),
      (200, 132), (250, 152), (400, 196), (500, 217), (800, 260), (1_000, 278), (1_500, 306), (2_000, 322),
      (3_000, 341), (5_000, 357), (10_000, 370), (20_000, 377), (50_000, 381), (75_000, 382), (1_000_000, 384),
    ]
    for line in printed {
      XCTAssertEqual(SampleSize.of(population: line.population), line.sample, "N = \(line.population)")
    }
  }

  func testNobodyNeedsNobody() {
    XCTAssertEqual(SampleSize.of(population: 0), 0)
    XCTAssertEqual(SampleSize.of(population: 1), 1)
  }
}
