import Synchronization

/// Something that is done again and again while the office is open, one turn at a time; each turn begins some time after the
/// one before has ended.
///
/// A turn may fail: that is counted and told, and its next time comes as ever.
public final class Periodic: Sendable {
  /// When the first turn begins.
  public enum Beginning: Sendable { case atOnce, afterInterval }

  /// How the turns have gone.
  public struct Figures: Sendable, Equatable {
    /// How many turns have come to their end.
    public fileprivate(set) var successCount = 0
    /// How many turns have failed.
    public fileprivate(set) var errorCount = 0
    /// When a turn last succeeded, by the clock that is waited on; nil before the first that does.
    public fileprivate(set) var lastSuccess: Instant?
  }

  private struct State {
    var task: Task<Void, Never>?
    var figures = Figures()
  }

  private let interval: Duration
  private let beginning: Beginning
  private let jitter: Duration
  private let priority: TaskPriority?
  private let random: any RandomSource
  private let clock: any IntervalClock
  private let state = Mutex(State())

  /// Work that is not begun yet.
  ///
  /// - Parameters:
  ///   - interval: between the end of a turn and the beginning of the next.
  ///   - jitter: up to so much longer, by chance, so that what was started together does not stay together.
  ///   - priority: of the turns; nil for that of the caller of `start`.
  public init(
    every interval: Duration, from beginning: Beginning = .atOnce, jitter: Duration = .zero,
    priority: TaskPriority? = nil, random: any RandomSource = SystemRandom(), clock: any IntervalClock = UptimeClock()
  ) {
    self.interval = interval
    self.beginning = beginning
    self.jitter = jitter
    self.priority = priority
    self.random = random
    self.clock = clock
  }

  /// How the turns have gone since it was made.
  public var figures: Figures { state.withLock { $0.figures } }

  /// How long ago a turn last succeeded, by the clock that is waited on; nil before the first that does.
  public var sinceLastSuccess: Duration? { figures.lastSuccess.map { clock.now - $0 } }

  /// Begins; a second start does nothing.
  ///
  /// - Parameters:
  ///   - pause: how long until the next turn, where that depends; asked after each turn, in the interval's place.
  ///   - failed: is told what a turn has thrown.
  ///   - body: a turn.
  public func start(
    pausing pause: (@Sendable () async -> Duration)? = nil,
    failed: @escaping @Sendable (any Error) -> Void = { _ in },
    _ body: @escaping @Sendable () async throws -> Void
  ) {
    state.withLock { state in
      guard state.task == nil else { return }
      state.task = Task(priority: priority) { [self] in
        if beginning == .atOnce { await turn(body, failed) }
        while !Task.isCancelled {
          let wait = await pause?() ?? interval
          do { try await clock.sleep(for: wait + anyJitter) } catch { return }
          await turn(body, failed)
        }
      }
    }
  }

  /// Ends it, and waits for the turn that is under way.
  ///
  /// - Returns: false when it was not started.
  @discardableResult
  public func stop() async -> Bool {
    let running = state.withLock { state in
      defer { state.task = nil }
      return state.task
    }
    running?.cancel()
    await running?.value
    return running != nil
  }

  /// Tells it to end, and does not wait for the turn that is under way. It does not begin again before `stop`.
  public func cancel() { state.withLock { $0.task }?.cancel() }

  private func turn(_ body: @Sendable () async throws -> Void, _ failed: @Sendable (any Error) -> Void) async {
    do {
      try await body()
      let now = clock.now
      state.withLock { state in
        state.figures.successCount += 1
        state.figures.lastSuccess = now
      }
    } catch {
      // Being told to end is no failure.
      if error is CancellationError, Task.isCancelled { return }
      state.withLock { $0.figures.errorCount += 1 }
      failed(error)
    }
  }

  private var anyJitter: Duration {
    jitter > .zero ? .milliseconds(random.below(Int(jitter.milliseconds) + 1)) : .zero
  }
}
