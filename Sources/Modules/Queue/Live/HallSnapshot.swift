import Contracts
import Core
import Forecast
import Store

/// Calls and lines of the whole hall, read once after each change; every board and every ticket's position comes out of it.
struct HallSnapshot: Sendable {
  /// Calls that are looked at: each counter of the largest hall several times.
  static let callCountMax = 200
  /// How far ahead the pages tell closures.
  static let closureDayCount = 21
  /// More people than ever fit into a hall.
  static let waitingCountMax = 10_000

  /// The latest calls, newest first.
  let calls: [QueueSnapshot.Call]
  /// The people who wait, in the order in which they are called.
  let waiting: [WaitingPerson]
  /// When each of them is called.
  let positions: TicketPositions
  /// When it was read.
  var at = Instant(milliseconds: 0)
  /// The journal's position that it shows.
  var sequence: Int64 = 0
  /// The priority line's slots of today that still lie ahead, by service; none where no appointments are given.
  var prioritySlots: [ServiceCode: SlotsLeft] = [:]

  /// Whether the office is open and any counter is.
  var office = Availability.open(counters: [], until: nil)
  /// The stops that have not begun yet, in the order in which they begin.
  var ahead: [StopAhead] = []
  /// What a supervisor has left of today's hours; nil where none was taken.
  var closureToday: PlannedClosure?
  /// The later days that a supervisor has closed, or some of their hours.
  var closures: [PlannedClosure] = []
  /// The services for which people wait and which no counter serves.
  var unattended: [ServiceCode: Int] = [:]

  /// The tickets that wait and cannot be called just now, for any reason.
  var uncalled: Set<TicketID> = []

  /// The services that a supervisor has stopped.
  var stopped: [QueueSnapshot.StoppedService] = []

  static let empty = HallSnapshot(
    calls: [], waiting: [],
    positions: TicketPositions([], counters: [], rule: .shipped, at: Instant(milliseconds: 0)))

  static func read<Database: Queryable & ~Copyable>(
    on day: CivilDate, at now: Instant, rules: QueueRules, in database: borrowing Database,
    positioning: (_ waiting: [Candidate]) -> TicketPositions
  ) throws -> HallSnapshot {
    // What was called while the clock was hours ahead is not the latest until those hours have come.
    let latest = Instant.latest(at: now)
    let calls =
      try callsMade(on: day, where: "called_at <= \(latest)", in: database)
      + callsMade(on: day, where: "called_at > \(latest)", in: database)
    let people = try TicketTable.people(on: day, limit: waitingCountMax, rules: rules, in: database)
    let positions = positioning(people.map(\.candidate))
    let waiting = Dictionary(people.map { ($0.person.id, $0.person) }) { first, _ in first }
    return HallSnapshot(calls: calls, waiting: positions.order.compactMap { waiting[$0] }, positions: positions)
  }

  /// Newest first.
  private static func callsMade<Database: Queryable & ~Copyable>(
    on day: CivilDate, where condition: SQL, in database: borrowing Database
  ) throws -> [QueueSnapshot.Call] {
    try database.rows(
      """
      SELECT letter, number, counter, calls, state FROM queue_ticket
      WHERE place = \(PlaceID.office) AND day = \(day) AND \(condition) AND counter IS NOT NULL
      ORDER BY called_at DESC, id DESC LIMIT \(callCountMax)
      """
    ) { row in
      let state: TicketState = try row.get(4)
      return QueueSnapshot.Call(
        number: TicketRecord.number(letter: try row.get(0), sequence: try row.get(1)), counter: try row.get(2),
        calls: try row.get(3), isOpen: state == .called)
    }
  }

  /// How many wait for a service that a counter of the office serves.
  func waitingCount(in office: Office) -> Int {
    waiting.count { ticket in office.counters.contains { $0.serves(ticket.line.service) } }
  }
}

extension WaitingPerson {
  init(_ ticket: TicketRecord, headStart: NextRule.HeadStart) {
    self.init(
      id: ticket.id, number: ticket.number, line: WaitingLine(service: ticket.service, step: ticket.step),
      target: ticket.target, waitsFrom: ticket.waitsFrom,
      headStart: headStart.minutes(
        isPriority: ticket.isPriority, isAppointment: ticket.appointedAt != nil, step: ticket.step),
      isPriority: ticket.isPriority)
  }
}
