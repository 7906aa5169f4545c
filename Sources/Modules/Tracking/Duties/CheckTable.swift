import Contracts
import Core
import Store

/// What one officer did alone that is two officers' work, until another one has looked it over.
enum CheckTable {
  /// One act to be looked over.
  struct Check: Sendable, Equatable {
    let id: Int64
    let number: ApplicationNumber
    /// What was done, and what the same officer had done before.
    let act: Right
    let earlier: Right
    let officer: OfficerID
    let at: Instant
    /// Nil while it waits.
    let checkedBy: OfficerID?
    let checkedAt: Instant?
  }

  static let table = Table(
    "tracking_check",
    columns: [
      .identity("id"),
      .text("number").refers(to: "tracking_case", "number"),
      .text("act"),
      .text("earlier"),
      .integer("officer"),
      .integer("at"),
      .integer("checked_by").optional,
      .integer("checked_at").optional,
    ],
    indexes: [
      .index("tracking_check_waiting", on: ["at"], where: "checked_at IS NULL")
    ])

  private static let columns: SQL = "id, number, act, earlier, officer, at, checked_by, checked_at"

  static func insert(
    _ number: ApplicationNumber, _ act: Right, after earlier: Right, by officer: OfficerID, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO tracking_check (number, act, earlier, officer, at)
      VALUES (\(number), \(act.rawValue), \(earlier.rawValue), \(officer), \(now))
      """)
  }

  static func find<Database: Queryable & ~Copyable>(_ id: Int64, in database: borrowing Database) throws -> Check? {
    try database.row("SELECT \(columns) FROM tracking_check WHERE id = \(id)") { try read($0) }
  }

  /// Those that wait, the oldest first.
  static func waiting<Database: Queryable & ~Copyable>(max: Int, in database: borrowing Database) throws -> [Check] {
    try database.rows(
      "SELECT \(columns) FROM tracking_check WHERE checked_at IS NULL ORDER BY at, id LIMIT \(max)"
    ) { try read($0) }
  }

  /// Those that were looked over, the latest first.
  static func done<Database: Queryable & ~Copyable>(max: Int, in database: borrowing Database) throws -> [Check] {
    try database.rows(
      "SELECT \(columns) FROM tracking_check WHERE checked_at IS NOT NULL ORDER BY checked_at DESC, id DESC LIMIT \(max)"
    ) { try read($0) }
  }

  static func waitingCount<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Int {
    try database.value("SELECT COUNT(*) FROM tracking_check WHERE checked_at IS NULL") ?? 0
  }

  /// - Returns: false where it was looked over already.
  static func confirm(
    _ id: Int64, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE tracking_check SET checked_by = \(officer), checked_at = \(now) WHERE id = \(id) AND checked_at IS NULL
      """) == 1
  }

  private static func read(_ row: borrowing Row) throws -> Check {
    let (act, earlier): (String, String) = (try row.get(2), try row.get(3))
    return Check(
      id: try row.get(0), number: try row.get(1), act: Right(rawValue: act) ?? .examine,
      earlier: Right(rawValue: earlier) ?? .examine, officer: try row.get(4), at: try row.get(5),
      checkedBy: try row.get(6), checkedAt: try row.get(7))
  }
}
