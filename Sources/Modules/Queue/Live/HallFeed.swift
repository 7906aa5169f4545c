import Contracts
import Core
import Store
import Synchronization

/// Follows the journal, has the hall read once after each change of the queue, and tells all who watch.
///
/// Displays and phones are told through `LiveHall`, which shares what it computes among them.
final class HallFeed: Sendable {
  private let watchers = Watchers<QueueSnapshot>()
  private let follower = Mutex<Task<Void, Never>?>(nil)
  private let look = Periodic(every: HallFeed.lookInterval, from: .afterInterval)
  private let store: Store
  private let queue: HallQueue
  let live: LiveHall
  private let work: RegularWork
  private let log: any Log
  /// Estimates age, and a day ends, without anything happening in the hall.
  private static let refreshInterval = Duration.seconds(60)
  /// A clock that was set is noticed after that long.
  private static let lookInterval = Duration.seconds(10)
  /// Where changes come faster, several are told together: the difference is not seen, and the hall is read less often.
  private static let pauseMin = Duration.milliseconds(20)
  /// Telling a stream costs a system call. With so much rest for each, a thousand streams that one client has opened are
  /// told four times a second at most, however fast the hall calls.
  private static let pausePerStream = Duration.microseconds(250)
  private static let pauseMax = Duration.seconds(1)
  /// What could not be read is read again after that long.
  private static let retryInterval = Duration.seconds(2)
  private static let name: StaticString = "the call display"

  init(queue: HallQueue, live: LiveHall, work: RegularWork = RegularWork(), log: any Log) {
    self.queue = queue
    self.work = work
    store = queue.store
    self.live = live
    self.log = log
  }

  /// Reads the hall and follows the journal from there on.
  func start() async throws {
    let sequence = try await store.journal.latestSequence()
    try await refresh()
    let task = Task { await follow(after: sequence) }
    follower.withLock { $0 = task }
    look.start(
      pausing: { [self] in untilNextLook },
      failed: { [log] in log.warning("the call display could not be read", ["error": $0.inLog]) },
      { [self] in if !live.hall.at.isSameMinute(as: queue.clock.now) { try await refresh() } })
  }

  /// Stops following and ends every watcher's stream.
  func stop() {
    follower.withLock { $0 }?.cancel()
    look.cancel()
    watchers.finish()
    live.stop()
  }

  /// The hall now and after each change; only the newest is kept for a slow watcher.
  func watch() -> AsyncStream<QueueSnapshot> { watchers.watch { live.latest } }

  /// Follows the journal until it is told to stop; a hall that could not be read once is not left unfollowed.
  ///
  /// Not by `follow(after:failed:)`, which goes on after the last event that it handed out: an event after which the hall could
  /// not be read is told again. And not as a `Periodic`, since events have no interval; `look` is the one beside it.
  private func follow(after sequence: Int64) async {
    var last = sequence
    var (isFailing, isLeftBehind) = (false, false)
    while !Task.isCancelled {
      do {
        if isFailing || isLeftBehind { try await refresh() }
        (isFailing, isLeftBehind) = (false, false)
        for try await batch in store.journal.follow(after: last) {
          guard let end = batch.last else { continue }
          if batch.contains(where: { Self.concerns($0.kind) }) {
            try await refresh()
            try await Task.sleep(for: Self.pause(streamCount: live.streamCount))
          }
          last = end.sequence
        }
        return
      } catch is CancellationError {
        return
      } catch StoreError.closed {
        return
      } catch StoreError.eventsRemoved(let gone) {
        // What happened meanwhile stands in the hall that is read anew.
        (last, isLeftBehind) = (gone, true)
      } catch {
        if !isFailing { log.error("the call display cannot follow the hall and tries again", ["error": error.inLog]) }
        isFailing = true
        // Also where it was the journal that could not be read.
        work.note(Self.name, isDone: false)
        do { try await Task.sleep(for: Self.retryInterval) } catch { return }
      }
    }
  }

  /// How long after a change that was told the next ones are gathered. The first one after a quiet time is told at once.
  static func pause(streamCount: Int) -> Duration { min(pauseMax, pauseMin + pausePerStream * streamCount) }

  /// Whether an event is one of the queue's.
  private static func concerns(_ kind: EventKind) -> Bool {
    ["ticket.", "counter.", "service.", "hall."].contains { kind.description.hasPrefix($0) }
  }

  /// A little after the next full minute at the latest: hours begin and end with one.
  private var untilNextLook: Duration {
    let interval = Self.refreshInterval.milliseconds
    let left = interval - queue.clock.now.milliseconds % interval + 20
    return min(Self.lookInterval, .milliseconds(left))
  }

  private func refresh() async throws {
    try await work.run(Self.name) { try await live.refresh() }
    watchers.send { live.latest }
    await live.tellPhones()
  }
}
