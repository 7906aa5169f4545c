import Contracts
import Core

extension ServiceStop {
  /// Whether a person who comes for the visit cannot be served because of it.
  func hits(_ visit: Appointment.Visit) -> Bool {
    visit.day == day && concerns(visit.service) && overlaps(slot: visit.slot)
  }

  private func overlaps(slot: CivilTime) -> Bool {
    span.from.minuteOfDay < slot.minuteOfDay + AppointmentRules.slotMinutes && slot < span.to
  }

  /// The same as a word on the day's places: none in any half-hour that it touches.
  var change: DayPlan.Change {
    let from = CivilTime(minuteOfDay: max(0, span.from.minuteOfDay - AppointmentRules.slotMinutes + 1))
    return DayPlan.Change(service: service, span: OpeningSpan(from: from, to: span.to), places: 0)
  }
}
