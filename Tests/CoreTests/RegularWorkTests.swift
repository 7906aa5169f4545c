import Core
import Synchronization
import XCTest

final class RegularWorkTests: XCTestCase {
  private struct Failure: Error {}

  private final class Disk: Sendable {
    private let state = Mutex(true)
    var isWell: Bool {
      get { state.withLock { $0 } }
      set { state.withLock { $0 = newValue } }
    }
  }

  func testHealthSaysHowOftenWorkHasFailedAndWhenItLastWentWell() async {
    let (work, clock, disk) = (RegularWork(), ManualIntervalClock(), Disk())
    let periodic = Periodic(every: .minutes(1), clock: clock)
    work.watch("the round", periodic)
    periodic.start {
      try await work.run("the round") { guard disk.isWell else { throw Failure() } }
    }
    await clock.hasSleeper()
    XCTAssertNil(work.detailedReport)
    disk.isWell = false
    await goOn(clock, turns: 3)
    XCTAssertEqual(
      work.detailedReport,
      "could not be done and is tried again: the round (failed 3 times since the start, last went well 3 min ago); "
        + "the log says why")
    XCTAssertEqual(
      work.report, "could not be done and is tried again: the round; the log says why", "it holds until it changes")
    disk.isWell = true
    await goOn(clock, turns: 1)
    XCTAssertNil(work.detailedReport)
    XCTAssertEqual(periodic.figures.errorCount, 3)
    await periodic.stop()
  }

  func testWorkThatNeverWentWellIsSaidToHaveNot() async {
    let (work, clock) = (RegularWork(), ManualIntervalClock())
    let periodic = Periodic(every: .minutes(1), clock: clock)
    work.watch("the round", periodic)
    work.note("the clock", isDone: false)
    periodic.start { try await work.run("the round") { throw Failure() } }
    await clock.hasSleeper()
    XCTAssertEqual(
      work.detailedReport,
      "could not be done and is tried again: the clock, the round (failed once since the start, never went well); "
        + "the log says why")
    await periodic.stop()
  }

  private func goOn(_ clock: ManualIntervalClock, turns: Int) async {
    for _ in 0..<turns {
      clock.advance(by: .minutes(1))
      await clock.hasSleeper()
    }
  }
}
