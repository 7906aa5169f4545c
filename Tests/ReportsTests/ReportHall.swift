import Appointments
import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Web

@testable import Queue
@testable import Reports

/// A real queue with appointments and the reports on it, over one store and with a clock that the test moves. Neither is
/// started: what they do by themselves would add to the history.
struct ReportHall {
  static let passport = ServiceCode("paspor")
  static let permit = ServiceCode("izin")

  let house: ModuleOffice
  let queue: QueueModule
  let services: ServiceRegistry
  private let reports: ReportsModule

  init(counterCount: Int = 4, officers: (any OfficerDirectory)? = nil) async throws {
    house = try ModuleOffice(counterCount: counterCount)
    var services = house.services()
    services.provide((any CatalogueService).self, PlainCatalogue())
    if let officers { services.provide((any OfficerDirectory).self, officers) }
    try await house.store.migrate([QueueModule.schema, AppointmentsModule.schema, ReportsModule.schema])
    queue = try QueueModule(services: services)
    queue.provide(to: &services)
    try AppointmentsModule(services: services).provide(to: &services)
    self.services = services
    reports = ReportsModule(services: services)
  }

  func serve() throws -> ServedModule {
    try ServedModule(
      queue.routes() + reports.routes(), navigation: queue.navigation() + reports.navigation(),
      gatekeeper: StandingOfficers(), in: house)
  }

  func close() async { await house.store.close() }

  @discardableResult
  func take(priority: Bool = false) async throws -> Ticket {
    try await services.require((any QueueService).self).takeNumber(
      TicketRequest(
        service: Self.passport, application: nil, needs: Needs(priority: priority ? .elderly : nil), channel: .kiosk,
        submission: UUID().uuidString))
  }

  func counter(_ number: Int) -> Office.Counter { house.office.counters[number - 1] }

  /// Calls the next person to a counter.
  func next(_ number: Int) async throws -> TicketID? {
    try await queue.hall.counters.callNext(to: counter(number), by: .officer(OfficerID(Int64(number)), .clerk))?.id
  }

  func act(_ action: TicketAction, on ticket: TicketID, at number: Int) async throws {
    _ = try await queue.hall.counters.act(
      action, on: ticket, at: counter(number), by: .officer(OfficerID(Int64(number)), .clerk))
  }
}
