import Contracts
import Core
import Store

/// What a person was promised when they took a number without an appointment: called by then, and what became of it.
///
/// The promise is made once and stays as it was made. That it was broken is written down when its time passes, and
/// stays for ever, also when the ticket is served afterwards.
enum PromiseTable {
  static let table = Table(
    "queue_promise",
    columns: [
      .integer("ticket").key.refers(to: "queue_ticket", "id"),
      .integer("place"),
      .integer("called_by"),
      .integer("broken_at").optional,
      .integer("called_at").optional,
      .integer("left_at").optional,
    ],
    indexes: [
      .index(
        "queue_promise_open", on: ["place", "called_by"],
        where: "broken_at IS NULL AND called_at IS NULL AND left_at IS NULL"),
      .index(
        "queue_promise_overdue", on: ["place", "called_by"],
        where: "broken_at IS NOT NULL AND called_at IS NULL AND left_at IS NULL"),
    ])

  /// A promise to the holder of one ticket.
  struct Promise: Sendable, Equatable {
    let ticket: TicketID
    let calledBy: Instant
    /// When it was seen that it had not been kept.
    let brokenAt: Instant?
    /// When the holder was called for the first time.
    let calledAt: Instant?
    /// When the ticket ended before any call.
    let leftAt: Instant?

    /// Whether it is still to be kept.
    var isOpen: Bool { brokenAt == nil && isAwaited }
    /// Whether its holder has neither been called nor left.
    var isAwaited: Bool { calledAt == nil && leftAt == nil }
  }

  /// The least that is promised: the line may be empty and the officer on the way.
  private static let minutesMin = 15
  private static let columns: SQL = "ticket, called_by, broken_at, called_at, left_at"
  private static let isHere: SQL = "place = \(PlaceID.office)"
  private static let isOpen: SQL = "broken_at IS NULL AND called_at IS NULL AND left_at IS NULL"
  private static let isOverdue: SQL = "broken_at IS NOT NULL AND called_at IS NULL AND left_at IS NULL"

  /// When a person is to be called at the latest: at the upper end of what is expected.
  ///
  /// - Parameter expected: minutes, as the person is told them.
  static func promise(from issued: Instant, expected: ClosedRange<Int>) -> Instant {
    issued + .minutes(max(minutesMin, expected.upperBound))
  }

  /// Promises it to the holder of a ticket that was made just now.
  ///
  /// - Returns: the promise as it is kept.
  static func insert(_ promise: Instant, to ticket: TicketID, in transaction: borrowing Transaction) throws -> Promise {
    try transaction.run(
      "INSERT INTO queue_promise (ticket, place, called_by) VALUES (\(ticket), \(PlaceID.office), \(promise))")
    return Promise(ticket: ticket, calledBy: promise, brokenAt: nil, calledAt: nil, leftAt: nil)
  }

  // MARK: reading

  static func promise<Database: Queryable & ~Copyable>(
    to ticket: TicketID, in database: borrowing Database
  ) throws -> Promise? {
    try database.row("SELECT \(columns) FROM queue_promise WHERE ticket = \(ticket)") { try read($0) }
  }

  /// The promises that are still to be kept, the earliest first.
  static func open<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [Promise] {
    try database.rows(
      "SELECT \(columns) FROM queue_promise WHERE \(isHere) AND \(isOpen) ORDER BY called_by"
    ) { try read($0) }
  }

  /// Open promises whose time is over and which have not been noted as broken.
  static func unnoticed<Database: Queryable & ~Copyable>(
    at now: Instant, limit: Int, in database: borrowing Database
  ) throws -> [Promise] {
    try database.rows(
      """
      SELECT \(columns) FROM queue_promise WHERE \(isHere) AND \(isOpen) AND called_by < \(now)
      ORDER BY called_by LIMIT \(limit)
      """
    ) { try read($0) }
  }

  /// The time by which the next promise is to be kept; nil when none is open.
  static func nextDue<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Instant? {
    try database.value("SELECT min(called_by) FROM queue_promise WHERE \(isHere) AND \(isOpen)")
  }

  /// Broken promises whose holders are still waiting to be called, the earliest first.
  static func overdue<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [Promise] {
    try database.rows(
      "SELECT \(columns) FROM queue_promise WHERE \(isHere) AND \(isOverdue) ORDER BY called_by"
    ) { try read($0) }
  }

  /// How many promises of a day's tickets have been broken so far.
  static func brokenCount<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      """
      SELECT count(*) FROM queue_ticket ticket JOIN queue_promise promise ON promise.ticket = ticket.id
      WHERE ticket.place = \(PlaceID.office) AND ticket.day = \(day) AND promise.broken_at IS NOT NULL
      """) ?? 0
  }

  private static func read(_ row: borrowing Row) throws -> Promise {
    Promise(
      ticket: try row.get(0), calledBy: try row.get(1), brokenAt: try row.get(2), calledAt: try row.get(3),
      leftAt: try row.get(4))
  }

  // MARK: writing down what became of it

  static func markBroken(_ ticket: TicketID, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE queue_promise SET broken_at = \(now) WHERE ticket = \(ticket) AND broken_at IS NULL")
  }

  static func markCalled(_ ticket: TicketID, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE queue_promise SET called_at = \(now) WHERE ticket = \(ticket) AND called_at IS NULL")
  }

  static func markLeft(_ ticket: TicketID, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE queue_promise SET left_at = \(now) WHERE ticket = \(ticket) AND \(isAwaited)")
  }

  /// A call was taken back: its holder waits again for the first one. A promise that was broken stays broken.
  static func takeBackCall(_ ticket: TicketID, of moment: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "UPDATE queue_promise SET called_at = NULL WHERE ticket = \(ticket) AND called_at = \(moment)")
  }

  private static let isAwaited: SQL = "called_at IS NULL AND left_at IS NULL"
}

/// Whether promises are kept; every face, the books and the reports ask here.
enum PromiseRule {
  /// Whether a person who was called, or still waits, then has been called in time.
  static func isKept(_ calledBy: Instant, calledAt: Instant) -> Bool { calledAt <= calledBy }

  /// Whether a person who waits will probably be called too late.
  ///
  /// - Parameter expected: minutes from now until the call; nil when no counter would call them.
  static func isAtRisk(_ calledBy: Instant, expected: Double?, at now: Instant) -> Bool {
    guard let expected else { return true }
    return !isKept(calledBy, calledAt: now + .milliseconds(Int64(expected * 60_000)))
  }
}
