import Contracts
import Core
import Store

/// The supervisors' stops. What was taken back stays, with who did it and when.
enum StopTable {
  static let migration = Migration(
    StopTable.number, "stops",
    """
    CREATE TABLE queue_stop (
      id INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      service TEXT,
      begins INTEGER NOT NULL,
      ends INTEGER NOT NULL CHECK (ends > begins),
      cause TEXT NOT NULL,
      note_id TEXT NOT NULL,
      note_en TEXT NOT NULL,
      officer INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      submission TEXT NOT NULL UNIQUE,
      lifted_at INTEGER,
      lifted_by INTEGER
    ) STRICT;
    CREATE INDEX queue_stop_day ON queue_stop (day);
    """)

  /// Its place among the queue's migrations.
  private static let number = 11
  private static let columns: SQL = "id, day, service, begins, ends, cause, note_id, note_en, officer, made_at"

  /// The stops of a day that have not been taken back, in the order in which they were made.
  static func inForce<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try database.rows(
      "SELECT \(columns) FROM queue_stop WHERE day = \(day) AND lifted_at IS NULL ORDER BY id", { try read($0) })
  }

  static func stop<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> ServiceStop? {
    try database.row("SELECT \(columns) FROM queue_stop WHERE submission = \(submission)") { try read($0) }
  }

  static func insert(
    _ order: StopOrder, on day: CivilDate, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> ServiceStop? {
    try transaction.row(
      """
      INSERT INTO queue_stop (day, service, begins, ends, cause, note_id, note_en, officer, made_at, submission)
      VALUES (\(day), \(order.service), \(order.span.from.minuteOfDay), \(order.span.to.minuteOfDay),
        \(order.reason.cause.rawValue), \(order.reason.notes[.indonesian] ?? ""),
        \(order.reason.notes[.english] ?? ""), \(officer), \(now), \(order.submission))
      RETURNING \(columns)
      """
    ) { try read($0) }
  }

  /// - Returns: false when there is no such stop in force.
  static func lift(
    _ id: ServiceStopID, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE queue_stop SET lifted_at = \(now), lifted_by = \(officer) WHERE id = \(id) AND lifted_at IS NULL
      """) == 1
  }

  private static func read(_ row: borrowing Row) throws -> ServiceStop {
    ServiceStop(
      id: try row.get(0), day: try row.get(1), service: try row.get(2),
      span: OpeningSpan(
        from: CivilTime(minuteOfDay: try row.get(3)), to: CivilTime(minuteOfDay: try row.get(4))),
      reason: StopReason(
        cause: StopReason.Cause(rawValue: try row.get(5)) ?? .other,
        notes: [.indonesian: try row.get(6), .english: try row.get(7)]),
      officer: try row.get(8), madeAt: try row.get(9))
  }
}

/// What a supervisor asks for.
struct StopOrder: Sendable, Equatable {
  /// nil for the whole office.
  let service: ServiceCode?
  let span: OpeningSpan
  let reason: StopReason
  /// The same key stops once.
  let submission: String
}
