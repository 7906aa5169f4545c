import Contracts
import Core
import Store

/// How an officer lost the counter at which they sat without having left it themselves: so that its page tells them, and
/// not only that the counter is closed or another officer's.
struct CounterLoss: Sendable, Equatable {
  enum Cause: String, Sendable, CaseIterable {
    /// A supervisor closed it.
    case closed
    /// A supervisor sent the officer to another counter.
    case moved
    /// A colleague took it over.
    case takenOver = "taken-over"
    /// The officer signed out, maybe on another machine.
    case signedOut = "signed-out"
    /// A supervisor closed the day.
    case dayClosed = "day-closed"
    /// The day ended by itself.
    case dayEnded = "day-ended"
  }

  let officer: OfficerID
  let counter: Int
  let cause: Cause
  /// The officer who did it; nil where it happened by itself.
  var by: OfficerID?
  /// Where the officer sits now.
  var movedTo: Int?
  let at: Instant
}

/// The latest loss of each officer, until they sit down again.
enum CounterLossTable {
  static let table = Table(
    "queue_counter_loss",
    columns: [
      .integer("officer").key,
      .integer("place"),
      .integer("counter"),
      .text("cause"),
      .integer("by_officer").optional,
      .integer("moved_to").optional,
      .integer("at"),
    ])

  static func loss<Database: Queryable & ~Copyable>(
    of officer: OfficerID, at counter: Int, in database: borrowing Database
  ) throws -> CounterLoss? {
    try database.row(
      """
      SELECT officer, counter, cause, by_officer, moved_to, at FROM queue_counter_loss
      WHERE officer = \(officer) AND place = \(PlaceID.office) AND counter = \(counter)
      """
    ) { row in
      let cause: String = try row.get(2)
      return CounterLoss(
        officer: try row.get(0), counter: try row.get(1), cause: CounterLoss.Cause(rawValue: cause) ?? .closed,
        by: try row.get(3), movedTo: try row.get(4), at: try row.get(5))
    }
  }

  static func save(_ loss: CounterLoss, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO queue_counter_loss (officer, place, counter, cause, by_officer, moved_to, at)
      VALUES (\(loss.officer), \(PlaceID.office), \(loss.counter), \(loss.cause.rawValue), \(loss.by), \(loss.movedTo),
        \(loss.at))
      ON CONFLICT (officer) DO UPDATE SET place = excluded.place, counter = excluded.counter, cause = excluded.cause,
        by_officer = excluded.by_officer, moved_to = excluded.moved_to, at = excluded.at
      """)
  }

  /// The officer sits at a counter again, or is gone for good.
  static func forget(_ officer: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM queue_counter_loss WHERE officer = \(officer)")
  }
}
