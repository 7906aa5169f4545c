import Core
import Synchronization
import XCTest

final class PeriodicTests: XCTestCase {
  private final class Count: Sendable {
    private let state = Mutex((count: 0, running: 0, overlapped: false))
    var count: Int { state.withLock(\.count) }
    var overlapped: Bool { state.withLock(\.overlapped) }
    var isRunning: Bool { state.withLock { $0.running > 0 } }

    func begin() { state.withLock { $0 = ($0.count + 1, $0.running + 1, $0.overlapped || $0.running > 0) } }
    func end() { state.withLock { $0.running -= 1 } }
  }

  func testItIsDoneAtOnceAgainAndOneAtATimeHoweverOftenItIsStarted() async {
    let (count, periodic) = (Count(), Periodic(every: .milliseconds(1)))
    for _ in 0..<3 {
      periodic.start {
        count.begin()
        await Task.yield()
        count.end()
      }
    }
    while count.count < 5 { await Task.yield() }
    let wasRunning = await periodic.stop()
    XCTAssertTrue(wasRunning)
    XCTAssertFalse(count.overlapped)
    XCTAssertFalse(count.isRunning, "what is being done is waited for")
    let after = count.count
    await Task.yield()
    XCTAssertEqual(count.count, after)
  }

  func testATurnBeginsWhenTheIntervalIsOverOnItsClock() async {
    let (count, clock) = (Count(), ManualIntervalClock())
    let periodic = Periodic(every: .seconds(10), clock: clock)
    periodic.start { count.begin() }
    await clock.hasSleeper()
    XCTAssertEqual(count.count, 1)
    clock.advance(by: .milliseconds(9_999))
    XCTAssertEqual(clock.sleeperCount, 1)
    clock.advance(by: .milliseconds(1))
    await clock.hasSleeper()
    XCTAssertEqual(count.count, 2)
    XCTAssertEqual(periodic.figures.lastSuccess, Instant(milliseconds: 10_000))
    await periodic.stop()
  }

  func testTheFirstTurnMayWaitForTheInterval() async {
    let (count, clock) = (Count(), ManualIntervalClock())
    let periodic = Periodic(every: .seconds(10), from: .afterInterval, clock: clock)
    periodic.start { count.begin() }
    await clock.hasSleeper()
    XCTAssertEqual(count.count, 0)
    clock.advance(by: .seconds(10))
    await clock.hasSleeper()
    XCTAssertEqual(count.count, 1)
    await periodic.stop()
  }

  func testATurnThatFailsIsCountedAndToldAndTheNextOneComes() async {
    struct Failure: Error {}
    let (count, told, clock) = (Count(), Count(), ManualIntervalClock())
    let periodic = Periodic(every: .seconds(1), clock: clock)
    periodic.start(failed: { _ in told.begin() }) {
      count.begin()
      // The first and the third.
      if count.count % 2 == 1 { throw Failure() }
    }
    for turn in 1...3 {
      await clock.hasSleeper()
      XCTAssertEqual(count.count, turn)
      if turn < 3 { clock.advance(by: .seconds(1)) }
    }
    XCTAssertEqual(told.count, 2)
    XCTAssertEqual(periodic.figures.errorCount, 2)
    XCTAssertEqual(periodic.figures.successCount, 1)
    XCTAssertEqual(periodic.figures.lastSuccess, Instant(milliseconds: 1_000))
    await periodic.stop()
    XCTAssertEqual(periodic.figures.errorCount, 2, "being told to end is no failure")
  }

  func testThePauseThatIsAskedForTakesTheIntervalsPlace() async {
    let (count, clock) = (Count(), ManualIntervalClock())
    let periodic = Periodic(every: .seconds(1), clock: clock)
    periodic.start(pausing: { .seconds(60 * count.count) }) { count.begin() }
    for turn in 1...3 {
      await clock.hasSleeper()
      XCTAssertEqual(count.count, turn)
      clock.advance(by: .seconds(60 * turn - 1))
      XCTAssertEqual(clock.sleeperCount, 1)
      clock.advance(by: .seconds(1))
    }
    await periodic.stop()
  }

  func testWaitsDifferByTheJitterAtMost() async {
    let clock = HurriedClock(waitCount: 50)
    let periodic = Periodic(
      every: .seconds(1), jitter: .milliseconds(100), random: SeededRandom(seed: 7), clock: clock)
    periodic.start {}
    while clock.waits.count < 50 { await Task.yield() }
    await periodic.stop()
    XCTAssertTrue(clock.waits.allSatisfy { $0 >= .seconds(1) && $0 <= .milliseconds(1_100) }, "\(clock.waits)")
    XCTAssertGreaterThan(Set(clock.waits).count, 10)
  }

  func testItEndsInTheMiddleOfAWaitAndBeginsAgain() async {
    let (count, clock) = (Count(), ManualIntervalClock())
    let periodic = Periodic(every: .seconds(10), clock: clock)
    periodic.start { count.begin() }
    await clock.hasSleeper()
    periodic.cancel()
    let wasRunning = await periodic.stop()
    XCTAssertTrue(wasRunning)
    XCTAssertEqual(clock.sleeperCount, 0)
    periodic.start { count.begin() }
    await clock.hasSleeper()
    XCTAssertEqual(count.count, 2)
    await periodic.stop()
  }

  func testWhatWasNotStartedSaysSoWhenItIsStopped() async {
    let wasRunning = await Periodic(every: .seconds(1)).stop()
    XCTAssertFalse(wasRunning)
  }
}

/// A clock on which no wait takes long; it keeps them, and cancels what waits once there were enough.
private final class HurriedClock: IntervalClock {
  private let waitCount: Int
  private let kept = Mutex<[Duration]>([])

  init(waitCount: Int) { self.waitCount = waitCount }

  var now: Instant { Instant(milliseconds: 0) }
  var waits: [Duration] { kept.withLock { $0 } }

  func sleep(for duration: Duration) async throws {
    let isEnough = kept.withLock { kept in
      kept.append(duration)
      return kept.count >= waitCount
    }
    if isEnough { throw CancellationError() }
    await Task.yield()
  }
}

extension ManualIntervalClock {
  /// Waits until something waits on it.
  func hasSleeper() async {
    while sleeperCount == 0 { await Task.yield() }
  }
}
