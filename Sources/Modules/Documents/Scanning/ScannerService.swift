import Core
import Synchronization

/// Lets a few scans run at once, and none while the scanner is known to be away.
final class ScannerService: Sendable {
  /// clamd scans some at once (`MaxThreads`, 10 by default); more would only wait there, with their time running.
  static let scanCountMax = 4

  private struct State {
    var scanCount = 0
    var awayUntil: Instant?
    /// What it said last, for the health page; never anything of a document.
    var trouble: String?
  }

  private let clock: any WallClock
  private let state = Mutex(State())

  init(clock: any WallClock) { self.clock = clock }

  /// What the scanner's last failure was; nil since it has answered again.
  var trouble: String? { state.withLock { $0.trouble } }

  /// Runs a scan; nil when there is no room for it, or the scanner was away a moment ago and is not to be tried yet.
  func run<Result: Sendable>(
    evenIfAway: Bool, retryAfter interval: Duration, _ scan: () async throws -> Result
  ) async throws -> Result? {
    let now = clock.now
    let mayRun = state.withLock { state in
      // Further away than it was ever put: the date was wrong then.
      if !evenIfAway, let until = state.awayUntil, now < until, until - now <= interval { return false }
      guard state.scanCount < Self.scanCountMax else { return false }
      state.scanCount += 1
      return true
    }
    guard mayRun else { return nil }
    defer { state.withLock { $0.scanCount -= 1 } }
    do {
      let result = try await scan()
      state.withLock { ($0.awayUntil, $0.trouble) = (nil, nil) }
      return result
    } catch let failure as Clamd.Failure {
      note(failure, until: clock.now + interval)
      throw failure
    }
  }

  private func note(_ failure: Clamd.Failure, until: Instant) {
    state.withLock { state in
      switch failure {
      case .away: (state.awayUntil, state.trouble) = (until, "clamd does not answer")
      case .refused: state.trouble = "clamd refuses a document"
      }
    }
  }
}
