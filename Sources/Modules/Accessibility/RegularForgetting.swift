import Core
import Store
import Synchronization

/// Forgets again and again what has been kept long enough, also in an office where nobody says a need for days.
final class RegularForgetting: Sendable {
  private let desk: HelpDesk
  private let work: RegularWork
  private let log: any Log
  private let interval: Duration
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(
    _ desk: HelpDesk, every interval: Duration = .minutes(10), work: RegularWork = RegularWork(), log: any Log
  ) {
    self.desk = desk
    self.work = work
    self.interval = interval
    self.log = log
  }

  /// Forgets now, and from now on.
  func start() async throws {
    try await desk.store.atStart("old needs") { try await work.run("old needs", desk.forget) }
    let task = Task { [desk, work, log, interval] in
      while (try? await Task.sleep(for: interval)) != nil {
        do {
          try await work.run("old needs", desk.forget)
        } catch {
          log.error("old needs could not be removed", ["error": error.inLog])
        }
      }
    }
    self.task.withLock { $0 = task }
  }

  func stop() { task.withLock { $0?.cancel() } }
}
