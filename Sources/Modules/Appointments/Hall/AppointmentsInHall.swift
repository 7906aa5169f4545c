import Contracts
import Core
import Store

/// What the queue asks of appointments and tells them, in its own readings and transactions.
struct AppointmentsInHall: HallAppointments {
  let booking: BookingContext

  var isOffered: Bool { booking.isOffered }

  /// Has the queue ask here, and follows what happens in the hall. For the module, while it is made.
  func attend(_ queue: any QueueService) {
    queue.ask(self)
    queue.whenIssued { [booking] ticket, transaction in
      guard booking.isOffered else { return }
      try SlotTable.use(
        ticket.isPriority ? .priority : .walkIn, of: ticket.service, on: ticket.day,
        after: booking.zone.time(of: ticket.at), at: ticket.at, in: transaction)
    }
    queue.whenFinished { ticket, transaction in try AppointmentTable.use(by: ticket, in: transaction) }
    queue.whenHoursChange { [booking] day, transaction in
      guard booking.isOffered else { return }
      try AppointmentKeeper(booking: booking).plan(day, in: transaction)
    }
  }

  func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Appointment? {
    try ahead(of: application, in: database).map { try coming($0, for: application, in: database) }
  }

  func due<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Appointment? {
    guard try booking.queue.number(of: application, in: database) == nil,
      let next = try ahead(of: application, in: database), next.state == .booked, booking.isCheckInTime(next)
    else { return nil }
    return try coming(next, for: application, in: database)
  }

  private func coming<Database: Queryable & ~Copyable>(
    _ appointment: Appointment, for application: ApplicationNumber, in database: borrowing Database
  ) throws -> ComingVisit.Appointment {
    let callOff = try BookingService(booking: booking).callOff(of: appointment, in: database)
    return ComingVisit.Appointment(appointment, for: application, isCalledOff: callOff != nil)
  }

  /// A person who missed one of a day that waits to be ended may have another one already.
  private func ahead<Database: Queryable & ~Copyable>(
    of application: ApplicationNumber, in database: borrowing Database
  ) throws -> Appointment? {
    try AppointmentTable.next(
      for: application, at: booking.clock.now, after: booking.lastDayOver, in: database)
  }

  func prioritySlots<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> [ServiceCode: SlotsLeft] {
    let now = booking.clock.now
    return try SlotTable.unused(
      .priority, on: booking.zone.date(of: now), after: booking.zone.time(of: now), at: now, in: database)
  }

  // MARK: the day's end

  func missed<Database: Queryable & ~Copyable>(
    before day: CivilDate, in database: borrowing Database
  ) throws -> MissedAppointments {
    let days = try AppointmentKeeper(booking: booking).missed(before: day, in: database).map(\.day)
    return MissedAppointments(
      left: days.count, all: try AppointmentTable.count(on: Set(days), in: database), day: days.max())
  }

  func endMissed(before day: CivilDate, in transaction: borrowing Transaction) throws -> Int {
    try AppointmentKeeper(booking: booking).miss(before: day, in: transaction)
  }

  // MARK: stops

  func visits<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedVisit] {
    guard let first = stops.map(\.period.first).min(), let last = stops.map(\.period.last).max() else { return [] }
    return try AppointmentTable.appointments(
      from: max(first, booking.today), to: last, limit: limit, in: database
    ).filter { $0.state == .booked }.flatMap { visits(of: $0, hitBy: stops) }
  }

  private func visits(of appointment: Appointment, hitBy stops: [ServiceStop]) -> [StoppedVisit] {
    appointment.visits.compactMap { visit in
      let hitting = stops.compactMap { $0.on(visit.day) }.filter { $0.hits(visit) }
      guard visit.ticket == nil, let stop = ServiceStop.decisive(among: hitting) else { return nil }
      return StoppedVisit(
        number: appointment.number, service: visit.service, day: visit.day,
        time: time(of: visit, isWalkIn: appointment.kind == .walkIn),
        canMove: booking.canMove(appointment, despite: .stop(stop)))
    }
  }

  private func time(of visit: Appointment.Visit, isWalkIn: Bool) -> String {
    guard !isWalkIn else { return visit.at.spoken }
    let end = CivilTime(minuteOfDay: visit.halfHour.minuteOfDay + AppointmentRules.halfHourMinutes)
    return "\(visit.halfHour.spoken)–\(end.spoken)"
  }
}

extension ComingVisit.Appointment {
  /// An appointment as the application's holder is told of it.
  fileprivate init(_ appointment: Appointment, for application: ApplicationNumber, isCalledOff: Bool) {
    let visit = appointment.visits.first { $0.application == application }
    let time = appointment.kind == .walkIn ? visit?.at : visit?.halfHour
    self.init(
      code: appointment.code, day: appointment.day, time: time ?? appointment.begins,
      isConfirmed: appointment.state == .booked, isCalledOff: isCalledOff)
  }
}
