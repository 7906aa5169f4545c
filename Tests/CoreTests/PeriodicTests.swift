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

  func testWhatWasNotStartedSaysSoWhenItIsStopped() async {
    let wasRunning = await Periodic(every: .seconds(1)).stop()
    XCTAssertFalse(wasRunning)
  }
}
