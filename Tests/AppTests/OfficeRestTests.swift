import XCTest

@testable import gapura

/// When memory is given back.
final class OfficeRestTests: XCTestCase {
  private let quiet = OfficeRest.quietCountMax
  private let work = OfficeRest.workCountMin

  func testRestIsToldOnceAfterTheStartAndOnceAfterEnoughWork() {
    var rest = OfficeRest()
    XCTAssertFalse(rest.hasCome(after: quiet + 1), "the start is still under way")
    XCTAssertTrue(rest.hasCome(after: quiet + 2))
    let start = quiet + 2
    XCTAssertFalse(rest.hasCome(after: start + quiet), "nothing has come together since")
    XCTAssertFalse(rest.hasCome(after: start + work), "work under way")
    XCTAssertTrue(rest.hasCome(after: start + work + quiet))
    XCTAssertFalse(rest.hasCome(after: start + work + quiet))
  }

  func testSlowDayGivesBackNowAndThenAsWell() {
    var rest = OfficeRest()
    let told = (0...100).filter { rest.hasCome(after: $0 * quiet) }
    XCTAssertEqual(told, Array(stride(from: 0, through: 100, by: work / quiet)))
  }

  /// That the calls are there and harm nothing; what they save is measured (`make bench`).
  func testMemoryIsBoundedAndGivenBack() async {
    Allocator.bound()
    let blocks = (0..<1000).map { [UInt8](repeating: 1, count: 4096 + $0) }
    XCTAssertEqual(blocks.count, 1000)
    await Allocator.giveBack()
    XCTAssertTrue(blocks.allSatisfy { $0.last == 1 })
  }
}
