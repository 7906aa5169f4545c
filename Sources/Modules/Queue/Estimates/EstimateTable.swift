import Contracts
import Core
import Forecast
import Store

/// What people were told when they took a number, and what the history says about visits.
enum EstimateTable {
  /// A visit that seems to have lasted longer was left open.
  private static let visitMillisecondsMax: Int64 = 2 * 60 * 60_000
  /// A few weeks of a large office; more would only slow the first estimate of the day down.
  private static let sampleCountMax = 5_000
  /// What calls a number for the first time.
  private static let calls: [TicketAction] = [.call, .callChosen]

  static func record(
    _ estimate: WaitEstimate, of ticket: TicketRecord, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO queue_estimate (ticket, place, day, forecast, head_start, lower, upper)
      VALUES (\(ticket.id), \(PlaceID.office), \(ticket.day), \(Int64(estimate.forecast * 60_000)),
        \(ticket.hasHeadStart), \(estimate.range.lowerBound), \(estimate.range.upperBound))
      ON CONFLICT (ticket) DO NOTHING
      """)
  }

  /// How often and for how long each step of each service kept a counter on the days from `first` to `last`.
  static func visits<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [WaitingLine: VisitTimes.Count] {
    let rows = try database.rows(
      """
      SELECT service, step, sum(CASE WHEN action IN \(anyOf: calls) THEN 1 ELSE 0 END),
        sum(CASE WHEN from_state IN \(anyOf: [TicketState.called, .serving])
            AND action NOT IN \(anyOf: [TicketAction.settle, .undo])
          THEN CASE WHEN spent > \(visitMillisecondsMax) THEN \(visitMillisecondsMax) ELSE spent END ELSE 0 END)
      FROM queue_transition WHERE day >= \(first) AND day <= \(last) AND place = \(PlaceID.office)
      GROUP BY service, step
      """
    ) { row in
      let milliseconds: Int64 = try row.get(3)
      return (
        line: WaitingLine(service: try row.get(0), step: try row.get(1)),
        count: VisitTimes.Count(calls: try row.get(2), minutes: Double(milliseconds) / 60_000)
      )
    }
    return Dictionary(rows.map { ($0.line, $0.count) }, uniquingKeysWith: { first, _ in first })
      .filter { $0.value.calls > 0 }
  }

  /// The latest people who were told something and have been called on the days from `first` to `last`.
  static func samples<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [ForecastErrors.Sample] {
    try database.rows(
      """
      SELECT told.forecast, told.head_start, (
        SELECT step.spent FROM queue_transition step
        WHERE step.ticket = told.ticket AND step.action IN \(anyOf: calls) ORDER BY step.id LIMIT 1)
      FROM queue_estimate told
      WHERE told.place = \(PlaceID.office) AND told.day >= \(first) AND told.day <= \(last)
      ORDER BY told.ticket DESC LIMIT \(sampleCountMax)
      """
    ) { row -> ForecastErrors.Sample? in
      guard let waited: Int64 = try row.get(2) else { return nil }
      let forecast: Int64 = try row.get(0)
      return ForecastErrors.Sample(
        forecast: Double(forecast) / 60_000, waited: Double(waited) / 60_000, hasHeadStart: try row.get(1))
    }
    .compactMap { $0 }
  }
}

extension TicketRecord {
  /// Whether it may be called before others that came earlier.
  var hasHeadStart: Bool { isPriority || appointedAt != nil }
}
