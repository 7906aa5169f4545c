import Contracts
import Core
import Store
import Web

/// Appointments as a part of the queue: their pages, and what is done from time to time.
final class Appointments: Sendable {
  /// Places come, lapse and are settled by the minute.
  private static let interval = Duration.seconds(60)

  let house: AppointmentHouse
  private let publicAddress: PublicAddress?
  private let papers: (any PaperLinks)?
  private let work: RegularWork
  private let round = Periodic(every: Appointments.interval, from: .afterInterval)

  init(
    house: AppointmentHouse, publicAddress: PublicAddress?, papers: (any PaperLinks)? = nil,
    work: RegularWork = RegularWork()
  ) {
    self.house = house
    self.work = work
    self.papers = papers
    self.publicAddress = publicAddress
  }

  /// Plans the days, and keeps doing what is due.
  func start() async throws {
    let keeper = AppointmentKeeper(house: house)
    let (log, work) = (house.log, work)
    try await house.store.atStart("appointments") { try await work.run("appointments", keeper.tidy) }
    round.start(failed: { log.error("appointments could not be brought up to date", ["error": $0.inLog]) }) {
      try await work.run("appointments", keeper.tidy)
    }
  }

  func stop() async { await round.stop() }

  /// Plans the days anew, by the rules that were read again.
  func replan() async throws { try await AppointmentKeeper(house: house).tidy() }

  func routes(_ queue: QueueDesk) -> [Route] {
    let desk = BookingDesk(house: house)
    return BookingPages(desk: desk, queue: queue).routes() + FindPages(desk: desk).routes()
      + ReceiptPages(desk: desk, queue: queue, publicAddress: publicAddress, papers: papers).routes()
      + RoomPages(room: WaitingRoom(house: house)).routes()
      + DrawPages(desk: DrawDesk(house: house)).routes()
      + AppointmentConsole(house: house, desk: desk).routes()
  }
}
