import Contracts
import Core
import Store

/// Every statement on exceptions and changes of capacity.
enum SupervisionTable {
  /// - Returns: false when the same submission has been recorded.
  static func insert(
    _ kind: ExceptionKind, of appointment: AppointmentID, because reason: String, by officer: OfficerID,
    at now: Instant, submission: String, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      INSERT INTO appointments_exception (appointment, kind, reason, officer, made_at, submission)
      VALUES (\(appointment), \(kind), \(reason), \(officer), \(now), \(submission))
      ON CONFLICT (submission) DO NOTHING
      """) == 1
  }

  static func grantMove(_ appointment: AppointmentID, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "UPDATE appointments_appointment SET moves_granted = moves_granted + 1 WHERE id = \(appointment)")
  }

  static func admit(_ appointment: AppointmentID, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE appointments_appointment SET is_admitted = 1 WHERE id = \(appointment)")
  }

  /// The latest first.
  static func exceptions<Database: Queryable & ~Copyable>(
    limit: Int, in database: borrowing Database
  ) throws -> [SupervisionService.Exception] {
    try database.rows(
      """
      SELECT e.kind, a.number, a.day, e.reason, e.officer, e.made_at
      FROM appointments_exception e JOIN appointments_appointment a ON a.id = e.appointment
      WHERE a.place = \(PlaceID.office) ORDER BY e.id DESC LIMIT \(limit)
      """
    ) { row in
      try SupervisionService.Exception(
        kind: row.get(0), number: row.get(1), day: row.get(2), reason: row.get(3), officer: row.get(4),
        madeAt: row.get(5))
    }
  }

  static func insert(
    _ change: DayPlan.Change, on day: CivilDate, because reason: String, by officer: OfficerID, at now: Instant,
    submission: String, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO appointments_change
        (place, day, service, begins, ends, slots, reason, officer, made_at, submission)
      VALUES (\(PlaceID.office), \(day), \(change.service), \(change.span.from), \(change.span.to), \(change.slots),
        \(reason), \(officer), \(now), \(submission))
      ON CONFLICT (submission) DO NOTHING
      """)
  }

  /// The changes from `day` on, the latest first.
  static func changes<Database: Queryable & ~Copyable>(
    from day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [SupervisionService.CapacityChange] {
    try database.rows(
      """
      SELECT day, service, begins, ends, slots, reason, officer FROM appointments_change
      WHERE place = \(PlaceID.office) AND day >= \(day) ORDER BY id DESC LIMIT \(limit)
      """
    ) { row in
      try SupervisionService.CapacityChange(
        day: row.get(0), service: row.get(1), span: OpeningSpan(from: row.get(2), to: row.get(3)),
        slots: row.get(4), reason: row.get(5), officer: row.get(6))
    }
  }

  /// Half-hours with more people than slots, after a change or a closure: the people who booked there should be told.
  static func overbooked<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [(day: CivilDate, count: Int)] {
    try database.rows(
      """
      SELECT day, count(*) FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day >= \(day) AND withdrawn = 1 AND appointment IS NOT NULL
      GROUP BY day ORDER BY day
      """
    ) { (try $0.get(0), try $0.get(1)) }
  }
}
