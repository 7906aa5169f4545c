import Contracts
import Core
import Store

extension AppointmentsInHall {
  func bookings<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> BookingRecord {
    BookingRecord(
      bookings: try booked(for: application, limit: limit, in: database),
      drawEntries: try drawEntries(of: application, limit: limit, in: database))
  }

  private func booked<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> [BookingRecord.Booking] {
    try database.rows(
      """
      SELECT v.day, v.at, v.service, a.kind, a.state,
        CASE WHEN EXISTS (
          SELECT 1 FROM appointments_visit o WHERE o.appointment = a.id AND o.application <> v.application)
        THEN NULL ELSE a.priority END,
        a.made_at, a.booked_at, a.ended_at
      FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
      WHERE v.application = \(application) ORDER BY v.day, v.at, v.id LIMIT \(limit)
      """
    ) { row in
      try BookingRecord.Booking(
        day: row.get(0), time: row.get(1), service: row.get(2), kind: row.get(3), state: row.get(4),
        priority: row.get(5), madeAt: row.get(6), bookedAt: row.get(7), endedAt: row.get(8))
    }
  }

  private func drawEntries<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> [BookingRecord.DrawEntry] {
    try database.rows(
      """
      SELECT d.service, e.entered_at, e.wish, e.rank
      FROM appointments_entry e JOIN appointments_draw d ON d.id = e.draw
      WHERE e.application = \(application) ORDER BY e.entered_at, e.code LIMIT \(limit)
      """
    ) { row in
      try BookingRecord.DrawEntry(
        service: row.get(0), enteredAt: row.get(1), wish: row.get(2), rank: row.get(3))
    }
  }

  func use<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, of service: ServiceCode?, in database: borrowing Database
  ) throws -> AppointmentUse {
    // An empty text stands for every service.
    let wanted = service?.rawValue ?? ""
    let offered: Int =
      try database.value(
        """
        SELECT count(*) FROM appointments_slot
        WHERE place = \(PlaceID.office) AND day >= \(first) AND day <= \(last) AND withdrawn = 0
          AND (\(wanted) = '' OR service = \(wanted))
        """) ?? 0
    let visits = try database.row(
      """
      SELECT count(CASE WHEN visit.slot IS NOT NULL AND appointment.state <> \(AppointmentState.held) THEN 1 END),
        count(visit.ticket)
      FROM appointments_visit visit
      JOIN appointments_appointment appointment ON appointment.id = visit.appointment
      WHERE appointment.place = \(PlaceID.office) AND appointment.day >= \(first) AND appointment.day <= \(last)
        AND (\(wanted) = '' OR visit.service = \(wanted))
      """
    ) { row in (booked: try row.get(0) as Int, came: try row.get(1) as Int) }
    return AppointmentUse(offered: offered, booked: visits?.booked ?? 0, came: visits?.came ?? 0)
  }
}
