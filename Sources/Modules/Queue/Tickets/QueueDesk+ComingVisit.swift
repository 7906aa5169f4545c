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
    coming.number = try TicketTable.liveTicket(of: application, on: zone.date(of: now), in: database).map { ticket in
      let hall = ticket.state == .waiting ? try AvailabilityReading(self, in: database).availability(of: ticket) : nil
      return ComingVisit.Number(
        code: ticket.code, number: ticket.number, hindrance: hall.flatMap { $0.isServing ? nil : $0 })
    }
    // Who missed one of a day that waits to be ended may have another one already.
    let last = appointments?.lastDayOver ?? zone.date(of: now).adding(days: -1)
    coming.appointment = try AppointmentTable.next(for: application, at: now, after: last, in: database).map {
      ComingVisit.Appointment($0, for: application)
    }
    return coming
  }

  /// The appointment of today that the holder of an open ticket has as well. A ticket opens no appointment: its page tells
  /// the time, and leads there only where the application is open too.
  func appointmentToday(beside ticket: Ticket) async throws -> ComingVisit.Appointment? {
    guard !ticket.state.isClosed, let application = ticket.application else { return nil }
    let ahead = try await store.read { try comingVisit(of: application, in: $0).appointment }
    return ahead.flatMap { $0.isConfirmed && $0.day == ticket.day ? $0 : nil }
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

extension ComingVisit.Appointment {
  /// An appointment as one who comes for the application is told of it.
  init(_ appointment: Appointment, for application: ApplicationNumber) {
    let visit = appointment.visits.first { $0.application == application }
    let time = appointment.kind == .walkIn ? visit?.at : visit?.slot
    self.init(
      code: appointment.code, day: appointment.day, time: time ?? appointment.begins,
      isConfirmed: appointment.state == .booked)
  }
}

extension ComingVisit {
  /// An appointment alone.
  init(_ appointment: Appointment) {
    self.init()
    self.appointment = appointment
  }
}
