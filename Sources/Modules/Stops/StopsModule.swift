import Contracts
public import Core
public import Store
public import Web

/// What supervisors stop: the whole office or one service, for a while, with a reason that all people see. Where the module
/// is left out nothing is ever stopped.
public struct StopsModule: Persistent, WebFacing {
  /// The name in the office's configuration, and the prefix of its table.
  public static let name = "stops"
  /// The store, the office, the queue whose numbers are stopped, and the reading of the hall, which knows who follows on a
  /// phone.
  public static let requires = [
    ServiceKey(Store.self), ServiceKey(Office.self), ServiceKey((any QueueService).self),
    ServiceKey((any QueueSnapshotService).self),
  ]
  /// The services that can be stopped, the appointments that a stop hits, the record of what officers do, and their
  /// names.
  public static let uses = [
    ServiceKey((any CatalogueService).self), ServiceKey((any AppointmentHistory).self),
    ServiceKey((any LedgerService).self), ServiceKey((any OfficerDirectory).self),
  ]
  /// The table of stops.
  public static var schema: Schema {
    Schema(module: name, migrations: [Migration(1, "stops", tables: [StopTable.table])])
  }

  let stops: StoppingService
  private let pages: StopPages

  /// Answers the queue from now on what is stopped.
  public init(services: ServiceRegistry) {
    let queue = services.require((any QueueService).self)
    queue.ask(StopsInHall())
    stops = StoppingService(
      store: services.require(Store.self), clock: services.require((any WallClock).self),
      zone: services.require(Office.self).zone, catalogue: services.find((any CatalogueService).self), queue: queue,
      appointments: services.find((any AppointmentHistory).self), ledger: services.find((any LedgerService).self))
    pages = StopPages(
      stops: stops, hall: services.require((any QueueSnapshotService).self),
      random: services.require((any RandomSource).self), officers: services.find((any OfficerDirectory).self))
  }

  /// The supervisors' page of stops.
  public func routes() -> [Route] { pages.routes() }
}
