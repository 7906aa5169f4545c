import Contracts
import Core
import Store

extension QueueDesk {
  /// With what the holder of an application comes: the next appointment that holds a place, and today's number.
  func comingVisit(of application: OpenedApplication) async throws -> ComingVisit {
    try await store.read { try comingVisit(of: application.number, in: $0) }
  }

  func comingVisit<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit {
    let now = clock.now
    var coming = ComingVisit()
    coming.number = try TicketTable.liveTicket(of: application, on: zone.date(of: now), in: database).map {
      ComingVisit.Number(code: $0.code, number: $0.number)
    }
    coming.appointment = try AppointmentTable.next(for: application, at: now, zone, in: database).map { next in
      let visit = next.visits.first { $0.application == application }
      let time = next.kind == .walkIn ? visit?.at : visit?.slot
      return ComingVisit.Appointment(
        code: next.code, day: next.day, time: time ?? next.begins, isConfirmed: next.state == .booked)
    }
    return coming
  }

  /// When the holder of an open ticket has an appointment of today as well. Only the time: a ticket opens no appointment.
  func appointmentToday(beside ticket: Ticket) async throws -> CivilTime? {
    guard !ticket.state.isClosed, let application = ticket.application else { return nil }
    let ahead = try await store.read { try comingVisit(of: application, in: $0).appointment }
    return ahead.flatMap { $0.isConfirmed && $0.day == ticket.day ? $0.time : nil }
  }

  /// The appointment of today with which somebody who asks for a number checks in instead; nil outside its time.
  func appointmentToCheckIn(for application: OpenedApplication) async throws -> ComingVisit.Appointment? {
    guard let appointments else { return nil }
    return try await store.read { database in
      let coming = try comingVisit(of: application.number, in: database)
      guard coming.number == nil, let next = coming.appointment,
        let appointment = try AppointmentTable.appointment(code: next.code, in: database),
        appointment.state == .booked, appointments.isCheckInTime(appointment)
      else { return nil }
      return next
    }
  }
}
