import Contracts
import Core
import Forecast
import Store

/// The hall as a supervisor needs to see it: its lines, its counters, the promises at risk, the day so far, and why each
/// person is called when they are.
struct HallOverview: Sendable {
  /// The people who wait for one step of one service.
  struct Line: Sendable, Equatable {
    let service: ServiceCode
    let step: Int
    let waiting: Int
    let priority: Int
    let longestSince: Instant
    /// How many will probably be called later than they were promised.
    var atRisk = 0
    /// How many were promised a call by a time that has passed, and still wait for it.
    var overdue = 0
  }

  /// The promises of the day that were not kept.
  struct BrokenPromises: Sendable, Equatable {
    /// How many promises to today's tickets were broken, also to those that were served afterwards.
    var today = 0
    /// How many holders of broken promises still wait to be called.
    var overdue = 0
    /// The time by which the longest of them was to be called; nil when no one waits beyond the promised time.
    var longestSince: Instant?

    static func read<Database: Queryable & ~Copyable>(
      on day: CivilDate, in database: borrowing Database
    ) throws -> BrokenPromises {
      let overdue = try PromiseTable.overdue(in: database)
      return BrokenPromises(
        today: try PromiseTable.brokenCount(on: day, in: database), overdue: overdue.count,
        longestSince: overdue.first?.calledBy)
    }
  }

  struct Seat: Sendable {
    let counter: Office.Counter
    let post: CounterPost?
    let hand: TicketRecord?
  }

  let lines: [Line]
  let seats: [Seat]
  let promises: BrokenPromises
  /// The tickets that were sent to a counter, or an officer, that is not there, so that no call comes.
  let stranded: [TicketRecord]
  /// The office as a whole, and how many wait for each service that no counter serves.
  let office: Availability
  let unattended: [(service: ServiceCode, waiting: Int)]
  /// How many wait for each service that a supervisor has stopped.
  let stopped: [(service: ServiceCode, waiting: Int)]
  let held: [TicketRecord]
  let course: DayCourse
  let calls: [CallTable.Entry]
  let outOfOrder: [CallTable.Entry]
  /// The names of the officers who called out of order.
  let staff: StaffNames

  /// When the day was closed; nil while it is open.
  var dayClosedAt: Instant?

  /// When what is still open is settled by itself; nil once that has been.
  var dayEnds: Instant?

  /// What the days that are over left, where it is so much that a supervisor has to look before it ends.
  var leftover: DayLeftover?

  var waiting: Int { lines.reduce(0) { $0 + $1.waiting } }
  var atRisk: Int { lines.reduce(0) { $0 + $1.atRisk } }
  var longestSince: Instant? { lines.map(\.longestSince).min() }
  var openCounters: Int { seats.count { $0.post?.state == .open } }

  static func read<Database: Queryable & ~Copyable>(
    _ queue: HallQueue, _ counters: CounterService, _ officers: (any OfficerDirectory)?, at now: Instant,
    in database: borrowing Database
  ) throws -> HallOverview {
    let day = counters.zone.date(of: now)
    let posts = try CounterPostTable.all(in: database)
    let outOfOrder = try CallTable.latest(on: day, limit: 20, isOutOfOrder: true, in: database)
    let lines = try lines(on: day, queue, at: now, in: database)
    let reading = try AvailabilityReading(queue, in: database)
    return HallOverview(
      lines: lines,
      seats: try counters.office.counters.map { counter in
        Seat(
          counter: counter, post: posts.first { $0.number == counter.number },
          hand: try TicketTable.inHand(of: counter.number, in: database))
      },
      promises: try BrokenPromises.read(on: day, in: database), stranded: try stranded(on: day, in: database),
      office: reading.availability(of: nil), unattended: waiting(lines) { reading.availability(of: $0).isAlarming },
      stopped: waiting(lines, for: reading.isStopped),
      held: try TicketTable.held(in: database), course: try DayCourse.read(on: day, zone: counters.zone, in: database),
      calls: try CallTable.latest(on: day, limit: 8, in: database),
      outOfOrder: outOfOrder,
      staff: try StaffNames(of: outOfOrder.map(\.officer), from: officers, in: database),
      dayClosedAt: try ClosedDayTable.closedAt(day, in: database))
  }

  private static func stranded<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [TicketRecord] {
    let seated = try CounterPostTable.seated(in: database)
    let targets = Set(
      seated.map { TicketTarget.counter($0.number) } + seated.compactMap { $0.officer.map { .officer($0) } })
    return try TicketTable.addressed(on: day, in: database).filter { $0.target.map { !targets.contains($0) } ?? false }
  }

  private static func waiting(
    _ lines: [Line], for isMeant: (ServiceCode) -> Bool
  ) -> [(service: ServiceCode, waiting: Int)] {
    Dictionary(grouping: lines, by: \.service).map { ($0, $1.reduce(0) { $0 + $1.waiting }) }
      .filter { isMeant($0.0) }.sorted { $0.0 < $1.0 }
  }

