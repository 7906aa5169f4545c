import Contracts
import Core
import Store
import Synchronization

/// What is done for appointments from time to time.
final class AppointmentRound: Sendable {
  /// Places come, lapse and are settled by the minute.
  private static let roundSeconds = 60

  private let booking: BookingContext
  private let work: RegularWork
  private let round = Mutex<Task<Void, Never>?>(nil)

  init(booking: BookingContext, work: RegularWork = RegularWork()) {
    self.booking = booking
    self.work = work
  }

  /// Reads the rules, plans the days, and keeps doing what is due.
  func start() async throws {
    try booking.rules.load()
    let keeper = AppointmentKeeper(booking: booking)
    let (log, work) = (booking.log, work)
    try await booking.store.atStart("appointments") { try await work.run("appointments", keeper.tidy) }
    let task = Task {
      while !Task.isCancelled {
        do {
          try await Task.sleep(for: .seconds(Self.roundSeconds))
          try await work.run("appointments", keeper.tidy)
        } catch is CancellationError {
          return
        } catch {
          log.error("appointments could not be brought up to date", ["error": error.inLog])
        }
      }
    }
    round.withLock { $0 = task }
  }

  func stop() { round.withLock { $0?.cancel() } }

  /// - Throws: `ConfigurationProblem`; the rules in force stay in force.
  func reload() async throws {
    try booking.rules.load()
    try await AppointmentKeeper(booking: booking).tidy()
  }
}
