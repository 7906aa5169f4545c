import Contracts
import Core
import Store

/// Tells what happened in the hall, through the history's index by day.
struct HallHistory: QueueHistory {
  /// A month of the largest office has a tenth of it; more would only slow the others down.
  private static let stepCountMax = 500_000

  func steps<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [VisitStep] {
    // The index has the steps of one day in their order; those of several are sorted.
    let days: SQL = first == last ? "step.day = \(first)" : "step.day >= \(first) AND step.day <= \(last)"
    return try database.rows(
      """
      SELECT step.ticket, step.action, step.from_state, step.to_state, step.at, step.spent, step.day, step.service,
        step.counter, step.actor, ticket.channel, step.priority, ticket.appointed_at, promise.broken_at, promise.called_at
      FROM queue_transition step JOIN queue_ticket ticket ON ticket.id = step.ticket
        LEFT JOIN queue_promise promise ON promise.ticket = step.ticket
      WHERE step.place = \(PlaceID.office) AND \(days)
      ORDER BY step.id LIMIT \(Self.stepCountMax)
      """
    ) { row -> VisitStep? in
      let action: String = try row.get(1)
      // What a later version has written is not counted.
      guard let known = TicketAction(rawValue: action) else { return nil }
      let appointedAt: Instant? = try row.get(12)
      return VisitStep(
        ticket: try row.get(0), action: known, from: try row.get(2), to: try row.get(3), at: try row.get(4),
        spent: try row.get(5), day: try row.get(6), service: try row.get(7), counter: try row.get(8),
        officer: Self.officer(try row.get(9)), channel: try row.get(10), isPriority: try row.get(11),
        hasAppointment: appointedAt != nil, promise: Self.outcome(brokenAt: try row.get(13), calledAt: try row.get(14)))
    }
    .compactMap { $0 }
  }

  /// The number of the day's latest row: none is changed or removed but in its reason, and what becomes of a promise is
  /// written with a row.
  func mark<Database: Queryable & ~Copyable>(of day: CivilDate, in database: borrowing Database) throws -> Int64 {
    try database.value(Self.latest(on: day)) ?? 0
  }

  /// What `mark` asks.
  static func latest(on day: CivilDate) -> SQL {
    """
    SELECT id FROM queue_transition WHERE place = \(PlaceID.office) AND day = \(day) ORDER BY id DESC LIMIT 1
    """
  }

  func callsOutOfOrder<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [CallOutOfOrder] {
    try CallTable.outOfOrder(from: first, to: last, limit: limit, in: database).map { call in
      CallOutOfOrder(
        at: call.at, counter: call.counter, officer: call.officer, number: call.number, reason: call.reason)
    }
  }

  private static func outcome(brokenAt: Instant?, calledAt: Instant?) -> PromiseOutcome? {
    if brokenAt != nil { return .broken }
    return calledAt == nil ? nil : .kept
  }

  /// The officer in a principal as the history writes it: `officer:12:clerk`.
  private static func officer(_ actor: String) -> OfficerID? {
    let parts = actor.split(separator: ":")
    guard parts.count >= 2, parts[0] == "officer" else { return nil }
    return Int64(parts[1]).map { OfficerID($0) }
  }
}
