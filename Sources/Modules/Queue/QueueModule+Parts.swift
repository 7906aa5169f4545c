import Contracts
import Core
import Store

extension QueueModule {
  /// Answers what other modules ask, and follows what happens in them.
  func answer(_ services: ServiceRegistry) {
    let counters = hall.counters
    services.find((any OpeningTimesService).self)?.ask(queue)
    services.find(ComingVisits.self)?.whenAsked { [queue] in try await queue.comingVisit(of: $0) }
    services.find(OfficerSeats.self)?.whenAsked { try await counters.seats(of: $0) }
    services.find(Acquaintances.self)?.whenTold { try counters.leave($0, in: $1) }
    let forgetting = Forgetting(applications: queue.applications, accessibility: queue.accessibility)
    services.find((any ErasureService).self)?.whenErased { try forgetting.follow($0, in: $1) }
    let withdrawal = Withdrawal(counters: counters, papers: services.find((any PaperLinks).self))
    services.find((any EndService).self)?.whenEnded { end, transaction in
      switch end {
      case .application(let number, let ending): try withdrawal.follow(number, ending, in: transaction)
      case .officer(let officer, let ending): try counters.follow(officer, ending, in: transaction)
      }
    }
  }
}

extension HallQueue {
  /// The queue of the office, with what other modules offer it.
  init(_ services: ServiceRegistry, rules: RulesInForce, dayEnd: DayEnd) {
    let office = services.require(Office.self)
    self.init(
      store: services.require(Store.self), clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), zone: office.zone, office: office, rules: rules,
      catalogue: services.find((any CatalogueService).self),
      applications: services.find((any ApplicationService).self),
      accessibility: services.find((any AccessibilityService).self),
      openings: services.find((any OpeningTimesService).self),
      pins: services.find((any KeyedHash).self).map { CasePIN(hash: $0) },
      tracking: services.find((any TrackingService).self), dayEnd: dayEnd)
  }
}

extension CounterService {
  /// The counters at which the queue is served.
  init(_ services: ServiceRegistry, queue: HallQueue) {
    self.init(
      store: queue.store, clock: queue.clock, zone: queue.zone, office: queue.office, rules: queue.rules,
      tracking: queue.tracking, ledger: services.find((any LedgerService).self), availability: queue)
  }
}

extension ApplicationAccess {
  /// Opens applications to their holders; nil where no module keeps keys.
  init?(_ services: ServiceRegistry, queue: HallQueue) {
    guard let hash = services.find((any KeyedHash).self) else { return nil }
    self.init(
      store: queue.store, applications: queue.applications, vault: services.find((any VaultService).self), hash: hash,
      clock: queue.clock, lookUps: services.require(LookUpGuard.self))
  }
}
