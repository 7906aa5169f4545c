import Contracts
import Core
import Store

/// Why the office does not serve an appointment at its time, through no fault of its holder, who is told and may change
/// the time without that being counted.
enum CallOff: Sendable, Equatable {
  /// A supervisor has stopped the office or the service.
  case stop(ServiceStop)
  /// The day was closed before the appointment's time was over.
  case dayClosed
  /// The calendar has the office closed at its time.
  ///
  /// - Parameter reason: the holiday's or closure's name; nil where none is known.
  case calendar(reason: LocalizedText?)
}

extension BookingService {
  func callOff(of appointment: Appointment) async throws -> CallOff? {
    try await booking.store.read { try callOff(of: appointment, in: $0) }
  }

  /// Why it is not served at its time, decided here for the page, the change of its time and the count of changes; nil
  /// where nothing stands against it.
  func callOff<Database: Queryable & ~Copyable>(
    of appointment: Appointment, in database: borrowing Database
  ) throws -> CallOff? {
    if let stop = try stop(hitting: appointment, in: database) { return .stop(stop) }
    guard appointment.state == .booked || appointment.state == .missed else { return nil }
    if let closed = try booking.availability.closing(of: appointment.day, in: database),
      booking.couldHaveCome(appointment, closed)
    {
      return .dayClosed
    }
    guard booking.isCalledOff(appointment) else { return nil }
    return .calendar(reason: booking.openings?.closure(on: appointment.day))
  }
}

extension BookingContext {
  /// Whether a day that was closed at that moment closed early, and the appointment's people were still let in then, or
  /// would have been later: else they missed it themselves.
  fileprivate func couldHaveCome(_ appointment: Appointment, _ closing: Instant) -> Bool {
    if let last = openings?.openingTimes(on: appointment.day).last?.to, zone.instant(appointment.day, last) <= closing {
      return false
    }
    return appointment.isAdmitted
      || closing <= zone.instant(appointment.day, appointment.begins) + .minutes(rules.now.lateMinutes)
  }
}
