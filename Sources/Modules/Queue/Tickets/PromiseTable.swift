import Contracts
import Core
import Store

/// What a person was promised when they took a number without an appointment: called by then.
///
/// The promise is made once and stays as it was made; whether it was kept can be told from the ticket's calls.
enum PromiseTable {
  static let migration = Migration(
    PromiseTable.number, "promises",
    """
    CREATE TABLE queue_promise (
      ticket INTEGER PRIMARY KEY REFERENCES queue_ticket (id),
      called_by INTEGER NOT NULL
    ) STRICT;
    """)

  /// Its place among the queue's migrations.
  private static let number = 5
  /// Nobody is promised less: the line may be empty and the officer on the way.
  private static let minutesMin = 15

  /// When somebody is to be called at the latest: at the upper end of what is expected.
  ///
  /// - Parameter expected: minutes, as the person is told them.
  static func promise(from issued: Instant, expected: ClosedRange<Int>) -> Instant {
    issued + .minutes(max(minutesMin, expected.upperBound))
  }

  static func insert(_ promise: Instant, to ticket: TicketID, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO queue_promise (ticket, called_by) VALUES (\(ticket), \(promise)) ON CONFLICT (ticket) DO NOTHING
      """)
  }

  static func promise<Database: Queryable & ~Copyable>(
    to ticket: TicketID, in database: borrowing Database
  ) throws -> Instant? {
    try database.value("SELECT called_by FROM queue_promise WHERE ticket = \(ticket)")
  }

  /// The promises that are still to be kept: of those who wait and have not been called yet. Who was called and sent
  /// back into line has been promised nothing more.
  static func open<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [(ticket: TicketID, calledBy: Instant)] {
    try database.rows(
      """
      SELECT ticket.id, promise.called_by
      FROM queue_ticket ticket JOIN queue_promise promise ON promise.ticket = ticket.id
      WHERE ticket.day = \(day) AND ticket.state = 'waiting' AND 0 = (
        SELECT coalesce(sum(
          CASE WHEN called.action IN (\(TicketAction.call.rawValue), \(TicketAction.callChosen.rawValue)) THEN 1
            WHEN called.action = \(TicketAction.undo.rawValue) AND called.from_state = 'called'
              AND called.to_state = 'waiting' THEN -1
            ELSE 0 END), 0)
        FROM queue_transition called WHERE called.ticket = ticket.id)
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }
}

/// Whether promises are kept; the hall's page and the reports both ask here.
enum PromiseRule {
  /// Whether somebody who was called, or left, then had been called in time.
  static func isKept(_ calledBy: Instant, calledAt: Instant) -> Bool { calledAt <= calledBy }

  /// Whether somebody who waits will probably be called too late, or is already.
  ///
  /// - Parameter expected: minutes from now until the call; nil when no counter would call them.
  static func isAtRisk(_ calledBy: Instant, expected: Double?, at now: Instant) -> Bool {
    guard let expected else { return true }
    return !isKept(calledBy, calledAt: now + .milliseconds(Int64(expected * 60_000)))
  }
}
