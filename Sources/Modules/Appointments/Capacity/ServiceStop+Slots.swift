import Contracts
import Core

extension ServiceStop {
  /// Whether a person who comes for the visit cannot be served because of it.
  func hits(_ visit: Appointment.Visit) -> Bool {
    visit.day == day && concerns(visit.service) && overlaps(halfHour: visit.halfHour)
  }

  private func overlaps(halfHour: CivilTime) -> Bool {
    span.from.minuteOfDay < halfHour.minuteOfDay + AppointmentRules.halfHourMinutes && halfHour < span.to
  }

  /// The same as a word on the day's slots: none in any half-hour that it touches.
  var change: DayPlan.Change {
    let from = CivilTime(minuteOfDay: max(0, span.from.minuteOfDay - AppointmentRules.halfHourMinutes + 1))
    return DayPlan.Change(service: service, span: OpeningSpan(from: from, to: span.to), slots: 0)
  }
}
