import Contracts
import Core
import Store

extension HallQueue {
  /// The stops of a day and of later ones, each as it is on its first day; none where no module keeps any.
  func stopsAhead<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try hooks.stops?.ahead(from: day, in: database) ?? []
  }

  func stops<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try stopsAhead(from: day, in: database).compactMap { $0.on(day) }
  }

  func tickets<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedTicket] {
    let reading = try AvailabilityReading(self, in: database)
    let today = stops.filter { $0.on(reading.day) != nil }
    // People on hold come back to be served, like those who wait.
    let expected =
      try TicketTable.waiting(on: reading.day, limit: limit, in: database)
      + TicketTable.held(in: database).filter { $0.day == reading.day }
    return expected.filter { ticket in today.contains { $0.concerns(ticket.service) } }.map { ticket in
      StoppedTicket(
        code: ticket.code, number: ticket.number, service: ticket.service, isOnHold: ticket.state == .hold,
        availability: reading.availability(of: ticket))
    }
  }
}
