internal import Contracts
internal import Core
internal import Store

/// Calls for an officer to come, open and answered.
enum HelpTable {
  static func open(in database: borrowing some Queryable & ~Copyable) throws -> [HelpRequest] {
    try database.rows(
      "SELECT id, called_from, requested FROM accessibility_help WHERE answered IS NULL ORDER BY requested, id", read)
  }

  /// The open call from an origin.
  static func open(from origin: String, in database: borrowing some Queryable & ~Copyable) throws -> HelpRequest? {
    try database.row(
      """
      SELECT id, called_from, requested FROM accessibility_help WHERE called_from = \(origin) AND answered IS NULL
      """, read)
  }

  static func insert(from origin: String, now: Instant, in transaction: borrowing Transaction) throws -> HelpRequest? {
    try transaction.row(
      """
      INSERT INTO accessibility_help (called_from, requested) VALUES (\(origin), \(now))
      RETURNING id, called_from, requested
      """, read)
  }

  /// Says that an officer comes.
  ///
  /// - Returns: false when another officer had said so, or there is no such call.
  static func answer(
    _ id: ID<HelpRequest.HelpRequestTag>, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE accessibility_help SET answered = \(now), officer = \(officer) WHERE id = \(id) AND answered IS NULL
      """) == 1
  }

  static func exists(_ id: ID<HelpRequest.HelpRequestTag>, in database: borrowing some Queryable & ~Copyable) throws
    -> Bool
  {
    try database.value("SELECT 1 FROM accessibility_help WHERE id = \(id)") == 1
  }

  /// nil for a call that is not known.
  static func isAnswered(
    _ id: ID<HelpRequest.HelpRequestTag>, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool? {
    try database.value("SELECT answered IS NOT NULL FROM accessibility_help WHERE id = \(id)")
  }

  /// Removes what was asked for before `moment`, or on a date that is still to come.
  static func forget(before moment: Instant, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "DELETE FROM accessibility_help WHERE requested < \(moment) OR requested > \(Instant.latest(at: now))")
  }

  private static func read(_ row: borrowing Row) throws -> HelpRequest {
    try HelpRequest(id: row.get(0), origin: row.get(1), requestedAt: row.get(2))
  }
}
