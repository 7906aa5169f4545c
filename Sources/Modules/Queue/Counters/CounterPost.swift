import Contracts
import Core
import Store

/// The officer who sits at a counter, and whether it calls.
struct CounterPost: Sendable, Equatable {
  enum State: String, Sendable, CaseIterable {
    case open
    case paused
    case closed
  }

  let number: Int
  var state: State
  var since: Instant
  /// Why it pauses, or was closed.
  var reason: String?
  var officer: OfficerID?
  var officerName: String?
  /// Languages besides Indonesian that the officer speaks.
  var languages: Set<Language> = []
  /// The services that a supervisor gave it for now; empty for those of `office.json5`.
  var services: [ServiceCode] = []

  /// Whether an officer sits there, calling or pausing.
  var isSeated: Bool { state != .closed && officer != nil }

  /// Why it was closed; nil where no reason was given, and while it is not.
  var closeReason: CloseReason? { state == .closed ? reason.flatMap(CloseReason.init(rawValue:)) : nil }
}

/// The counters' present posts. A counter without a row has not been opened: the first call opens it.
enum CounterPostTable {
  private static let columns: SQL = "number, state, since, reason, officer, officer_name, languages, services"

  static func post<Database: Queryable & ~Copyable>(
    _ number: Int, in database: borrowing Database
  ) throws -> CounterPost? {
    try database.row("SELECT \(columns) FROM queue_counter WHERE place = \(PlaceID.office) AND number = \(number)") {
      try read($0)
    }
  }

  static func all<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [CounterPost] {
    try database.rows("SELECT \(columns) FROM queue_counter WHERE place = \(PlaceID.office) ORDER BY number") {
      try read($0)
    }
  }

  /// The counters at which an officer sits, calling or pausing.
  static func seated<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [CounterPost] {
    try all(in: database).filter(\.isSeated)
  }

  /// Whether an officer sits at a counter, calling or pausing.
  static func isAttended<Database: Queryable & ~Copyable>(
    _ number: Int, in database: borrowing Database
  ) throws -> Bool {
    try seated(in: database).contains { $0.number == number }
  }

  static func save(_ post: CounterPost, in transaction: borrowing Transaction) throws {
    let languages = post.languages.map(\.rawValue).sorted().joined(separator: ",")
    let services = post.services.map(\.rawValue).joined(separator: ",")
    try transaction.run(
      """
      INSERT INTO queue_counter (place, number, state, since, reason, officer, officer_name, languages, services)
      VALUES (\(PlaceID.office), \(post.number), \(post.state.rawValue), \(post.since), \(post.reason), \(post.officer),
        \(post.officerName), \(languages), \(services))
      ON CONFLICT (place, number) DO UPDATE SET state = excluded.state, since = excluded.since,
        reason = excluded.reason, officer = excluded.officer, officer_name = excluded.officer_name,
        languages = excluded.languages, services = excluded.services
      """)
  }

  static func remove(_ number: Int, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM queue_counter WHERE place = \(PlaceID.office) AND number = \(number)")
    try UndoTable.forget(number, in: transaction)
  }

  static func clear(in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM queue_counter WHERE place = \(PlaceID.office)")
    try transaction.run("DELETE FROM queue_undo WHERE place = \(PlaceID.office)")
  }

  private static func read(_ row: borrowing Row) throws -> CounterPost {
    let languages: String = try row.get(6)
    let services: String = try row.get(7)
    return CounterPost(
      number: try row.get(0), state: CounterPost.State(rawValue: try row.get(1)) ?? .closed, since: try row.get(2),
      reason: try row.get(3), officer: try row.get(4), officerName: try row.get(5),
      languages: Set(languages.split(separator: ",").map { Language(rawValue: String($0)) }),
      services: services.split(separator: ",").map { ServiceCode(String($0)) })
  }
}
