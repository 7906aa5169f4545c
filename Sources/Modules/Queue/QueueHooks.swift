import Contracts
import Core
import Forecast
import Store
import Synchronization

/// The modules that follow the queue and those that it asks: they need the queue, so it cannot need them.
final class QueueHooks: Sendable {
  private struct State {
    var issued: [TicketFollower] = []
    var finished: [TicketFollower] = []
    var hours: [HoursFollower] = []
    var appointments: (any HallAppointments)?
    var stops: (any HallStops)?
  }

  private let state = Mutex(State())

  /// The module that answers what is told of appointments; nil where none are kept.
  var appointments: (any HallAppointments)? { state.withLock { $0.appointments } }

  /// The module that keeps the supervisors' stops; nil where nothing is ever stopped.
  var stops: (any HallStops)? { state.withLock { $0.stops } }

  func ask(_ appointments: any HallAppointments) { state.withLock { $0.appointments = appointments } }

  func ask(_ stops: any HallStops) { state.withLock { $0.stops = stops } }

  func whenIssued(_ body: @escaping TicketFollower) { state.withLock { $0.issued.append(body) } }

  func whenFinished(_ body: @escaping TicketFollower) { state.withLock { $0.finished.append(body) } }

  func whenHoursChange(_ body: @escaping HoursFollower) { state.withLock { $0.hours.append(body) } }

  /// Tells of a number that was given to a person without an appointment, in the same transaction.
  func tellIssued(_ ticket: TicketRecord, in transaction: borrowing Transaction) throws {
    let moment = TicketMoment(ticket, at: ticket.issuedAt)
    for follow in state.withLock({ $0.issued }) { try follow(moment, transaction) }
  }

  /// Tells of a visit that came to its end, in the same transaction.
  func tellFinished(_ ticket: TicketRecord, at moment: Instant, in transaction: borrowing Transaction) throws {
    let finished = TicketMoment(ticket, at: moment)
    for follow in state.withLock({ $0.finished }) { try follow(finished, transaction) }
  }

  /// Tells that other hours hold for a day, in the same transaction.
  func tellHours(of day: CivilDate, in transaction: borrowing Transaction) throws {
    for follow in state.withLock({ $0.hours }) { try follow(day, transaction) }
  }
}

extension TicketMoment {
  init(_ ticket: TicketRecord, at moment: Instant) {
    self.init(
      ticket: ticket.id, day: ticket.day, service: ticket.service, application: ticket.application,
      isPriority: ticket.isPriority, at: moment)
  }
}

extension HallQueue {
  var lastDayOver: CivilDate { dayEnd?.latest(at: clock.now) ?? zone.date(of: clock.now).adding(days: -1) }

  func mayEndLeftover<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool {
    guard let dayEnd else { return true }
    return try !DayLeftover.read(dayEnd, hooks.appointments, at: clock.now, in: database)
      .isMuch(by: dayEnd.rules.now)
  }

  func whenIssued(_ body: @escaping TicketFollower) { hooks.whenIssued(body) }

  func whenFinished(_ body: @escaping TicketFollower) { hooks.whenFinished(body) }

  func whenHoursChange(_ body: @escaping HoursFollower) { hooks.whenHoursChange(body) }

  func ask(_ appointments: any HallAppointments) { hooks.ask(appointments) }

  func ask(_ stops: any HallStops) { hooks.ask(stops) }

  func tellHours(of day: CivilDate, in transaction: borrowing Transaction) throws {
    try hooks.tellHours(of: day, in: transaction)
  }
}
