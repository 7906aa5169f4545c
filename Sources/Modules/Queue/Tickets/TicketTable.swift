import Contracts
import Core
import Forecast
import Store

/// What is asked of the tickets' table; what changes it is in `TicketTable+Changes`.
enum TicketTable {
  // As the conditions of the table's indexes have them.
  static let isWaiting: SQL = "state = \(literal: TicketState.waiting)"
  static let isHeld: SQL = "state = \(literal: TicketState.hold)"
  static let isInHand: SQL = "state IN \(literals: [TicketState.called, .serving])"
  static let isLive: SQL = "state IN \(literals: [TicketState.waiting, .called, .serving, .hold])"
  /// A ticket of the office, where the order in which numbers were given is wanted: for what stands behind a plus SQLite
  /// looks for no index (its "Query Optimizer Overview" on the unary plus).
  static let isHere: SQL = "+place = \(PlaceID.office)"

  // MARK: finding

  static func ticket<Database: Queryable & ~Copyable>(
    code: PublicCode, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row("SELECT \(TicketRecord.columns) FROM queue_ticket WHERE code = \(code)") { try TicketRecord($0) }
  }

  static func ticket<Database: Queryable & ~Copyable>(
    _ reference: TicketNumber, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row("SELECT \(TicketRecord.columns) FROM queue_ticket WHERE reference = \(reference)") {
      try TicketRecord($0)
    }
  }

