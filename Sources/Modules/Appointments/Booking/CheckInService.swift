import Contracts
import Core
import Store

/// Turns appointments into waiting tickets when their people come: the code stays the same, so there is no second queue.
struct CheckInService: AppointmentService {
  let booking: BookingContext

  var isOffered: Bool { booking.isOffered }

  func checkIn(
    number: AppointmentNumber, bornOn date: Personal<CivilDate>, at kiosk: String, language: Language
  ) async throws -> [Ticket] {
    let found = try await BookingService(booking: booking)
      .appointment(number, bornOn: date, as: .kiosk(kiosk), from: .kiosk(kiosk))
    return try await checkIn(code: found.code, channel: .kiosk, language: language)
  }

  func checkIn(application: OpenedApplication, channel: Channel, language: Language) async throws -> [Ticket] {
    let found = try await booking.store.read {
      try AppointmentTable.next(for: application.number, from: booking.today, in: $0)
    }
    guard let found else { throw Problem(.notFound, "appointment.none") }
    return try await checkIn(code: found.code, channel: channel, language: language)
  }

  func appointmentToCheckIn(for application: OpenedApplication) async throws -> ComingVisit.Appointment? {
    try await booking.store.read { try AppointmentsInHall(booking: booking).due(for: application.number, in: $0) }
  }

  func checkIn(code: PublicCode, channel: Channel, language: Language) async throws -> [Ticket] {
    try await booking.store.write { transaction in
      guard let appointment = try AppointmentTable.appointment(visit: code, in: transaction) else {
        throw Problem(.notFound, "appointment.unknown")
      }
      // The appointment's own code stands for all its visits, another visit's for that one.
      let visits = try (appointment.code == code ? appointment.visits : appointment.visits.filter { $0.code == code })
        .filter { try booking.applications?.application($0.application, in: transaction)?.ending == nil }
      guard !visits.isEmpty else { throw Problem(.conflict, "appointment.ended") }
      let missing = visits.filter { $0.ticket == nil }
      if !missing.isEmpty {
        try requireTime(appointment)
        for visit in missing {
          let arrival = Arrival(
            code: visit.code, service: visit.service, application: visit.application,
            needs: Needs(priority: appointment.priority), channel: channel, language: language,
            bookedAt: appointment.madeAt, appointedAt: booking.zone.instant(visit.day, visit.at))
          let ticket = try booking.queue.admit(
            arrival, by: channel == .kiosk ? .kiosk("hall") : .applicant, in: transaction)
          try AppointmentTable.setTicket(ticket.id, of: visit.id, in: transaction)
        }
        if appointment.state == .booked {
          try AppointmentTable.checkIn(appointment.id, in: transaction)
          try transaction.append(AppointmentEvent.checkedIn(appointment))
        }
      }
      return try booking.queue.tickets(
        try AppointmentTable.tickets(of: visits.map(\.id), in: transaction), in: transaction)
    }
  }

  /// Whether now is the time: on the day, from some minutes before until some minutes after the half-hour began.
  func requireTime(_ appointment: Appointment) throws {
    switch appointment.state {
    case .booked, .checkedIn: break
    case .held: throw Problem(.conflict, "appointment.not-confirmed")
    case .lapsed, .cancelled, .missed: throw Problem(.conflict, "appointment.ended")
    }
    let now = booking.clock.now
    guard appointment.day == booking.today else {
      throw Problem(.conflict, "appointment.other-day", ["date": appointment.day.description])
    }
    let rules = booking.rules.now
    let begins = booking.zone.instant(appointment.day, appointment.begins)
    if appointment.isAdmitted { return }
    let earliest = begins - .minutes(rules.earlyMinutes)
    guard now >= earliest else {
      throw Problem(.conflict, "appointment.too-early", ["time": clockTime(earliest)])
    }
    guard appointment.state == .checkedIn || now <= begins + .minutes(rules.lateMinutes) else {
      throw Problem(.conflict, "appointment.too-late", ["minutes": String(rules.lateMinutes)])
    }
  }

  private func clockTime(_ instant: Instant) -> String {
    booking.zone.time(of: instant).spoken
  }
}
