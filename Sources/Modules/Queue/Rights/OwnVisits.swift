import Contracts
import Core
import Store

/// What tickets keep by an application's number, for the person concerned.
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
      })
  }
}
