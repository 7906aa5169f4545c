import Contracts
import Core
import Store

/// What officers do at their counters. Each action is one transaction: the ticket's state, the
/// application's stage and the event become durable together.
struct CounterDesk: Sendable {
  let store: Store
  let clock: any WallClock
  let zone: OfficeZone
  let office: Office
  let rule: NextRule
  let tracking: (any TrackingService)?

  /// The counter of that number.
  ///
  /// - Throws: `Problem` `queue.unknown-counter`.
  func counter(_ text: String) throws -> Office.Counter {
    guard let number = Int(text), let counter = office.counters.first(where: { $0.number == number }) else {
      throw Problem(.notFound, "queue.unknown-counter", ["counter": text.count <= 4 ? text : "?"])
    }
    return counter
  }

  /// Calls the next person to the counter.
  ///
  /// - Returns: the ticket called; nil when nobody waits for what this counter serves.
  /// - Throws: `Problem` `queue.counter-busy` while the counter has a ticket in hand, which also
  ///   is what a second press of the same key gets.
  func callNext(to counter: Office.Counter, by officer: OfficerID) async throws -> TicketRecord? {
    try await store.write { transaction in
      let now = clock.now
      let day = zone.date(of: now)
      if let busy = try TicketTable.inHand(of: counter.number, on: day, in: transaction) {
        throw Problem(.conflict, "queue.counter-busy", ["number": busy.number])
      }
      guard let next = try next(for: counter, on: day, in: transaction) else { return nil }
      try TicketTable.call(next.id, to: counter.number, by: officer, at: now, in: transaction)
      try transaction.append(QueueEvent.called(next, to: counter.number))
      return try TicketTable.ticket(next.id, in: transaction)
    }
  }

  /// Does `action` with the ticket, which the officer saw in hand at the counter.
  ///
  /// - Throws: `Problem` `queue.moved-on` when the ticket is no longer in hand there or its state
  ///   does not allow the action: somebody, or another tab, was faster.
  func act(
    _ action: CounterAction, on id: TicketID, at counter: Office.Counter, by principal: Principal
  ) async throws {
    try await store.write { transaction in
      let day = zone.date(of: clock.now)
      guard let ticket = try TicketTable.inHand(of: counter.number, on: day, in: transaction), ticket.id == id,
        let state = TicketLife.next(after: action, in: ticket.state)
      else { throw Problem(.conflict, "queue.moved-on") }
      try TicketTable.move(ticket.id, to: state, by: action, at: clock.now, in: transaction)
      if action == .finish, let application = ticket.application {
        _ = try tracking?.finishVisit(of: application, by: principal, in: transaction)
      }
      try transaction.append(QueueEvent.acted(action, on: ticket))
    }
  }

  private func next(
    for counter: Office.Counter, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> TicketRecord? {
    let priority = try head(for: counter, priority: true, on: day, in: transaction)
    let ordinary = try head(for: counter, priority: false, on: day, in: transaction)
    let run = try TicketTable.priorityRun(on: day, limit: rule.priorityRunMax, in: transaction)
    switch rule.line(priorityWaits: priority != nil, ordinaryWaits: ordinary != nil, priorityRun: run) {
    case .priority: return priority
    case .ordinary: return ordinary
    case nil: return nil
    }
  }

  /// The longest waiting ticket of one line among the services that the counter serves.
  private func head(
    for counter: Office.Counter, priority: Bool, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> TicketRecord? {
    var longest: TicketRecord?
    for service in try TicketTable.waitingServices(on: day, in: transaction) where counter.serves(service) {
      guard let head = try TicketTable.head(of: service, priority: priority, on: day, in: transaction) else { continue }
      if longest.map({ head.id < $0.id }) ?? true { longest = head }
    }
    return longest
  }
}
