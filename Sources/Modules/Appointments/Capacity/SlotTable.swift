import Contracts
import Core
import Store

/// Every statement on the slots.
enum SlotTable {
  /// A slot as it is taken.
  struct Taken: Sendable {
    let id: Int64
    let halfHour: CivilTime
    let at: CivilTime
  }

  /// A slot of the office, where the index of releases is wanted: for what stands behind a plus SQLite looks for no
  /// index (its "Query Optimizer Overview" on the unary plus).
  static let isHere: SQL = "+place = \(PlaceID.office)"

  /// What makes a slot free at a moment. A lapsed hold's slot is free again even before it was tidied up.
  private static func isFree(_ now: Instant) -> SQL {
    """
    withdrawn = 0 AND draw IS NULL AND released_at <= \(now) AND available_at <= \(now)
    AND (appointment IS NULL OR appointment IN
      (SELECT id FROM appointments_appointment WHERE state = \(literal: AppointmentState.held) AND held_until <= \(now)))
    """
  }

  // MARK: counting

  /// Free slots of one day and kind, by service and half-hour.
  static func free<Database: Queryable & ~Copyable>(
    _ kind: SlotKind, on day: CivilDate, after minute: CivilTime?, services: Set<ServiceCode>, at now: Instant,
    in database: borrowing Database
  ) throws -> PartyFit.Free {
    try free(kind, from: day, to: day, after: minute, services: services, at: now, in: database)[day, default: [:]]
  }

  /// Free slots of one kind by day, service and half-hour.
  ///
  /// In two questions, so that each has an index: thousands ask at once, most of them when nothing is left.
  ///
  /// - Parameter minute: leaves out slots at which a person would be expected up to then; nil for none.
  static func free<Database: Queryable & ~Copyable>(
    _ kind: SlotKind, from first: CivilDate, to last: CivilDate, after minute: CivilTime?,
    services: Set<ServiceCode>, at now: Instant, in database: borrowing Database
  ) throws -> [CivilDate: PartyFit.Free] {
    let isLater: SQL = minute.map { "AND s.at > \($0)" } ?? ""
    let isWanted: SQL =
      """
      s.place = \(PlaceID.office) AND s.day BETWEEN \(first) AND \(last) AND s.kind = \(kind)
      AND s.service IN \(anyOf: services)
      AND s.withdrawn = 0 AND s.draw IS NULL AND s.released_at <= \(now) AND s.available_at <= \(now)
      \(isLater)
      """
    let sources: [SQL] = [
      "appointments_slot s WHERE s.appointment IS NULL AND \(isWanted)",
      """
      appointments_appointment a JOIN appointments_slot s ON s.appointment = a.id
      WHERE a.state = \(literal: AppointmentState.held) AND a.held_until <= \(now) AND \(isWanted)
      """,
    ]
    var free: [CivilDate: PartyFit.Free] = [:]
    for source in sources {
      let rows: [(day: CivilDate, service: ServiceCode, halfHour: CivilTime, count: Int)] = try database.rows(
        "SELECT s.day, s.service, s.half_hour, count(*) FROM \(source) GROUP BY s.day, s.service, s.half_hour"
      ) { (try $0.get(0), try $0.get(1), try $0.get(2), try $0.get(3)) }
      for row in rows { free[row.day, default: [:]][row.service, default: [:]][row.halfHour, default: 0] += row.count }
    }
    return free
  }

  /// How a day stands for one kind.
  struct DayCount: Sendable, Equatable {
    let day: CivilDate
    let kind: SlotKind
    let total: Int
    let free: Int
    /// Still to be released.
    let ahead: Int
    /// Given back, and free again after a random while.
    let returning: Int
    /// When the next of them is free again or released; nil where none will be.
    let changesAt: Instant?
  }

