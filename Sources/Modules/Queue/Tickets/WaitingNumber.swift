import Contracts
import Core
import Forecast
import Store

/// A waiting ticket as a counter's page shows it in the line.
struct WaitingNumber: Sendable {
  /// As the rule sees it.
  let candidate: Candidate
  let number: String
  let service: ServiceCode
  let isPriority: Bool
  let issuedAt: Instant
  /// Whether only one counter, or only one officer, calls it.
  let isAddressed: Bool
}

extension TicketTable {
  /// The waiting tickets as counters' pages show them, longest first: what `waiting` gives, in fewer columns.
  static func numbers<Database: Queryable & ~Copyable>(
    waitingOn day: CivilDate, limit: Int, rules: QueueRules, in database: borrowing Database
  ) throws -> [WaitingNumber] {
    try database.rows(
      """
      SELECT id, service, step, waits_from, priority, appointed_at, language, target, passed_over, letter, number,
        issued_at
      FROM queue_ticket WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting)
      ORDER BY priority DESC, waits_from, id LIMIT \(limit)
      """
    ) { row in
      let (service, step, isPriority): (ServiceCode, Int, Bool) = (try row.get(1), try row.get(2), try row.get(4))
      let isAppointment = try row.get(5) as Instant? != nil
      let target = (try row.get(7) as String?).flatMap(TicketTarget.init(text:))
      let candidate = Candidate(
        id: try row.get(0), service: service, step: step, stepCode: rules.step(step, of: service)?.code,
        waitsFrom: try row.get(3), isPriority: isPriority, isAppointment: isAppointment, language: try row.get(6),
        target: target, passedOver: try row.get(8))
      return WaitingNumber(
        candidate: candidate, number: TicketRecord.number(letter: try row.get(9), sequence: try row.get(10)),
        service: service, isPriority: isPriority, issuedAt: try row.get(11), isAddressed: target != nil)
    }
  }
}
