import Core
import Store

/// Forgets again and again what has been kept long enough, also in an office where no need is told for days.
final class RegularForgetting: Sendable {
  private let help: HelpService
  private let work: RegularWork
  private let log: any Log
  private let periodic: Periodic

  init(
    _ help: HelpService, every interval: Duration = .minutes(10), work: RegularWork = RegularWork(), log: any Log
  ) {
    self.help = help
    self.work = work
    periodic = Periodic(every: interval, from: .afterInterval)
    self.log = log
  }

  /// Forgets now, and from now on.
  func start() async throws {
    try await help.store.atStart("old needs") { try await forget() }
    work.watch("old needs", periodic)
    periodic.start(failed: { [log] in log.error("old needs could not be removed", ["error": $0.inLog]) }) { [self] in
      try await forget()
    }
  }

  func stop() async { await periodic.stop() }

  private func forget() async throws { try await work.run("old needs", help.forget) }
}
