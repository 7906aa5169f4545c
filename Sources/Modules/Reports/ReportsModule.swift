internal import Contracts
public import Core
internal import HTML
public import Store
public import Web

/// What the hall did in a day, a week or a month, for supervisors. Without a module that tells what happened there are no
/// reports.
public struct ReportsModule: WebFacing, Persistent {
  /// The prefix of its table.
  public static let name = "reports"
  /// The sums of days that are over.
  public static let schema = Schema(module: name, migrations: [Migration(1, "days", tables: [DaySumsTable.table])])
  /// The store, in which histories are read, and the office, whose days they are cut into.
  public static var requires: [ServiceKey] { [ServiceKey(Store.self), ServiceKey(Office.self)] }
  /// The queue's history, without which there are no reports; appointments and the names of services and officers.
  public static var uses: [ServiceKey] {
    [
      ServiceKey((any QueueHistory).self), ServiceKey((any AppointmentHistory).self),
      ServiceKey((any CatalogueService).self), ServiceKey((any OfficerDirectory).self),
    ]
  }

  /// nil where no module tells what happened.
  private let pages: ReportPages?

  /// Reads nothing yet; each report is read when it is asked for.
  public init(services: ServiceRegistry) {
    let office = services.require(Office.self)
    pages = services.find((any QueueHistory).self).map { history in
      ReportPages(
        reports: ReportService(
          store: services.require(Store.self), office: office, history: history,
          appointments: services.find((any AppointmentHistory).self),
          catalogue: services.find((any CatalogueService).self), officers: services.find((any OfficerDirectory).self)),
        zone: office.zone)
    }
  }

  /// The reports' pages and their files; none without the queue's history.
  public func routes() -> [Route] { pages?.routes() ?? [] }

  /// The supervisors' entry; none without the queue's history.
  public func navigation() -> [NavigationEntry] {
    guard pages != nil else { return [] }
    return [
      NavigationEntry(
        .console(.reports, .reports), "report.title", "/petugas/laporan", order: 60, icon: .chart,
        hint: "report.lead")
    ]
  }
}
