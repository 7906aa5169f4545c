import Contracts
import Core
import Store

/// The days that were closed before midnight: no one is invited on them any more, also where the calendar says otherwise.
enum ClosedDayTable {
  static let table = Table(
    "queue_closed_day",
    columns: [
      .integer("place"),
      .text("day"),
      .integer("closed_at"),
    ],
    key: ["place", "day"])

  /// When a day was closed; nil while it is not.
  static func closedAt<Database: Queryable & ~Copyable>(
    _ day: CivilDate, in database: borrowing Database
  ) throws -> Instant? {
    try database.value("SELECT closed_at FROM queue_closed_day WHERE place = \(PlaceID.office) AND day = \(day)")
  }

  /// - Returns: whether it was not closed before.
  static func close(_ day: CivilDate, at now: Instant, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run(
      """
      INSERT INTO queue_closed_day (place, day, closed_at) VALUES (\(PlaceID.office), \(day), \(now))
      ON CONFLICT (place, day) DO NOTHING
      """) == 1
  }

  /// - Returns: whether it was closed.
  static func reopen(_ day: CivilDate, in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run("DELETE FROM queue_closed_day WHERE place = \(PlaceID.office) AND day = \(day)") == 1
  }
}
