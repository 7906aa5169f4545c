internal import Contracts
internal import Core
internal import Store

/// Complaints and their steps as they stand in the database.
enum ComplaintTable {
  /// One step of a complaint's way.
  struct Step: Sendable {
    let at: Instant
    let state: ComplaintState
  }

  private static let columns: SQL =
    "id, number, class, category, state, refusal, subject, received, verify_by, answer_by, reply_days, answered"
  /// Whether it waits for the office.
  private static let isOpen: SQL = "state IN \(anyOf: ComplaintState.allCases.filter(\.isOpen))"

  static func complaint(
    _ number: ComplaintNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> Complaint? {
    try database.row("SELECT \(columns) FROM feedback_complaint WHERE number = \(number)", read)
  }

  static func complaint(_ id: Int64, in database: borrowing some Queryable & ~Copyable) throws -> Complaint? {
    try database.row("SELECT \(columns) FROM feedback_complaint WHERE id = \(id)", read)
  }

  static func complaint(
    submittedAs submission: String, in database: borrowing some Queryable & ~Copyable
  ) throws -> Complaint? {
    try database.row("SELECT \(columns) FROM feedback_complaint WHERE submission = \(submission)", read)
  }

  /// The reports of these persons, the first one first.
  static func complaints(
    of subjects: [SubjectID], in database: borrowing some Queryable & ~Copyable
  ) throws -> [Complaint] {
    try database.rows(
      "SELECT \(columns) FROM feedback_complaint WHERE subject IN \(anyOf: subjects) ORDER BY received, id", read)
  }

  /// The complaints that wait for the office by their deadline, and before them those of a date that is still to come;
  /// then the latest others.
  static func list(
    at now: Instant, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Complaint] {
    try database.rows(
      """
      SELECT \(columns) FROM feedback_complaint
      ORDER BY CASE WHEN \(isOpen) THEN 0 ELSE 1 END,
        CASE WHEN \(isOpen)
          THEN CASE WHEN received > \(Instant.latest(at: now)) THEN ''
            WHEN state = \(ComplaintState.received) THEN verify_by ELSE answer_by END END,
        received DESC LIMIT \(limit)
      """, read)
  }

  /// How many wait for the office, and how many of them since before `day`, or since an unknown day.
  static func openCounts(
    before day: CivilDate, at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> (open: Int, late: Int) {
    let late: SQL =
      """
      (CASE WHEN state = \(ComplaintState.received) THEN verify_by ELSE answer_by END < \(day)
        OR received > \(Instant.latest(at: now)))
      """
    return try database.row(
      """
      SELECT COUNT(*), COALESCE(SUM(CASE WHEN \(late) THEN 1 ELSE 0 END), 0) FROM feedback_complaint
      WHERE \(isOpen)
      """
    ) { row in try (row.get(0), row.get(1)) } ?? (0, 0)
  }

  static func insert(_ complaint: NewComplaint, in transaction: borrowing Transaction) throws -> Int64? {
    try transaction.value(
      """
      INSERT INTO feedback_complaint
        (number, submission, class, category, state, subject, received, verify_by, answer_by, reply_days)
      VALUES (\(complaint.number), \(complaint.submission), \(complaint.kind), \(complaint.category),
        \(ComplaintState.received), \(complaint.subject), \(complaint.receivedAt), \(complaint.verifyBy),
        \(complaint.answerBy), \(complaint.replyDayCount))
      RETURNING id
      """)
  }

  static func setState(_ state: ComplaintState, _ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE feedback_complaint SET state = \(state) WHERE id = \(id)")
  }

  static func setClass(
    _ kind: ComplaintClass, answerBy: CivilDate, _ id: Int64, in transaction: borrowing Transaction
  ) throws {
    try transaction.run("UPDATE feedback_complaint SET class = \(kind), answer_by = \(answerBy) WHERE id = \(id)")
  }

  static func setRefusal(_ refusal: ComplaintRefusal, _ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE feedback_complaint SET refusal = \(refusal) WHERE id = \(id)")
  }

  static func setAnswered(at now: Instant, _ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE feedback_complaint SET answered = \(now) WHERE id = \(id)")
  }

  static func addStep(
    _ state: ComplaintState, of id: Int64, by principal: Principal, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "INSERT INTO feedback_step (complaint, at, state, actor) VALUES (\(id), \(now), \(state), \(principal.description))"
    )
  }

  static func steps(of id: Int64, in database: borrowing some Queryable & ~Copyable) throws -> [Step] {
    try database.rows("SELECT at, state FROM feedback_step WHERE complaint = \(id) ORDER BY id") { row in
      try Step(at: row.get(0), state: row.get(1))
    }
  }

  private static func read(_ row: borrowing Row) throws -> Complaint {
    try Complaint(
      id: row.get(0), number: row.get(1), kind: row.get(2), category: row.get(3), recordedState: row.get(4),
      refusal: row.get(5), subject: row.get(6), receivedAt: row.get(7), verifyBy: row.get(8), answerBy: row.get(9),
      replyDayCount: row.get(10), answeredAt: row.get(11))
  }
}

/// A complaint about to be written.
struct NewComplaint: Sendable {
  let number: ComplaintNumber
  let submission: String
  let kind: ComplaintClass
  let category: ComplaintCategory
  let subject: SubjectID
  let receivedAt: Instant
  let verifyBy: CivilDate
  let answerBy: CivilDate
  let replyDayCount: Int
}
