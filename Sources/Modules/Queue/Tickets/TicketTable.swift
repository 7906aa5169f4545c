import Contracts
import Core
import Store

/// Every statement on the queue's tables.
enum TicketTable {
  // MARK: finding

  static func ticket<Database: Queryable & ~Copyable>(
    code: PublicCode, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row("SELECT \(TicketRecord.columns) FROM queue_ticket WHERE code = \(code)") { try TicketRecord($0) }
  }

  static func ticket<Database: Queryable & ~Copyable>(
    _ id: TicketID, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row("SELECT \(TicketRecord.columns) FROM queue_ticket WHERE id = \(id)") { try TicketRecord($0) }
  }

  static func ticket<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row("SELECT \(TicketRecord.columns) FROM queue_ticket WHERE submission = \(submission)") {
      try TicketRecord($0)
    }
  }

  static func liveTicket<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, on day: CivilDate, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE day = \(day) AND application = \(application) AND state IN ('waiting', 'called', 'serving')
      """
    ) { try TicketRecord($0) }
  }

  /// The ticket that a counter has called or serves.
  static func inHand<Database: Queryable & ~Copyable>(
    of counter: Int, on day: CivilDate, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE day = \(day) AND counter = \(counter) AND state IN ('called', 'serving')
      """
    ) { try TicketRecord($0) }
  }

  /// The longest waiting ticket of a service's line.
  static func head<Database: Queryable & ~Copyable>(
    of service: ServiceCode, priority: Bool, on day: CivilDate, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE day = \(day) AND state = 'waiting' AND service = \(service) AND priority = \(priority)
      ORDER BY id LIMIT 1
      """
    ) { try TicketRecord($0) }
  }

  /// The services for which somebody waits.
  static func waitingServices<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceCode] {
    try database.rows("SELECT DISTINCT service FROM queue_ticket WHERE day = \(day) AND state = 'waiting'") {
      try $0.get(0)
    }
  }

  /// How many priority tickets were called last, one after another; counted up to `limit`.
  static func priorityRun<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> Int {
    let latest: [Bool] = try database.rows(
      """
      SELECT priority FROM queue_ticket WHERE day = \(day) AND called_at IS NOT NULL
      ORDER BY called_at DESC, id DESC LIMIT \(limit)
      """
    ) { try $0.get(0) }
    return latest.prefix { $0 }.count
  }

  /// Everybody who waits, longest first.
  static func waiting<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket WHERE day = \(day) AND state = 'waiting'
      ORDER BY priority DESC, id LIMIT \(limit)
      """
    ) { try TicketRecord($0) }
  }

  // MARK: counting

  static func countAhead<Database: Queryable & ~Copyable>(
    of ticket: TicketRecord, in database: borrowing Database
  ) throws -> Int {
    let sameLine: Int? = try database.value(
      """
      SELECT count(*) FROM queue_ticket
      WHERE day = \(ticket.day) AND state = 'waiting' AND service = \(ticket.service)
        AND priority = \(ticket.isPriority) AND id < \(ticket.id)
      """)
    guard !ticket.isPriority else { return sameLine ?? 0 }
    let priorityLine: Int? = try database.value(
      """
      SELECT count(*) FROM queue_ticket
      WHERE day = \(ticket.day) AND state = 'waiting' AND service = \(ticket.service) AND priority = 1
      """)
    return (sameLine ?? 0) + (priorityLine ?? 0)
  }

  /// Minutes that the last visits of a service took today, newest first, at most thirty.
  static func serviceMinutes<Database: Queryable & ~Copyable>(
    of service: ServiceCode, on day: CivilDate, in database: borrowing Database
  ) throws -> [Double] {
    try database.rows(
      """
      SELECT ended_at - started_at FROM queue_ticket
      WHERE day = \(day) AND state = 'finished' AND service = \(service)
      ORDER BY id DESC LIMIT 30
      """
    ) { row in
      let milliseconds: Int64 = try row.get(0)
      return Double(milliseconds) / 60_000
    }
  }

  /// Counters that have called somebody since `instant`.
  static func activeCounters<Database: Queryable & ~Copyable>(
    on day: CivilDate, since instant: Instant, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      "SELECT count(DISTINCT counter) FROM queue_ticket WHERE day = \(day) AND called_at >= \(instant)") ?? 0
  }

  // MARK: changing

  static func drawNumber(letter: String, on day: CivilDate, in transaction: borrowing Transaction) throws -> Int {
    try transaction.value(
      """
      INSERT INTO queue_series (day, letter, last) VALUES (\(day), \(letter), 1)
      ON CONFLICT (day, letter) DO UPDATE SET last = last + 1 RETURNING last
      """) ?? 0
  }

  struct Fresh {
    let code: PublicCode
    let day: CivilDate
    let letter: String
    let sequence: Int
    let service: ServiceCode
    let application: ApplicationNumber?
    let isPriority: Bool
    let channel: Channel
    let submission: String
    let issuedAt: Instant
  }

  static func insert(_ fresh: Fresh, in transaction: borrowing Transaction) throws -> TicketRecord? {
    try transaction.row(
      """
      INSERT INTO queue_ticket
        (code, day, letter, number, service, application, priority, channel, submission, state, issued_at)
      VALUES (\(fresh.code), \(fresh.day), \(fresh.letter), \(fresh.sequence), \(fresh.service),
        \(fresh.application), \(fresh.isPriority), \(fresh.channel), \(fresh.submission), 'waiting', \(fresh.issuedAt))
      RETURNING \(TicketRecord.columns)
      """
    ) { try TicketRecord($0) }
  }

  static func call(
    _ ticket: TicketID, to counter: Int, by officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE queue_ticket
      SET state = 'called', counter = \(counter), officer = \(officer), called_at = \(now), calls = 1
      WHERE id = \(ticket)
      """)
  }

  static func move(
    _ ticket: TicketID, to state: TicketState, by action: CounterAction, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    switch action {
    case .recall:
      try transaction.run("UPDATE queue_ticket SET calls = calls + 1 WHERE id = \(ticket)")
    case .start:
      try transaction.run("UPDATE queue_ticket SET state = \(state), started_at = \(now) WHERE id = \(ticket)")
    case .finish, .noShow:
      try transaction.run("UPDATE queue_ticket SET state = \(state), ended_at = \(now) WHERE id = \(ticket)")
    }
  }
}
