import Contracts
import Core
import Forecast
import Store

extension TicketTable {
  static func drawNumber(letter: String, on day: CivilDate, in transaction: borrowing Transaction) throws -> Int {
    try transaction.value(
      """
      INSERT INTO queue_series (place, day, letter, last) VALUES (\(PlaceID.office), \(day), \(letter), 1)
      ON CONFLICT (place, day, letter) DO UPDATE SET last = queue_series.last + 1 RETURNING last
      """) ?? 0
  }

  /// The moment at which the day's latest ticket was taken: no later one is placed before it, even when
  /// the clock has been moved back.
  static func latestIssue(on day: CivilDate, in transaction: borrowing Transaction) throws -> Instant? {
    try transaction.row(
      "SELECT day, issued_at FROM queue_ticket WHERE \(isHere) ORDER BY id DESC LIMIT 1"
    ) { row in
      let latest: CivilDate = try row.get(0)
      return latest == day ? try row.get(1) as Instant : nil
    } ?? nil
  }

  struct Fresh: Sendable {
    let code: PublicCode
    let reference: TicketNumber
    let day: CivilDate
    let letter: String
    let sequence: Int
    let service: ServiceCode
    let application: ApplicationNumber?
    let isPriority: Bool
    let channel: Channel
    let language: Language
    let submission: String
    let issuedAt: Instant
    let appointedAt: Instant?
    let waitsFrom: Instant

    var line: String {
      TicketRecord.line(
        service: service, step: 0, isPriority: isPriority, isAppointment: appointedAt != nil, language: language,
        target: nil)
    }
  }

  /// Writes a new ticket, which waits.
  ///
  /// - Returns: what a reading of its row gives.
  static func insert(_ fresh: Fresh, in transaction: borrowing Transaction) throws -> TicketRecord {
    let id = try transaction.insert(
      """
      INSERT INTO queue_ticket
        (place, code, reference, day, letter, number, service, application, priority, channel, language, submission,
         state, since, issued_at, appointed_at, waits_from, line)
      VALUES (\(PlaceID.office), \(fresh.code), \(fresh.reference), \(fresh.day), \(fresh.letter), \(fresh.sequence),
        \(fresh.service), \(fresh.application), \(fresh.isPriority), \(fresh.channel), \(fresh.language),
        \(fresh.submission), \(TicketState.waiting), \(fresh.issuedAt), \(fresh.issuedAt),
        \(fresh.appointedAt), \(fresh.waitsFrom), \(fresh.line))
      """)
    return TicketRecord(fresh, id: TicketID(id))
  }

  /// Writes everything about a ticket that can change.
  static func save(_ ticket: TicketRecord, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE queue_ticket SET
        service = \(ticket.service), state = \(ticket.state), since = \(ticket.since), counter = \(ticket.counter),
        officer = \(ticket.officer), calls = \(ticket.calls), step = \(ticket.step), line = \(ticket.line),
        waits_from = \(ticket.waitsFrom), passed_over = \(ticket.passedOver), target = \(ticket.target?.text),
        hold_until = \(ticket.holdUntil), reason = \(ticket.reason), called_at = \(ticket.calledAt),
        started_at = \(ticket.startedAt), ended_at = \(ticket.endedAt)
      WHERE id = \(ticket.id)
      """)
  }

  /// Counts, for each of the tickets, that one with a later position was called.
  static func passOver(_ tickets: [TicketID], in transaction: borrowing Transaction) throws {
    for ticket in tickets {
      try transaction.run("UPDATE queue_ticket SET passed_over = passed_over + 1 WHERE id = \(ticket)")
    }
  }
}
