import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import Web

@testable import Queue
@testable import Stops

/// A real queue and the stops of its hall, over one store and with a clock that the test moves. The queue is not started:
/// nothing happens by itself.
struct StopHall {
  static let passport = ServiceCode("paspor")
  /// Monday, 23 November 2026, 08.00 WIB.
  static let morning = Instant(milliseconds: 1_795_395_600_000)

  let house: ModuleOffice
  let queue: QueueModule
  private let module: StopsModule

  init(
    at start: Instant = ModuleOffice.start, counterCount: Int = 4, openings: (any OpeningTimesService)? = nil
  ) async throws {
    house = try ModuleOffice(counterCount: counterCount)
    house.clock.set(start)
    var services = house.services()
    services.provide((any CatalogueService).self, PlainCatalogue())
    if let openings { services.provide((any OpeningTimesService).self, openings) }
    try await house.store.migrate([QueueModule.schema, StopsModule.schema])
    queue = try QueueModule(services: services)
    queue.provide(to: &services)
    module = StopsModule(services: services)
  }

  var stops: StoppingService { module.stops }

  func serve() throws -> ServedModule {
    try ServedModule(
      queue.routes() + module.routes(), navigation: queue.navigation(), gatekeeper: StandingOfficers(), in: house)
  }

  func close() async { await house.store.close() }

  func take() async throws -> Ticket {
    try await queue.queue.takeNumber(
      TicketRequest(
        service: Self.passport, application: nil, needs: Needs(), channel: .kiosk, submission: UUID().uuidString))
  }

  /// Officers sit down at the counters, each at the one of their number.
  func openCounters() async throws {
    for counter in house.office.counters {
      try await queue.hall.counters.open(counter, by: .officer(OfficerID(Int64(counter.number)), .clerk), named: nil)
    }
  }

  /// Calls the ticket that is next to a counter.
  func next(_ number: Int) async throws -> TicketRecord? {
    try await queue.hall.counters.callNext(to: counter(number), by: .officer(OfficerID(Int64(number)), .clerk))
  }

  func act(_ action: TicketAction, on ticket: TicketID, at number: Int, _ detail: ActionDetail) async throws {
    _ = try await queue.hall.counters.act(
      action, on: ticket, at: counter(number), by: .officer(OfficerID(Int64(number)), .clerk), detail)
  }

  private func counter(_ number: Int) -> Office.Counter { house.office.counters[number - 1] }

  /// The shipped words.
  static func locales() throws -> Locales {
    try Locales.load(directory: ModuleOffice.repository + "/share/locales")
  }
}
