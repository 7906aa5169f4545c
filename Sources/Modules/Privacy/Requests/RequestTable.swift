import Contracts
import Core
import Store

/// `privacy_request`: the cases; what a person wishes to have corrected is sealed in the Vault.
enum RequestTable {
  private static let columns: SQL =
    """
    code, kind, application, subject, received_at, due_at, received_by, state, identity, refusal, decided_at,
    decided_by, gone_by, number
    """

  static func insert(_ request: RightsRequest, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO privacy_request (\(columns))
      VALUES (\(request.code), \(request.kind), \(request.application), \(request.subject), \(request.receivedAt),
        \(request.dueAt), \(request.receivedBy), \(request.state), \(request.identity), \(request.refusal),
        \(request.decidedAt), \(request.decidedBy), \(request.goneBy), \(request.number))
      """)
  }

  /// Closes an open request.
  ///
  /// - Returns: false when it was closed before.
  static func close(_ request: RightsRequest, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run(
      """
      UPDATE privacy_request SET state = \(request.state), identity = \(request.identity),
        refusal = \(request.refusal), decided_at = \(request.decidedAt), decided_by = \(request.decidedBy),
        gone_by = \(request.goneBy)
      WHERE code = \(request.code) AND state = \(RequestState.open)
      """) == 1
  }

  /// Notes whom the request reaches besides the application's person.
  static func reach(_ subjects: [SubjectID], _ code: PublicCode, in transaction: borrowing Transaction) throws {
    for subject in subjects {
      try transaction.run("INSERT INTO privacy_request_reach (request, subject) VALUES (\(code), \(subject))")
    }
  }

  /// The persons whom any of the requests reaches besides.
  static func reached(
    by codes: [PublicCode], in database: borrowing some Queryable & ~Copyable
  ) throws -> [SubjectID] {
    try database.rows(
      "SELECT DISTINCT subject FROM privacy_request_reach WHERE request IN \(anyOf: codes) ORDER BY subject"
    ) { row in try row.get(0) }
  }

  static func find(
    _ code: PublicCode, in database: borrowing some Queryable & ~Copyable
  ) throws -> RightsRequest? {
    try database.row("SELECT \(columns) FROM privacy_request WHERE code = \(code)", read)
  }

  static func find(
    _ number: DataRequestNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> RightsRequest? {
    try database.row("SELECT \(columns) FROM privacy_request WHERE number = \(number)", read)
  }

  /// The person's open request of that kind.
  static func open(
    _ kind: RequestKind, of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> RightsRequest? {
    try database.row(
      """
      SELECT \(columns) FROM privacy_request
      WHERE subject = \(subject) AND kind = \(kind) AND state = \(RequestState.open)
      """, read)
  }

  /// The person's requests, the latest first.
  static func all(
    of subject: SubjectID, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [RightsRequest] {
    try database.rows(
      """
      SELECT \(columns) FROM privacy_request WHERE subject = \(subject)
      ORDER BY received_at DESC, code LIMIT \(limit)
      """, read)
  }

  /// The requests that wait, the most urgent first, and before them those of a date that is still to come.
  static func waiting(
    at now: Instant, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [RightsRequest] {
    try database.rows(
      """
      SELECT \(columns) FROM privacy_request WHERE state = \(RequestState.open)
      ORDER BY received_at > \(Instant.latest(at: now)) DESC, due_at, code LIMIT \(limit)
      """, read)
  }

  /// The requests that were decided last.
  static func decided(
    limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [RightsRequest] {
    try database.rows(
      """
      SELECT \(columns) FROM privacy_request WHERE decided_at IS NOT NULL ORDER BY decided_at DESC, code LIMIT \(limit)
      """, read)
  }

  /// How many wait, and how many of them for longer than the law allows.
  static func counts(
    at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> (open: Int, overdue: Int) {
    try database.row(
      """
      SELECT count(*),
        count(CASE WHEN due_at < \(now) OR received_at > \(Instant.latest(at: now)) THEN 1 END)
      FROM privacy_request
      WHERE state = \(RequestState.open)
      """
    ) { row in (try row.get(0), try row.get(1)) } ?? (0, 0)
  }

  private static func read(_ row: borrowing Row) throws -> RightsRequest {
    RightsRequest(
      code: try row.get(0), number: try row.get(13), kind: try row.get(1), application: try row.get(2),
      subject: try row.get(3), receivedAt: try row.get(4), dueAt: try row.get(5), receivedBy: try row.get(6),
      state: try row.get(7), identity: try row.get(8), refusal: try row.get(9), decidedAt: try row.get(10),
      decidedBy: try row.get(11), goneBy: try row.get(12))
  }
}
