import Contracts
import Core
import Store
import Synchronization

/// What happens in the hall because time passes: promises break, and days end. Everything is read from the database, so
/// that a restart, or days with the power off, only delay it.
final class HallRound: Sendable {
  /// New promises are longer than this, and days end by the minute.
  private static let intervalMax = Duration.seconds(60)
  private static let intervalMin = Duration.seconds(1)

  private let close: DayClose
  private let dayEnd: DayEnd
  private let work: RegularWork
  private let log: any Log
  private let task = Mutex<Task<Void, Never>?>(nil)
  private let waiting = Mutex<DayLeftover?>(nil)

  init(counters: CounterDesk, dayEnd: DayEnd, work: RegularWork = RegularWork(), log: any Log) {
    self.work = work
    close = DayClose(counters: counters)
    self.dayEnd = dayEnd
    self.log = log
  }

  /// Does what is due, and keeps doing it.
  func start() async throws {
    try await close.counters.store.atStart("the hall's round") { try await regularly() }
    let task = Task {
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: try await pause())
          try await regularly()
        } catch is CancellationError {
          return
        } catch {
          log.error("the hall could not be brought up to date", ["error": error.inLog])
          try? await Task.sleep(for: Self.intervalMin)
        }
      }
    }
    self.task.withLock { $0 = task }
  }

  func stop() { task.withLock { $0?.cancel() } }

  private func regularly() async throws { try await work.run("the hall's round", once) }

  /// What the end of the days that are over leaves alone until somebody has looked; nil where nothing waits.
  var leftover: DayLeftover? { waiting.withLock { $0 } }

  /// Ends it: somebody has looked.
  func endLeftover(by principal: Principal) async throws -> DayClose.Settlement {
    try close.counters.clock.requireBelieved()
    let settlement = try await close.endLeftover(dayEnd, by: principal)
    waiting.withLock { $0 = nil }
    return settlement
  }

  /// Does what is due now. Promises come first: who is sent home at the day's end was promised a call all the same.
  ///
  /// Nothing is broken or ended on a date that is in doubt.
  func once() async throws {
    guard close.counters.clock.doubt == nil else { return }
    try await noticeBroken()
    let leftover = try await close.catchUp(dayEnd).waiting
    let isNews = waiting.withLock { known in
      defer { known = leftover }
      return known == nil && leftover != nil
    }
    if isNews, let leftover { log.warning("a day does not end by itself", ["why": leftover.sentence]) }
  }

  private func noticeBroken() async throws {
    let now = close.counters.clock.now
    let due = try await close.counters.store.read { try PromiseTable.nextDue(in: $0) }
    guard let due, due < now else { return }
    _ = try await close.counters.store.write { try PromiseBook.noticeBroken(at: now, in: $0) }
  }

  /// Until right after the next promise falls due.
  private func pause() async throws -> Duration {
    guard let due = try await close.counters.store.read({ try PromiseTable.nextDue(in: $0) }) else {
      return Self.intervalMax
    }
    let left = due - close.counters.clock.now + .milliseconds(1)
    return min(Self.intervalMax, max(Self.intervalMin, left))
  }
}
