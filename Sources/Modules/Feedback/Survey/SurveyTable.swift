internal import Civil
internal import Contracts
internal import Core
internal import Store

/// The surveys as they stand in the database. A survey does not name its ticket: only a keyed hash of it,
/// so that a visit is counted once and who answered what cannot be told.
enum SurveyTable {
  /// Adds a survey.
  ///
  /// - Returns: false when the visit has one already; then nothing is changed.
  static func insert(
    visit: [UInt8], service: ServiceCode, _ answers: SurveyAnswers, comment: SubjectID?, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    let respondent = answers.respondent
    let id: Int64? = try transaction.value(
      """
      INSERT INTO feedback_survey (visit, service, answered, age, sex, education, work, comment)
      VALUES (\(visit), \(service), \(now), \(respondent.age?.rawValue), \(respondent.sex?.rawValue),
        \(respondent.education?.rawValue), \(respondent.work?.rawValue), \(comment))
      ON CONFLICT (visit) DO NOTHING RETURNING id
      """)
    guard let id else { return false }
    for (element, score) in answers.scores {
      try transaction.run(
        "INSERT INTO feedback_answer (survey, element, score) VALUES (\(id), \(element.rawValue), \(score.rawValue))")
    }
    return true
  }

  static func exists(visit: [UInt8], in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try database.value("SELECT 1 FROM feedback_survey WHERE visit = \(visit)") == 1
  }

  /// The answers between two moments, the later one excluded.
  static func tallies(
    from start: Instant, to end: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> [SurveyElement: ElementTally] {
    let rows = try database.rows(
      """
      SELECT a.element, COUNT(*), SUM(a.score) FROM feedback_answer a
      JOIN feedback_survey s ON s.id = a.survey
      WHERE s.answered >= \(start) AND s.answered < \(end) GROUP BY a.element
      """
    ) { row in
      try (element: row.get(0) as String, tally: ElementTally(answerCount: row.get(1), scoreSum: row.get(2)))
    }
    return Dictionary(
      rows.compactMap { row in SurveyElement(rawValue: row.element).map { ($0, row.tally) } },
      uniquingKeysWith: { first, _ in first })
  }

  static func count(
    from start: Instant, to end: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int {
    try database.value(
      "SELECT COUNT(*) FROM feedback_survey WHERE answered >= \(start) AND answered < \(end)") ?? 0
  }

  struct Comment: Sendable {
    let subject: SubjectID
    let service: ServiceCode
    let answeredAt: Instant
  }

  /// The latest comments first.
  static func comments(
    from start: Instant, to end: Instant, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Comment] {
    try database.rows(
      """
      SELECT comment, service, answered FROM feedback_survey
      WHERE comment IS NOT NULL AND answered >= \(start) AND answered < \(end)
      ORDER BY answered DESC, id DESC LIMIT \(limit)
      """
    ) { row in try Comment(subject: row.get(0), service: row.get(1), answeredAt: row.get(2)) }
  }
}
