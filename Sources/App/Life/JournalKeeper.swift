import Core
import Store
import Synchronization

/// Removes events that are old and that no follower waits for, a portion at a time, so that the journal does not grow for ever.
final class JournalKeeper: Sendable {
  /// Between portions, while there is more; what people wait for comes between.
  private static let pause = Duration.seconds(2)
  /// After the last one.
  private static let interval = Duration.minutes(60)

  private let store: Store
  private let keeping: JournalKeeping
  private let clock: any WallClock
  private let work: RegularWork
  private let log: any Log
  private let hasMore = Mutex(false)
  private let periodic = Periodic(every: JournalKeeper.interval, from: .afterInterval)

  init(store: Store, keeping: JournalKeeping, clock: any WallClock, work: RegularWork, log: any Log) {
    self.store = store
    self.keeping = keeping
    self.clock = clock
    self.work = work
    self.log = log
  }

  func start() {
    periodic.start(
      pausing: { [self] in hasMore.withLock { $0 } ? Self.pause : Self.interval },
      failed: { [log] in log.warning("old events were not removed", ["reason": $0.inLog]) },
      { [self] in
        // Where it fails it is tried again after the interval.
        hasMore.withLock { $0 = false }
        let isLeft = try await removeSome()
        hasMore.withLock { $0 = isLeft }
      })
  }

  func stop() async { await periodic.stop() }

  /// - Returns: whether there may be more.
  func removeSome() async throws -> Bool {
    // Nothing irreversible is done on a doubtful clock, nor where nothing can be written.
    guard clock.doubt == nil, !store.isReadOnly else { return false }
    return try await work.run("removing old events") {
      try await store.removeOldEvents(keeping, at: clock.now).hasMore
    }
  }
}