  /// Whether a ticket has that number already, of any day.
  static func hasTicket<Database: Queryable & ~Copyable>(
    _ reference: TicketNumber, in database: borrowing Database
  ) throws -> Bool {
    try database.value("SELECT 1 FROM queue_ticket WHERE reference = \(reference)") as Int? != nil
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

  /// The tickets of an application, the earliest first.
  static func tickets<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE application = \(application) AND application IS NOT NULL ORDER BY id LIMIT \(limit)
      """
    ) { try TicketRecord($0) }
  }

  /// Its tickets that may still be called: those that are open, and those whose holders may come back.
  static func open<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE application = \(application) AND application IS NOT NULL
        AND state NOT IN \(anyOf: [TicketState.finished, .cancelled])
      ORDER BY id
      """
    ) { try TicketRecord($0) }
  }

  static func liveTicket<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, on day: CivilDate, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE day = \(day) AND application = \(application) AND application IS NOT NULL
        AND \(isLive)
      """
    ) { try TicketRecord($0) }
  }

  /// The ticket that a counter has called or serves, of any day: midnight ends no call.
  static func inHand<Database: Queryable & ~Copyable>(
    of counter: Int, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND counter = \(counter) AND \(isInHand)
      """
    ) { try TicketRecord($0) }
  }

  /// The counter, other than this one, at which the officer has a ticket in hand.
  static func inHand<Database: Queryable & ~Copyable>(
    of officer: OfficerID, outside counter: Int, in database: borrowing Database
  ) throws -> Int? {
    try database.value(
      """
      SELECT counter FROM queue_ticket
      WHERE place = \(PlaceID.office) AND counter IS NOT NULL AND counter <> \(counter)
        AND officer = \(officer) AND \(isInHand)
      """)
  }

  /// What all counters have called or serve.
  static func inHands<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND counter IS NOT NULL AND \(isInHand)
      """
    ) { try TicketRecord($0) }
  }

  /// The earliest ticket of each line that is not empty. Its cost grows with the lines, not with the people:
  /// each line's head is one step in an index, and the next line begins right after it.
  static func heads<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [TicketRecord] {
    var heads: [TicketRecord] = []
    while let head = try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting) AND line > \(heads.last?.line ?? "")
      ORDER BY line, waits_from, id LIMIT 1
      """, { try TicketRecord($0) })
    {
      heads.append(head)
    }
    return heads
  }

  /// Tickets on hold whose time is over, the longest first.
  static func overheld<Database: Queryable & ~Copyable>(
    at now: Instant, limit: Int, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND \(isHeld) AND hold_until <= \(now)
      ORDER BY hold_until LIMIT \(limit)
      """
    ) { try TicketRecord($0) }
  }

  /// Tickets on hold, those that a counter put there first.
  static func held<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket WHERE place = \(PlaceID.office) AND \(isHeld)
      ORDER BY hold_until LIMIT 100
      """
    ) { try TicketRecord($0) }
  }

  /// The ticket with a number of the day.
  static func ticket<Database: Queryable & ~Copyable>(
    letter: String, sequence: Int, on day: CivilDate, in database: borrowing Database
  ) throws -> TicketRecord? {
    try database.row(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND letter = \(letter) AND number = \(sequence)
      """
    ) { try TicketRecord($0) }
  }

  /// The waiting tickets, longest first.
  static func waiting<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting)
      ORDER BY priority DESC, waits_from, id LIMIT \(limit)
      """
    ) { try TicketRecord($0) }
  }

  /// The waiting tickets, line by line as an index has them, as the rule sees them but for the codes of their steps.
  static func candidates<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Candidate] {
    try database.rows(
      """
      SELECT id, service, step, waits_from, priority, appointed_at, language, target, passed_over FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting)
      ORDER BY line, waits_from, id LIMIT \(limit)
      """
    ) { row in
      let appointedAt: Instant? = try row.get(5)
      return Candidate(
        id: try row.get(0), service: try row.get(1), step: try row.get(2), stepCode: nil, waitsFrom: try row.get(3),
        isPriority: try row.get(4), isAppointment: appointedAt != nil, language: try row.get(6),
        target: (try row.get(7) as String?).flatMap(TicketTarget.init(text:)), passedOver: try row.get(8))
    }
  }

  /// The waiting tickets as the rule and the boards see them, longest first: what `waiting` gives, in fewer columns.
  static func people<Database: Queryable & ~Copyable>(
    on day: CivilDate, limit: Int, rules: QueueRules, in database: borrowing Database
  ) throws -> [(candidate: Candidate, person: WaitingPerson)] {
    try database.rows(
      """
      SELECT id, service, step, waits_from, priority, appointed_at, language, target, passed_over, letter, number
      FROM queue_ticket WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting)
      ORDER BY priority DESC, waits_from, id LIMIT \(limit)
      """
    ) { row in
      let (id, service, step): (TicketID, ServiceCode, Int) = (try row.get(0), try row.get(1), try row.get(2))
      let (waitsFrom, isPriority): (Instant, Bool) = (try row.get(3), try row.get(4))
      let isAppointment = try row.get(5) as Instant? != nil
      let target = (try row.get(7) as String?).flatMap(TicketTarget.init(text:))
      let candidate = Candidate(
        id: id, service: service, step: step, stepCode: rules.step(step, of: service)?.code, waitsFrom: waitsFrom,
        isPriority: isPriority, isAppointment: isAppointment, language: try row.get(6), target: target,
        passedOver: try row.get(8))
      let person = WaitingPerson(
        id: id, number: TicketRecord.number(letter: try row.get(9), sequence: try row.get(10)),
        line: WaitingLine(service: service, step: step), target: target, waitsFrom: waitsFrom,
        headStart: rules.next.headStart.minutes(isPriority: isPriority, isAppointment: isAppointment, step: step),
        isPriority: isPriority)
      return (candidate, person)
    }
  }

  /// The waiting tickets that were sent to one counter or officer, the earliest first.
  static func addressed<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting) AND target IS NOT NULL ORDER BY waits_from, id
      """
    ) { try TicketRecord($0) }
  }

  // MARK: counting

  /// How many wait for each service.
  static func waitingCounts<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceCode: Int] {
    let rows = try database.rows(
      """
      SELECT service, count(*) FROM queue_ticket WHERE place = \(PlaceID.office) AND day = \(day) AND \(isWaiting)
      GROUP BY service
      """
    ) { row in (service: try row.get(0) as ServiceCode, count: try row.get(1) as Int) }
    return Dictionary(rows.map { ($0.service, $0.count) }, uniquingKeysWith: { first, _ in first })
  }
}

extension TicketTable {
  /// The tickets of one line.
  static func line<Database: Queryable & ~Copyable>(
    _ line: String, on day: CivilDate, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND line = \(line) AND \(isWaiting) ORDER BY waits_from, id
      """
    ) { try TicketRecord($0) }
  }

  /// How many numbers those days gave.
  static func count<Database: Queryable & ~Copyable>(
    on days: Set<CivilDate>, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      "SELECT count(*) FROM queue_ticket WHERE place = \(PlaceID.office) AND day IN \(anyOf: days)") ?? 0
  }

  /// How many numbers were given after the first ticket's, up to the second's.
  static func count<Database: Queryable & ~Copyable>(
    after first: TicketID, upTo last: TicketID, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      "SELECT count(*) FROM queue_ticket WHERE \(isHere) AND id > \(first) AND id <= \(last)") ?? 0
  }

  /// The open tickets of all days up to `day`, and of those after `today`: numbers are given for no day but their own, so
  /// that the date was wrong then.
  static func open<Database: Queryable & ~Copyable>(
    upTo day: CivilDate, orAfter today: CivilDate, in database: borrowing Database
  ) throws -> [TicketRecord] {
    try database.rows(
      """
      SELECT \(TicketRecord.columns) FROM queue_ticket
      WHERE \(isHere) AND state IN \(anyOf: [TicketState.booked, .checkedIn, .waiting, .called, .serving, .hold])
        AND (day <= \(day) OR day > \(today))
      ORDER BY id
      """
    ) { try TicketRecord($0) }
  }
}
