import Contracts
import Core
import Forecast
import Store

/// The last action at each counter with the ticket as it was before, to take it back within some seconds.
enum UndoTable {
  struct Entry: Sendable {
    let transition: Int64
    let action: TicketAction
    let at: Instant
    let ticket: TicketID
    /// The stage that the application entered by it.
    let stage: String?
    fileprivate let state: TicketState
    fileprivate let since: Instant
    fileprivate let counter: Int?
    fileprivate let officer: OfficerID?
    fileprivate let calls: Int
    fileprivate let service: ServiceCode
    fileprivate let step: Int
    fileprivate let waitsFrom: Instant
    fileprivate let passedOver: Int
    fileprivate let target: TicketTarget?
    fileprivate let holdUntil: Instant?
    fileprivate let reason: String?
    fileprivate let calledAt: Instant?
    fileprivate let startedAt: Instant?
    fileprivate let endedAt: Instant?

    /// The ticket as it was.
    func restored(_ ticket: TicketRecord) -> TicketRecord {
      var before = ticket
      before.state = state
      before.since = since
      before.counter = counter
      before.officer = officer
      before.calls = calls
      before.service = service
      before.step = step
      before.waitsFrom = waitsFrom
      // A ticket that was passed over meanwhile was so all the same.
      before.passedOver = max(passedOver, ticket.passedOver)
      before.target = target
      before.holdUntil = holdUntil
      before.reason = reason
      before.calledAt = calledAt
      before.startedAt = startedAt
      before.endedAt = endedAt
      return before
    }
  }

  static func remember(
    _ action: TicketAction, on before: TicketRecord, entering stage: String? = nil, transition: Int64, at counter: Int,
    _ now: Instant, in transaction: borrowing Transaction
  ) throws {
    try forget(counter, in: transaction)
    try transaction.run(
      """
      INSERT INTO queue_undo
        (place, counter, transition, action, at, ticket, state, since, at_counter, officer, calls, service, step, waits_from,
         passed_over, target, hold_until, reason, called_at, started_at, ended_at, stage)
      VALUES (\(PlaceID.office), \(counter), \(transition), \(action), \(now), \(before.id), \(before.state),
        \(before.since), \(before.counter), \(before.officer), \(before.calls), \(before.service), \(before.step),
        \(before.waitsFrom), \(before.passedOver), \(before.target?.text), \(before.holdUntil), \(before.reason),
        \(before.calledAt), \(before.startedAt), \(before.endedAt), \(stage))
      """)
  }

  static func forget(_ counter: Int, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM queue_undo WHERE place = \(PlaceID.office) AND counter = \(counter)")
  }

  static func entry<Database: Queryable & ~Copyable>(
    of counter: Int, in database: borrowing Database
  ) throws -> Entry? {
    try database.row(
      """
      SELECT transition, action, at, ticket, state, since, at_counter, officer, calls, service, step, waits_from,
        passed_over, target, hold_until, reason, called_at, started_at, ended_at, stage
      FROM queue_undo WHERE place = \(PlaceID.office) AND counter = \(counter)
      """
    ) { row in
      guard let action = TicketAction(rawValue: try row.get(1)) else { return nil }
      return Entry(
        transition: try row.get(0), action: action, at: try row.get(2), ticket: try row.get(3), stage: try row.get(19),
        state: try row.get(4),
        since: try row.get(5), counter: try row.get(6), officer: try row.get(7), calls: try row.get(8),
        service: try row.get(9), step: try row.get(10), waitsFrom: try row.get(11), passedOver: try row.get(12),
        target: (try row.get(13) as String?).flatMap(TicketTarget.init(text:)), holdUntil: try row.get(14),
        reason: try row.get(15), calledAt: try row.get(16), startedAt: try row.get(17), endedAt: try row.get(18))
    } ?? nil
  }
}
