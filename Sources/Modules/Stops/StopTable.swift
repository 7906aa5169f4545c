import Contracts
import Core
import FoundationEssentials
import Store

/// The supervisors' stops. One that was taken back stays, with the supervisor who did it and the time.
enum StopTable {
  static let table = Table(
    "stops_stop",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("day"),
      .text("last_day").check("last_day >= day"),
      .text("service").optional,
      .integer("begins"),
      .integer("ends").check("ends > begins OR last_day > day"),
      .text("cause"),
      .text("notes"),
      .integer("officer"),
      .integer("made_at"),
      .text("submission").unique,
      .integer("lifted_at").optional,
      .integer("lifted_by").optional,
    ],
    indexes: [
      .index("stops_stop_last_day", on: ["place", "last_day"])
    ])

  private static let columns: SQL = "id, day, last_day, service, begins, ends, cause, notes, officer, made_at"

  /// The stops that last until `day` or later and have not been taken back, each as it is on its first day.
  static func ahead<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try database.rows(
      """
      SELECT \(columns) FROM stops_stop
      WHERE place = \(PlaceID.office) AND last_day >= \(day) AND lifted_at IS NULL ORDER BY id
      """
    ) { try read($0) }
  }

  static func stop<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> ServiceStop? {
    try database.row("SELECT \(columns) FROM stops_stop WHERE submission = \(submission)") { try read($0) }
  }

  static func insert(
    _ order: StopOrder, over period: StopPeriod, by officer: OfficerID, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> ServiceStop? {
    let written = try json(order.reason.notes)
    return try transaction.row(
      """
      INSERT INTO stops_stop (
        place, day, last_day, service, begins, ends, cause, notes, officer, made_at, submission)
      VALUES (\(PlaceID.office), \(period.first), \(period.last), \(order.service), \(period.from.minuteOfDay),
        \(period.to.minuteOfDay), \(order.reason.cause.rawValue), \(written), \(officer), \(now),
        \(order.submission))
      RETURNING \(columns)
      """
    ) { try read($0) }
  }

  /// - Returns: false when there is no such stop in force.
  static func lift(
    _ id: ServiceStopID, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE stops_stop SET lifted_at = \(now), lifted_by = \(officer) WHERE id = \(id) AND lifted_at IS NULL
      """) == 1
  }

  private static func read(_ row: borrowing Row) throws -> ServiceStop {
    let period = StopPeriod(
      first: try row.get(1), from: CivilTime(minuteOfDay: try row.get(4)), last: try row.get(2),
      to: CivilTime(minuteOfDay: try row.get(5)))
    return ServiceStop(
      id: try row.get(0), day: period.first, service: try row.get(3),
      span: period.span(on: period.first) ?? OpeningSpan(from: period.from, to: StopPeriod.endOfDay), period: period,
      reason: StopReason(
        cause: StopReason.Cause(rawValue: try row.get(6)) ?? .other, notes: try notes(try row.get(7))),
      officer: try row.get(8), madeAt: try row.get(9))
  }

  /// The notes by the tags of their languages, as the column keeps them: `{"en":"…","id":"…"}`.
  private static func json(_ notes: [Language: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let byTag = Dictionary(uniqueKeysWithValues: notes.map { ($0.key.rawValue, $0.value) })
    return String(decoding: try encoder.encode(byTag), as: UTF8.self)
  }

  private static func notes(_ json: String) throws -> [Language: String] {
    let byTag = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    return Dictionary(uniqueKeysWithValues: byTag.map { (Language(rawValue: $0.key), $0.value) })
  }
}

/// What a supervisor asks for.
struct StopOrder: Sendable, Equatable {
  /// nil for the whole office.
  let service: ServiceCode?
  /// The beginning belongs to the first day, the end to the last.
  let span: OpeningSpan
  /// nil for today.
  var firstDay: CivilDate?
  /// nil for the first day.
  var lastDay: CivilDate?
  let reason: StopReason
  /// The same key stops once.
  let submission: String

  /// Whether people are told why.
  var isExplained: Bool { reason.cause != .other || reason.notes[.indonesian] != nil }
}
