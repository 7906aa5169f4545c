import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Web

@testable import Displays
@testable import Queue

/// A real queue and the displays of its hall, over one store and with a clock that the test moves.
struct DisplayHall {
  let house: ModuleOffice
  let queue: QueueModule
  let displays: DisplaysModule
  let services: ServiceRegistry
  private let cache: String

  init(counterCount: Int = 4) async throws {
    house = try ModuleOffice(counterCount: counterCount)
    cache = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString)").path
    var services = house.services()
    services.provide((any CatalogueService).self, PlainCatalogue())
    services.provide(CacheDirectory.self, CacheDirectory(path: cache))
    try await house.store.migrate([QueueModule.schema])
    queue = try QueueModule(services: services)
    queue.provide(to: &services)
    displays = DisplaysModule(services: services)
    displays.provide(to: &services)
    self.services = services
    try await queue.start()
    try await displays.start()
  }

  func serve() throws -> ServedModule {
    try ServedModule(displays.routes() + queue.routes(), gatekeeper: StandingOfficers(), in: house)
  }

  func close() async {
    await displays.stop()
    await queue.stop()
    await house.store.close()
    try? FileManager.default.removeItem(atPath: cache)
  }

  func take() async throws -> Ticket {
    try await services.require((any QueueService).self).takeNumber(
      TicketRequest(
        service: ServiceCode("paspor"), application: nil, needs: Needs(), channel: .kiosk,
        submission: UUID().uuidString))
  }

  /// Calls the next person to a counter.
  func call(to counter: Int = 1) async throws {
    _ = try await queue.hall.counters.callNext(
      to: house.office.counters[counter - 1], by: .officer(OfficerID(Int64(counter)), .clerk))
  }

  /// The shipped words.
  static func locales() throws -> Locales {
    try Locales.load(directory: ModuleOffice.repository + "/share/locales")
  }
}
