import Contracts
import Core
import Store

extension HallQueue {
  /// What the holder of an application comes with: the next appointment that holds a slot, and today's number.
  func comingVisit(of application: OpenedApplication) async throws -> ComingVisit {
    try await store.read { try comingVisit(of: application.number, in: $0) }
  }

  func comingVisit<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit {
    var coming = ComingVisit()
    coming.number = try number(of: application, in: database)
    coming.appointment = try hooks.appointments?.next(for: application, in: database)
    return coming
  }

  func number<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Number? {
    try TicketTable.liveTicket(of: application, on: zone.date(of: clock.now), in: database).map { ticket in
      let hall = ticket.state == .waiting ? try AvailabilityReading(self, in: database).availability(of: ticket) : nil
      return ComingVisit.Number(
        code: ticket.code, number: ticket.number, hindrance: hall.flatMap { $0.isServing ? nil : $0 })
    }
  }

  /// The appointment of today that the holder of an open ticket has as well. A ticket opens no appointment: its page tells
  /// the time, and leads there only where the application is open too.
  func appointmentToday(beside ticket: Ticket) async throws -> ComingVisit.Appointment? {
    guard !ticket.state.isClosed, let application = ticket.application, let appointments = hooks.appointments else {
      return nil
    }
    let ahead = try await store.read { try appointments.next(for: application, in: $0) }
    return ahead.flatMap { $0.isConfirmed && $0.day == ticket.day ? $0 : nil }
  }

  /// The appointment of today with which a person who asks for a number checks in instead, unless it is called off; nil
  /// outside its time, and once they have a number.
  func appointmentToCheckIn(for application: OpenedApplication) async throws -> ComingVisit.Appointment? {
    guard let appointments = hooks.appointments else { return nil }
    return try await store.read { try appointments.due(for: application.number, in: $0) }
  }
}
