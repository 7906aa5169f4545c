public import Contracts
public import Core
internal import HTML
public import Store
public import Web

/// Appointments: slots by half-hour, booking, the waiting room, draws, and checking in.
public struct AppointmentsModule: Module, Persistent, WebFacing, Observed {
  public static let name = "appointments"
  public static let provides = [
    ServiceKey((any AppointmentService).self), ServiceKey((any AppointmentHistory).self),
  ]
  public static let requires = [
    ServiceKey(Store.self), ServiceKey(Office.self), ServiceKey(LookUpGuard.self),
    ServiceKey((any QueueService).self), ServiceKey((any AvailabilityService).self),
  ]
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any OpeningTimesService).self),
    ServiceKey((any ApplicationService).self), ServiceKey((any OfficerDirectory).self),
    ServiceKey((any VaultService).self), ServiceKey((any KeyedHash).self), ServiceKey((any LedgerService).self),
    ServiceKey((any PublicDigest).self), ServiceKey((any ErasureService).self), ServiceKey((any EndService).self),
    ServiceKey((any PaperLinks).self), ServiceKey(PublicAddress.self), ServiceKey(ConfigurationDirectory.self),
  ]
  public static var schema: Schema { AppointmentSchema.schema }

  let booking: BookingContext
  let draws: DrawService
  private let hall: AppointmentsInHall
  private let pages: AppointmentRoutes
  private let round: AppointmentRound

  public init(services: ServiceRegistry) throws {
    let rules = AppointmentRulesInForce(directory: services.find(ConfigurationDirectory.self))
    // The queue reads the hall before this module starts. What is wrong with the file is said at the start: what makes
    // the module only is a command that may be about to look for the fault.
    try? rules.reload()
    let queue = services.require((any QueueService).self)
    booking = BookingContext(
      store: services.require(Store.self), clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), office: services.require(Office.self), rules: rules,
      queue: queue, availability: services.require((any AvailabilityService).self),
      catalogue: services.find((any CatalogueService).self), openings: services.find((any OpeningTimesService).self),
      applications: services.find((any ApplicationService).self), vault: services.find((any VaultService).self),
      hash: services.find((any KeyedHash).self), log: services.require((any Log).self),
      lookUps: services.require(LookUpGuard.self))
    draws = DrawService(
      booking: booking, ledger: services.find((any LedgerService).self),
      digest: services.find((any PublicDigest).self))
    hall = AppointmentsInHall(booking: booking)
    hall.attend(queue)
    let papers = services.find((any PaperLinks).self)
    let ends = BookingEnds(booking: booking, papers: papers)
    services.find((any ErasureService).self)?.whenErased { try ends.forget($0, in: $1) }
    services.find((any EndService).self)?.whenEnded { end, transaction in
      guard case .application(let number, _) = end else { return }
      try ends.callOff(number, in: transaction)
    }
    pages = AppointmentRoutes(
      booking: booking, draws: draws, publicAddress: services.find(PublicAddress.self), papers: papers,
      officers: services.find((any OfficerDirectory).self))
    round = AppointmentRound(booking: booking, draws: draws, work: services.find(RegularWork.self) ?? RegularWork())
  }

  public func provide(to services: inout ServiceRegistry) {
    services.provide((any AppointmentService).self, CheckInService(booking: booking))
    services.provide((any AppointmentHistory).self, hall)
  }

  public func start() async throws {
    try configuration.reload()
    try await round.start()
  }

  public func stop() async { await round.stop() }

  public var configuration: [any ReloadableFile] { [booking.rules] }

  public func reload() async throws {
    try configuration.reload()
    try await round.replan()
  }

  public func routes() -> [Route] { pages.all }

  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "appointment.nav.book", "/janji", order: 25, icon: .calendar, hint: "appointment.nav.book-hint"),
      NavigationEntry(.unlisted, "appointment.find.title", "/janji/lihat", order: 0),
      NavigationEntry(.unlisted, "appointment.room.title", "/ruang-tunggu", order: 0),
      NavigationEntry(.unlisted, "appointment.draw.title", "/undian", order: 0),
      NavigationEntry(
        .console(.supervisor, .appointments), "appointment.nav.console", "/petugas/janji", order: 50, icon: .calendar,
        hint: "appointment.nav.console-hint"),
    ]
  }

  public func health() async -> HealthReport {
    HealthReport(
      isHealthy: true, detail: booking.isOffered ? "appointments are offered" : "no appointments are offered")
  }

  public func metrics() async -> [Metric] { [] }
}
