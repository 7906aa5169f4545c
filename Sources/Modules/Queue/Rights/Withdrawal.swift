import Contracts
import Core
import Forecast
import Store

/// What follows in the hall when an application ends: its numbers are not called any more.
///
/// A person who has been called, or is being served, stands at a counter: the officer sees what has happened and finishes.
struct Withdrawal: Sendable {
  let counters: CounterService
  var papers: (any PaperLinks)?

  func follow(
    _ application: ApplicationNumber, _ ending: ApplicationEnding, in transaction: borrowing Transaction
  ) throws {
    for ticket in try TicketTable.open(of: application, in: transaction)
    where TicketLife.transition(.withdraw, in: ticket.state) != nil && mayStillBeCalled(ticket) {
      try counters.act(
        .withdraw, on: ticket.id, at: nil, by: .system("queue"), ActionDetail(reason: ending.rawValue), in: transaction)
      try papers?.end(.ticket(ticket.code), in: transaction)
    }
  }

  private func mayStillBeCalled(_ ticket: TicketRecord) -> Bool {
    !ticket.state.isClosed
      || ticket.mayComeBack(at: counters.clock.now, rules: counters.rules.now, zone: counters.zone)
  }
}
