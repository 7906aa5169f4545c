import Contracts
import Core
import Store

/// What the call display shows: numbers and counters, nothing else.
struct Board: Sendable, Equatable {
  /// One call.
  struct Call: Sendable, Equatable {
    let number: String
    let counter: Int
    /// How often it was called: a display flashes when it rises.
    let calls: Int
  }

  /// Calls shown at once: what can be read at ten metres.
  static let callCountMax = 6

  /// The latest calls, newest first.
  let calls: [Call]
  /// How many people wait.
  let waiting: Int

  /// What was called, or called again, since `earlier`; oldest first.
  func calls(since earlier: Board) -> [Call] { calls.filter { !earlier.calls.contains($0) }.reversed() }

  static func read<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> Board {
    let calls = try database.rows(
      """
      SELECT letter, number, counter, calls FROM queue_ticket
      WHERE day = \(day) AND called_at IS NOT NULL
      ORDER BY called_at DESC, id DESC LIMIT \(callCountMax)
      """
    ) { row in
      Call(
        number: TicketRecord.number(letter: try row.get(0), sequence: try row.get(1)), counter: try row.get(2),
        calls: try row.get(3))
    }
    let waiting: Int? = try database.value(
      "SELECT count(*) FROM queue_ticket WHERE day = \(day) AND state = 'waiting'")
    return Board(calls: calls, waiting: waiting ?? 0)
  }
}
