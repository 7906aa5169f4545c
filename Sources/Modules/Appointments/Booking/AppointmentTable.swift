import Contracts
import Core
import Store

/// Every statement on appointments, their visits and claims.
enum AppointmentTable {
  private static let columns: SQL =
    """
    id, code, kind, state, day, priority, moves, moves_granted, is_admitted, made_at, held_until, sequence, number
    """
  /// As the condition of the table's index has it.
  static let isHeld: SQL = "state = \(literal: AppointmentState.held)"
  /// Of those who are expected, or have come.
  static let expected: [AppointmentState] = [.booked, .checkedIn]
  /// Of those for whom the office kept a slot, whatever became of it later.
  private static let kept: [AppointmentState] = [.booked, .checkedIn, .missed]

  // MARK: finding

  static func appointment<Database: Queryable & ~Copyable>(
    code: PublicCode, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "code = \(code)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    _ number: AppointmentNumber, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "number = \(number)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    _ id: AppointmentID, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "id = \(id)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "submission = \(submission)", in: database)
  }

  /// The appointment to which a visit's code belongs.
  static func appointment<Database: Queryable & ~Copyable>(
    visit code: PublicCode, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: "id = (SELECT appointment FROM appointments_visit WHERE code = \(code))", in: database)
  }

  /// The first appointment from `day` on with a visit for the application.
  static func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, from day: CivilDate, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: """
        state IN \(anyOf: expected) AND day >= \(day) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application = \(application))
        ORDER BY day, id LIMIT 1
        """, in: database)
  }

  /// The living appointment of a person.
  static func appointment<Database: Queryable & ~Copyable>(
    claimedBy person: [UInt8], in transaction: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: "id = (SELECT appointment FROM appointments_claim WHERE person = \(person))", in: transaction)
  }

  /// When slots were kept for a person that were not confirmed, the earliest first.
  static func lapsedHolds(
    of person: [UInt8], since first: Instant, at now: Instant, in transaction: borrowing Transaction
  ) throws -> [Instant] {
    try transaction.rows(
      """
      SELECT DISTINCT a.id, a.made_at FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
      WHERE v.person = \(person) AND a.state = \(AppointmentState.lapsed) AND a.made_at > \(first)
        AND a.made_at <= \(Instant.latest(at: now))
      ORDER BY a.made_at, a.id
      """
    ) { try $0.get(1) }
  }

  /// Booked appointments of days before `day`.
  static func past<Database: Queryable & ~Copyable>(
    before day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Appointment] {
    try appointments(
      where: """
        place = \(PlaceID.office) AND state = \(AppointmentState.booked) AND day < \(day)
        ORDER BY day LIMIT \(limit)
        """, in: database)
  }

  /// How many appointments those days had, also those that ended in another way.
  static func count<Database: Queryable & ~Copyable>(
    on days: Set<CivilDate>, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      """
      SELECT count(*) FROM appointments_appointment
      WHERE place = \(PlaceID.office) AND day IN \(anyOf: days) AND state IN \(anyOf: kept)
      """) ?? 0
  }

  /// Kept and booked appointments from `day` on that are for these applications alone. A person who has
  /// been forgotten already does not count.
  static func coming(
    onlyFor applications: [ApplicationNumber], from day: CivilDate, in transaction: borrowing Transaction
  ) throws -> [Appointment] {
    try appointments(
      where: """
        state IN \(anyOf: [AppointmentState.held, .booked]) AND day >= \(day) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application IN \(anyOf: applications))
        AND NOT \(isOthers(than: applications)) ORDER BY id
        """, in: transaction)
  }

  /// The first appointment of a day that is not over, with a visit for the application that has not become a ticket.
  static func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, at now: Instant, after lastDayOver: CivilDate, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: """
        (state = \(AppointmentState.booked) OR \(isHeld) AND held_until > \(now))
        AND day > \(lastDayOver) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application = \(application) AND ticket IS NULL)
        ORDER BY day, id LIMIT 1
        """, in: database)
  }

  /// Whether an appointment has a visit of another known person.
  static func isOthers(than applications: [ApplicationNumber]) -> SQL {
    """
    EXISTS (
      SELECT 1 FROM appointments_visit other WHERE other.appointment = appointments_appointment.id
        AND other.person IS NOT NULL AND other.application NOT IN \(anyOf: applications))
    """
  }

  /// The appointments of a stretch of days for the supervisors' page, in order.
  static func appointments<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Appointment] {
    try appointments(
      where: """
        place = \(PlaceID.office) AND day BETWEEN \(first) AND \(last) AND state IN \(anyOf: kept)
        ORDER BY day, (SELECT min(at) FROM appointments_visit WHERE appointment = appointments_appointment.id), id
        LIMIT \(limit)
        """, in: database)
  }

  private static func appointment<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> Appointment? {
    try appointments(where: condition, in: database).first
  }

  /// The appointments for which a condition holds, with their visits.
  static func appointments<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> [Appointment] {
    try database.rows("SELECT \(columns) FROM appointments_appointment WHERE \(condition)") { row in
      try withoutVisits(row)
    }.map { appointment in
      var whole = appointment
      whole.visits = try visits(of: appointment.id, in: database)
      return whole
    }
  }

  private static func visits<Database: Queryable & ~Copyable>(
    of appointment: AppointmentID, in database: borrowing Database
  ) throws -> [Appointment.Visit] {
    try database.rows(
      """
      SELECT id, code, application, service, day, half_hour, at, ticket FROM appointments_visit
      WHERE appointment = \(appointment) ORDER BY id
      """
    ) { row in
      try Appointment.Visit(
        id: row.get(0), code: row.get(1), application: row.get(2), service: row.get(3), day: row.get(4),
        halfHour: row.get(5), at: row.get(6), ticket: row.get(7))
    }
  }

  private static func withoutVisits(_ row: borrowing Row) throws -> Appointment {
    Appointment(
      id: try row.get(0), code: try row.get(1), number: try row.get(12), kind: try row.get(2), state: try row.get(3),
      day: try row.get(4), priority: try row.get(5), moves: try row.get(6), movesGranted: try row.get(7),
      isAdmitted: try row.get(8), madeAt: try row.get(9), heldUntil: try row.get(10), sequence: try row.get(11),
      visits: [])
  }
}
