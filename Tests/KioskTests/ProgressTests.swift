import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

/// A promised day that has passed is not shown as one to come.
final class ProgressTests: XCTestCase {
  private let promised = CivilDate(dayNumber: 20_800)

  private func progress(_ current: Stage.Ending, today: CivilDate) throws -> Kiosk.Progress {
    let stage = try XCTUnwrap(Sample.stages.first { $0.ending == current })
    return Kiosk.Progress(
      Timeline(
        number: Sample.number, service: Sample.services[0].code, serviceName: Sample.services[0].name,
        entries: [Timeline.Entry(stage: stage, enteredAt: Instant(milliseconds: 0), isCurrent: true)],
        promisedFor: promised), zone: .wib, today: today)
  }

  func testADayThatHasPassedIsOverdueAndTheDayItselfIsNot() throws {
    XCTAssertFalse(try progress(.officer, today: promised).isOverdue)
    XCTAssertTrue(try progress(.officer, today: promised.adding(days: 1)).isOverdue)
  }

  func testWhatIsFinishedIsPromisedNothingMore() throws {
    let done = try progress(.none, today: promised.adding(days: 9))
    XCTAssertNil(done.promisedFor)
    XCTAssertFalse(done.isOverdue)
  }
}