  /// The days from `first` on by kind, in order.
  ///
  /// - Parameter begun: half-hours of the first day up to this one are over; nil when none is.
  static func dayCounts<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, after begun: CivilTime? = nil, service: ServiceCode? = nil,
    at now: Instant,
    in database: borrowing Database
  ) throws -> [DayCount] {
    let narrowed: SQL = service.map { "AND service = \($0)" } ?? ""
    let isOver: SQL = begun.map { "(day = \(first) AND half_hour <= \($0))" } ?? "1 = 0"
    return try database.rows(
      """
      SELECT day, kind, count(*), sum(CASE WHEN \(isFree(now)) AND NOT \(isOver) THEN 1 ELSE 0 END),
        sum(CASE WHEN released_at > \(now) THEN 1 ELSE 0 END),
        sum(CASE WHEN appointment IS NULL AND draw IS NULL AND available_at > \(now) AND available_at < \(never)
          AND NOT \(isOver)
          THEN 1 ELSE 0 END),
        min(CASE WHEN available_at > \(now) AND (released_at <= \(now) OR available_at < released_at) THEN available_at
          WHEN released_at > \(now) THEN released_at END)
      FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day BETWEEN \(first) AND \(last) AND withdrawn = 0 \(narrowed)
      GROUP BY day, kind ORDER BY day, kind
      """
    ) { row in
      try DayCount(
        day: row.get(0), kind: row.get(1), total: row.get(2), free: row.get(3), ahead: row.get(4),
        returning: row.get(5), changesAt: row.get(6))
    }
  }

  /// When the next hold is over if it is not confirmed; nil where nothing is held.
  static func nextLapse<Database: Queryable & ~Copyable>(
    after now: Instant, in database: borrowing Database
  ) throws -> Instant? {
    try database.value(
      """
      SELECT min(held_until) FROM appointments_appointment
      WHERE state = \(literal: AppointmentState.held) AND held_until > \(now)
      """)
  }

  /// What is left of a kind on a day after `minute`, by service; also nothing, where there were slots.
  static func unused<Database: Queryable & ~Copyable>(
    _ kind: SlotKind, on day: CivilDate, after minute: CivilTime, at now: Instant, in database: borrowing Database
  ) throws -> [ServiceCode: SlotsLeft] {
    let rows: [(ServiceCode, SlotsLeft)] = try database.rows(
      """
      SELECT service,
        sum(CASE WHEN appointment IS NULL AND half_hour > \(minute) AND available_at <= \(now) THEN 1 ELSE 0 END),
        sum(CASE WHEN appointment IS NULL AND half_hour > \(minute) AND available_at > \(now) AND available_at < \(never)
          THEN 1 ELSE 0 END)
      FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day = \(day) AND kind = \(kind) AND withdrawn = 0 AND draw IS NULL
        AND released_at <= \(now)
      GROUP BY service
      """
    ) { (try $0.get(0), SlotsLeft(free: try $0.get(1), returning: try $0.get(2))) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// When slots are released next, and how many.
  static func nextRelease<Database: Queryable & ~Copyable>(
    after now: Instant, in database: borrowing Database
  ) throws -> (at: Instant, count: Int)? {
    try database.row(
      """
      SELECT released_at, count(*) FROM appointments_slot
      WHERE \(isHere) AND released_at > \(now) AND withdrawn = 0 AND draw IS NULL AND kind <> \(SlotKind.walkIn)
      GROUP BY released_at ORDER BY released_at LIMIT 1
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }

  // MARK: giving and taking back

  /// Gives one free slot to the appointment; nil when there is none left.
  static func take(
    _ kind: SlotKind, of service: ServiceCode, on day: CivilDate, halfHour: CivilTime, after minute: CivilTime?,
    for appointment: AppointmentID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Taken? {
    let isLater: SQL = minute.map { "AND at > \($0)" } ?? ""
    return try transaction.row(
      """
      UPDATE appointments_slot SET appointment = \(appointment)
      WHERE appointment IS NULL AND id = (
        SELECT id FROM appointments_slot
        WHERE place = \(PlaceID.office) AND day = \(day) AND service = \(service) AND kind = \(kind)
          AND half_hour = \(halfHour) AND withdrawn = 0 AND draw IS NULL AND appointment IS NULL
          AND released_at <= \(now) AND available_at <= \(now) \(isLater)
        ORDER BY at, number LIMIT 1)
      RETURNING id, half_hour, at
      """
    ) { try Taken(id: $0.get(0), halfHour: $0.get(1), at: $0.get(2)) }
  }

  /// When a slot is free again that was used by a person without an appointment: never.
  private static let never = Instant(milliseconds: .max)

  /// Counts a person who has come without an appointment: the next free slot of their kind today is theirs, so that it
  /// is promised to no one else. Does nothing where none is left; the person is not sent away.
  static func use(
    _ kind: SlotKind, of service: ServiceCode, on today: CivilDate, after minute: CivilTime, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_slot SET available_at = \(never)
      WHERE id = (
        SELECT id FROM appointments_slot
        WHERE place = \(PlaceID.office) AND day = \(today) AND service = \(service) AND kind = \(kind)
          AND withdrawn = 0 AND draw IS NULL AND appointment IS NULL AND released_at <= \(now)
          AND available_at <= \(now) AND at > \(minute)
        ORDER BY at, number LIMIT 1)
      """)
  }

  /// The slots of an appointment, to be given back one by one.
  static func slots(of appointment: AppointmentID, in transaction: borrowing Transaction) throws -> [Int64] {
    try transaction.rows("SELECT id FROM appointments_slot WHERE appointment = \(appointment) ORDER BY id") {
      try $0.get(0)
    }
  }

  /// Takes a slot back; it is not given before `available`, nor while its half-hour has more people than slots.
  static func giveBack(_ slot: Int64, available: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE appointments_visit SET slot = NULL WHERE slot = \(slot)")
    try transaction.run(
      "UPDATE appointments_slot SET appointment = NULL, available_at = \(available) WHERE id = \(slot)")
    let surplus: Int64? = try transaction.value(
      """
      SELECT other.id FROM appointments_slot AS freed JOIN appointments_slot AS other
        ON other.place = freed.place AND other.day = freed.day AND other.service = freed.service
          AND other.half_hour = freed.half_hour AND other.kind = freed.kind
      WHERE freed.id = \(slot) AND freed.withdrawn = 0 AND other.withdrawn = 1 AND other.appointment IS NOT NULL
      LIMIT 1
      """)
    guard let surplus else { return }
    try transaction.run("UPDATE appointments_slot SET withdrawn = 1 WHERE id = \(slot)")
    try transaction.run("UPDATE appointments_slot SET withdrawn = 0 WHERE id = \(surplus)")
  }
}