  private static func lines<Database: Queryable & ~Copyable>(
    on day: CivilDate, _ queue: HallQueue, at now: Instant, in database: borrowing Database
  ) throws -> [Line] {
    var lines = try database.rows(
      """
      SELECT service, step, count(*), sum(priority), min(waits_from)
      FROM queue_ticket WHERE place = \(PlaceID.office) AND day = \(day) AND state = \(literal: TicketState.waiting)
      GROUP BY service, step ORDER BY service, step
      """
    ) { row in
      Line(
        service: try row.get(0), step: try row.get(1), waiting: try row.get(2), priority: try row.get(3),
        longestSince: try row.get(4))
    }
    for promise in try PromiseTable.open(in: database) + PromiseTable.overdue(in: database) {
      guard let ticket = try TicketTable.ticket(promise.ticket, in: database),
        let line = lines.firstIndex(where: { $0.service == ticket.service && $0.step == ticket.step })
      else { continue }
      if !promise.isOpen || !PromiseRule.isKept(promise.calledBy, calledAt: now) {
        lines[line].overdue += 1
      } else if PromiseRule.isAtRisk(
        promise.calledBy, expected: try queue.estimate(of: ticket, in: database)?.expected, at: now)
      {
        lines[line].atRisk += 1
      }
    }
    return lines
  }
}

/// How many waited in the course of the day, by quarters of an hour.
struct DayCourse: Sendable, Equatable {
  struct Point: Sendable, Equatable {
    /// The end of the quarter.
    let minuteOfDay: Int
    let arrived: Int
    let called: Int
    /// How many waited at its end.
    let waiting: Int
  }

  static let quarterMilliseconds: Int64 = 15 * 60_000
  private static let waits = TicketState.waiting

  let points: [Point]
  /// When most waited, to the minute; nil where no one did.
  var peak: Peak?

  struct Peak: Sendable, Equatable {
    let minuteOfDay: Int
    let waiting: Int
  }

  static func read<Database: Queryable & ~Copyable>(
    on day: CivilDate, zone: OfficeZone, in database: borrowing Database
  ) throws -> DayCourse {
    let midnight = zone.instant(day, CivilTime(minuteOfDay: 0)).milliseconds
    let rows: [(quarter: Int, arrived: Int, left: Int, called: Int)] = try database.rows(
      """
      SELECT (at - \(midnight)) / \(quarterMilliseconds),
        sum(CASE WHEN to_state = \(waits) AND coalesce(from_state, '') <> \(waits) THEN 1 ELSE 0 END),
        sum(CASE WHEN from_state = \(waits) AND to_state <> \(waits) THEN 1 ELSE 0 END),
        sum(CASE WHEN from_state = \(waits) AND to_state = \(TicketState.called) THEN 1 ELSE 0 END)
      FROM queue_transition WHERE day = \(day) AND place = \(PlaceID.office) GROUP BY 1 ORDER BY 1
      """
    ) { (try $0.get(0), try $0.get(1), try $0.get(2), try $0.get(3)) }
    // A call that outlives midnight belongs to its day, not into its course.
    let within = rows.filter { (0..<96).contains($0.quarter) }
    guard let first = within.first?.quarter, let last = within.last?.quarter else { return DayCourse(points: []) }
    let byQuarter = Dictionary(within.map { ($0.quarter, $0) }, uniquingKeysWith: { first, _ in first })
    var waiting = 0
    var course = DayCourse(
      points: (first...last).map { quarter in
        let row = byQuarter[quarter]
        waiting += (row?.arrived ?? 0) - (row?.left ?? 0)
        return Point(
          minuteOfDay: (quarter + 1) * 15, arrived: row?.arrived ?? 0, called: row?.called ?? 0,
          waiting: max(0, waiting))
      })
    course.peak = try peak(on: day, since: midnight, in: database)
    return course
  }

  /// Between the quarters' ends more may have waited than at any of them.
  private static func peak<Database: Queryable & ~Copyable>(
    on day: CivilDate, since midnight: Int64, in database: borrowing Database
  ) throws -> Peak? {
    let changes: [(at: Int64, change: Int)] = try database.rows(
      """
      SELECT at, CASE WHEN to_state = \(waits) THEN 1 ELSE -1 END FROM queue_transition
      WHERE day = \(day) AND place = \(PlaceID.office)
        AND (to_state = \(waits)) <> (coalesce(from_state, '') = \(waits))
      ORDER BY at, id
      """
    ) { (try $0.get(0), try $0.get(1)) }
    var waiting = 0
    var peak: Peak?
    for (at, change) in changes {
      waiting += change
      guard waiting > peak?.waiting ?? 0 else { continue }
      peak = Peak(minuteOfDay: min(1439, max(0, Int((at - midnight) / 60_000))), waiting: waiting)
    }
    return peak
  }
}
