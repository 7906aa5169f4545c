import Contracts
import Core
import Store

/// What is done for appointments from time to time.
final class AppointmentRound: Sendable {
  /// Slots come, lapse and are settled by the minute.
  private static let interval = Duration.seconds(60)

  private let booking: BookingContext
  private let draws: DrawService
  private let work: RegularWork
  private let round = Periodic(every: AppointmentRound.interval, from: .afterInterval)

  init(booking: BookingContext, draws: DrawService, work: RegularWork = RegularWork()) {
    self.booking = booking
    self.draws = draws
    self.work = work
  }

  /// Plans the days, and keeps doing what is due.
  func start() async throws {
    let (log, work) = (booking.log, work)
    let tidy: @Sendable () async throws -> Void = { [booking, draws] in
      try await AppointmentKeeper(booking: booking).tidy(drawing: draws)
    }
    try await booking.store.atStart("appointments") { try await work.run("appointments", tidy) }
    work.watch("appointments", round)
    round.start(failed: { log.error("appointments could not be brought up to date", ["error": $0.inLog]) }) {
      try await work.run("appointments", tidy)
    }
  }

  func stop() async { await round.stop() }

  /// Plans the days anew, by the rules that were read again.
  func replan() async throws { try await AppointmentKeeper(booking: booking).tidy(drawing: draws) }
}
