import Contracts
import Core
import Forecast
import Store

/// Why each ticket was called: the terms of its score against the runner-up's, or the officer's reason.
enum CallTable {
  enum Cause: String, Sendable {
    /// The highest score.
    case score
    /// Passed over as often as the rule allows.
    case due
    /// Called by an officer out of order, with a reason.
    case chosen
  }

  struct Entry: Sendable {
    let at: Instant
    let counter: Int
    let officer: OfficerID
    let number: String
    let cause: Cause
    let reason: String?
    let score: Score
    let runnerUp: String?
    let runnerUpScore: Score?
  }

  static func record(
    _ choice: Choice, cause: Cause, reason: String?, ticket: TicketRecord, by post: Skills, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO queue_call
        (place, day, ticket, counter, officer, at, cause, reason, score, runner_up, runner_up_score)
      VALUES (\(PlaceID.office), \(ticket.day), \(ticket.id), \(post.counter), \(post.officer), \(now),
        \(cause.rawValue), \(reason), \(choice.score.text), \(choice.runnerUp?.ticket), \(choice.runnerUp?.score.text))
      """)
  }

  /// The latest calls of a day, newest first; only those out of order where `isOutOfOrder`.
  static func latest<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, isOutOfOrder: Bool = false, in database: borrowing Database
  ) throws -> [Entry] {
    let filter: SQL = isOutOfOrder ? "AND c.cause = \(Cause.chosen.rawValue)" : ""
    return try entries(where: "c.day = \(day) \(filter)", limit: limit, in: database)
  }

  /// The calls out of order of a stretch of days, newest first.
  static func outOfOrder<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Entry] {
    try entries(
      where: "c.day BETWEEN \(first) AND \(last) AND c.cause = \(Cause.chosen.rawValue)", limit: limit, in: database)
  }

  private static func entries<Database: Queryable & ~Copyable>(
    where condition: SQL, limit: Int, in database: borrowing Database
  ) throws -> [Entry] {
    try database.rows(
      """
      SELECT c.at, c.counter, t.letter, t.number, c.cause, c.reason, c.score, r.letter, r.number, c.runner_up_score,
        c.officer
      FROM queue_call c JOIN queue_ticket t ON t.id = c.ticket LEFT JOIN queue_ticket r ON r.id = c.runner_up
      WHERE c.place = \(PlaceID.office) AND \(condition) ORDER BY c.id DESC LIMIT \(limit)
      """
    ) { row in
      let runnerLetter: String? = try row.get(7)
      let runnerNumber: Int? = try row.get(8)
      let runnerUp = runnerLetter.flatMap { letter in
        runnerNumber.map { TicketRecord.number(letter: letter, sequence: $0) }
      }
      return Entry(
        at: try row.get(0), counter: try row.get(1), officer: try row.get(10),
        number: TicketRecord.number(letter: try row.get(2), sequence: try row.get(3)),
        cause: Cause(rawValue: try row.get(4)) ?? .score, reason: try row.get(5),
        score: Score(text: try row.get(6)) ?? Score(), runnerUp: runnerUp,
        runnerUpScore: (try row.get(9) as String?).flatMap(Score.init(text:)))
    }
  }
}

extension CallTable {
  /// The tickets that a counter called last, newest first.
  static func latest<Database: Queryable & ~Copyable>(
    at counter: Int, on day: CivilDate, in database: borrowing Database
  ) throws -> [TicketID] {
    try database.rows(
      """
      SELECT ticket FROM queue_call
      WHERE day = \(day) AND place = \(PlaceID.office) AND counter = \(counter) ORDER BY id DESC LIMIT 5
      """
    ) { try $0.get(0) }
  }
}
