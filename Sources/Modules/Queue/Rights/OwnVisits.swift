import Contracts
import Core
import Store

/// What tickets, appointments and draws keep by an application's number, for the person concerned.
struct OwnVisits: VisitHistory {
  func visits<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> VisitRecord {
    VisitRecord(
      numbers: try TicketTable.tickets(of: application, limit: limit, in: database).map { ticket in
        VisitRecord.Number(
          ticket: ticket.id, number: ticket.number, service: ticket.service, channel: ticket.channel,
          isPriority: ticket.isPriority, state: ticket.state, counter: ticket.counter, takenAt: ticket.issuedAt,
          appointedAt: ticket.appointedAt, calledAt: ticket.calledAt, startedAt: ticket.startedAt,
          endedAt: ticket.endedAt)
      },
      bookings: try bookings(of: application, limit: limit, in: database),
      drawEntries: try drawEntries(of: application, limit: limit, in: database))
  }

  private func bookings<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> [VisitRecord.Booking] {
    try database.rows(
      """
      SELECT v.day, v.at, v.service, a.kind, a.state,
        CASE WHEN EXISTS (
          SELECT 1 FROM queue_appointment_visit o WHERE o.appointment = a.id AND o.application <> v.application)
        THEN NULL ELSE a.priority END,
        a.made_at, a.booked_at, a.ended_at
      FROM queue_appointment_visit v JOIN queue_appointment a ON a.id = v.appointment
      WHERE v.application = \(application) ORDER BY v.day, v.at, v.id LIMIT \(limit)
      """
    ) { row in
      try VisitRecord.Booking(
        day: row.get(0), time: row.get(1), service: row.get(2), kind: row.get(3), state: row.get(4),
        priority: row.get(5), madeAt: row.get(6), bookedAt: row.get(7), endedAt: row.get(8))
    }
  }

  private func drawEntries<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, limit: Int, in database: borrowing Database
  ) throws -> [VisitRecord.DrawEntry] {
    try database.rows(
      """
      SELECT d.service, e.entered_at, e.wish, e.rank
      FROM queue_appointment_entry e JOIN queue_appointment_draw d ON d.id = e.draw
      WHERE e.application = \(application) ORDER BY e.entered_at, e.code LIMIT \(limit)
      """
    ) { row in
      try VisitRecord.DrawEntry(
        service: row.get(0), enteredAt: row.get(1), wish: row.get(2), rank: row.get(3))
    }
  }
}
