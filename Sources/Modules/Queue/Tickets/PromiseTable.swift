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
}
