import Contracts
import Core
import Store

/// The history: one row for each transition of each ticket, never changed.
enum TransitionTable {
  /// - Returns: the row's number.
  @discardableResult
  static func append(
    _ action: TicketAction, from before: TicketRecord?, to after: TicketRecord, at now: Instant,
    by principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    let spent = before.map { max(0, (now - $0.since).milliseconds) } ?? 0
    return try transaction.insert(
      """
      INSERT INTO queue_transition
        (place, day, ticket, action, from_state, to_state, at, spent, service, step, priority, counter, actor, reason)
      VALUES (\(PlaceID.office), \(after.day), \(after.id), \(action), \(before?.state), \(after.state), \(now),
        \(spent), \(before?.service ?? after.service), \(before?.step ?? after.step), \(after.isPriority),
        \(after.counter ?? before?.counter), \(principal.description), \(after.reason))
      """)
  }

  /// The latest transition of a ticket.
  static func latest<Database: Queryable & ~Copyable>(
    of ticket: TicketID, in database: borrowing Database
  ) throws -> Int64? {
    try database.value("SELECT max(id) FROM queue_transition WHERE ticket = \(ticket)")
  }
}
