import Contracts
import Core
import Store

/// Settles what is still open when a day ends, so that no ticket hangs in the air. Done twice it does nothing more.
struct DayClose: Sendable {
  /// The reason that stands in the history.
  static let reason = "day-closed"

  /// How many tickets were settled, and how.
  struct Settlement: Sendable, Equatable {
    var cancelled = 0
    var noShow = 0
    var total: Int { cancelled + noShow }
  }

  let counters: CounterDesk

  /// Settles every open ticket of `day` and of the days before it, and closes the counters.
  @discardableResult
  func close(_ day: CivilDate, by principal: Principal) async throws -> Settlement {
    try await counters.store.write { try close(day, by: principal, in: $0) }
  }

  @discardableResult
  func close(_ day: CivilDate, by principal: Principal, in transaction: borrowing Transaction) throws -> Settlement {
    let settlement = try settle(upTo: day, by: principal, in: transaction) { _ in true }
    try CounterPostTable.clear(in: transaction)
    return settlement
  }

  /// Settles what earlier days have left behind when nobody closed them, except what is in an officer's hand.
  @discardableResult
  func catchUp() async throws -> Settlement {
    let yesterday = counters.zone.date(of: counters.clock.now).adding(days: -1)
    return try await counters.store.write { transaction in
      try settle(upTo: yesterday, by: .system("queue"), in: transaction) { $0 != .called && $0 != .serving }
    }
  }

  private func settle(
    upTo day: CivilDate, by principal: Principal, in transaction: borrowing Transaction,
    where isWanted: (TicketState) -> Bool
  ) throws -> Settlement {
    var settlement = Settlement()
    for ticket in try TicketTable.open(upTo: day, in: transaction) where isWanted(ticket.state) {
      let settled = try counters.act(
        .settle, on: ticket.id, at: nil, by: principal, ActionDetail(reason: Self.reason), in: transaction)
      if settled.state == .noShow { settlement.noShow += 1 } else { settlement.cancelled += 1 }
    }
    return settlement
  }
}
