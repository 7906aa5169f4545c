import Synchronization

/// A clock that can be waited on; handed in, so that tests decide when a time is over. It says nothing of the date, and
/// setting the machine's date does not move it.
public protocol IntervalClock: Sendable {
  /// The present moment, counted from any beginning.
  var now: Instant { get }

  /// Waits for so long.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  func sleep(for duration: Duration) async throws
}

extension UptimeClock: IntervalClock {
  /// Waits until the machine has been up so much longer.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

/// An interval clock that stands still until it is moved; for tests and simulations.
public final class ManualIntervalClock: IntervalClock {
  private struct Sleeper {
    let due: Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Instant
    var sleepers: [Int: Sleeper] = [:]
    var lastSleeper = 0
  }

  private let state: Mutex<State>

  /// A clock that stands at that moment.
  public init(_ start: Instant = Instant(milliseconds: 0)) { state = Mutex(State(now: start)) }

  /// The moment to which it was moved.
  public var now: Instant { state.withLock { $0.now } }

  /// How many wait on it now.
  public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// Moves the clock, and wakes whose time is over.
  public func advance(by duration: Duration) {
    let woken = state.withLock { state in
      let now = state.now + duration
      state.now = now
      let due = state.sleepers.filter { $0.value.due <= now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.due < $1.due }
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Waits until it was moved so far.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.lastSleeper += 1
      return state.lastSleeper
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        // Under the lock: a task that is cancelled before is not put down, one that is cancelled after is found.
        let isCancelled = state.withLock { state in
          if Task.isCancelled { return true }
          state.sleepers[id] = Sleeper(due: state.now + duration, continuation: continuation)
          return false
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
