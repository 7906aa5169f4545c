public import Contracts
public import Core
internal import HTML
public import Store
public import Web

/// Appointments: slots by half-hour, booking, the waiting room, draws, and checking in.
public struct AppointmentsModule: Module, Persistent, WebFacing, Observed {
  /// The name in the office's configuration.
  public static let name = "appointments"
  /// Checking in for an appointment, and what is known of appointments for reports, for stops and for the person's own
  /// copy.
  public static let provides = [
    ServiceKey((any AppointmentService).self), ServiceKey((any AppointmentHistory).self),
  ]
  /// The store, the office and the queue, to which a person who checks in is admitted.
  public static let requires = [
    ServiceKey(Store.self), ServiceKey(Office.self), ServiceKey(LookUpGuard.self),
    ServiceKey((any QueueService).self), ServiceKey((any AvailabilityService).self),
  ]
  /// What some services' appointments need besides: applications, proofs in the ledger, codes on paper and the rules'
  /// file.
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any OpeningTimesService).self),
    ServiceKey((any ApplicationService).self), ServiceKey((any OfficerDirectory).self),
    ServiceKey((any VaultService).self), ServiceKey((any KeyedHash).self), ServiceKey((any LedgerService).self),
    ServiceKey((any PublicDigest).self), ServiceKey((any ErasureService).self), ServiceKey((any EndService).self),
    ServiceKey((any PaperLinks).self), ServiceKey(PublicAddress.self), ServiceKey(ConfigurationDirectory.self),
  ]
  /// The tables of slots, appointments, the waiting room and draws.
  public static var schema: Schema { AppointmentSchema.schema }

  let booking: BookingContext
  let draws: DrawService
  private let hall: AppointmentsInHall
  private let pages: AppointmentRoutes
  private let round: AppointmentRound

  /// Takes part in the queue's hall, in erasures and in the ends of applications from now on. Broken rules are told by
  /// `start`.
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

  /// Puts the service for checking in and the history of appointments there.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any AppointmentService).self, CheckInService(booking: booking))
    services.provide((any AppointmentHistory).self, hall)
  }

  /// Reads the rules, plans the days, and begins the round that settles what has passed and draws what is due.
  ///
  /// - Throws: `ConfigurationProblem` when the rules are broken.
  public func start() async throws {
    try configuration.reload()
    try await round.start()
  }

  /// Ends the round.
  public func stop() async { await round.stop() }

  /// The rules for slots, bookings and draws.
  public var configuration: [any ReloadableFile] { [booking.rules] }

  /// Reads the rules again and plans the days that they change.
  ///
  /// - Throws: `ConfigurationProblem` when they are broken; those in force stay.
  public func reload() async throws {
    try configuration.reload()
    try await round.replan()
  }

  /// The pages for booking, the waiting room, draws and an appointment's own page, and the supervisors' page.
  public func routes() -> [Route] { pages.all }

  /// The portal's entry for booking, pages that others lead to, and the supervisors' entry.
  public func navigation() -> [NavigationEntry] {
    [
      NavigationEntry(
        .portal, "appointment.nav.book", "/janji", order: 25, icon: .calendar, hint: "appointment.nav.book-hint"),
      NavigationEntry(.unlisted, "appointment.find.title", "/janji/lihat", order: 0),
      NavigationEntry(.unlisted, "appointment.room.title", "/ruang-tunggu", order: 0),
      NavigationEntry(.unlisted, "appointment.draw.title", "/undian", order: 0),
      NavigationEntry(
        .console(.capacity, .appointments), "appointment.nav.console", "/petugas/janji", order: 50, icon: .calendar,
        hint: "appointment.nav.console-hint"),
    ]
  }

  /// Always healthy; says whether appointments are offered.
  public func health() async -> HealthReport {
    HealthReport(
      isHealthy: true, detail: booking.isOffered ? "appointments are offered" : "no appointments are offered")
  }
}
