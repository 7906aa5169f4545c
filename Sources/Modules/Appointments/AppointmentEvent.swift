import Contracts
import Core
import Store

/// What the journal tells of appointments: days, kinds and counts, nothing personal and no codes.
enum AppointmentEvent {
  static func planned(_ day: CivilDate, slots: Int) -> Event {
    Event(kind: "appointment.planned", entity: day.description, payload: "{\"places\":\(slots)}")
  }

  static func booked(_ appointment: Appointment) -> Event {
    Event(kind: "appointment.booked", entity: appointment.id.description, payload: payload(appointment))
  }

  static func moved(_ appointment: Appointment) -> Event {
    Event(kind: "appointment.moved", entity: appointment.id.description, payload: payload(appointment))
  }

  static func checkedIn(_ appointment: Appointment) -> Event {
    Event(kind: "appointment.checked-in", entity: appointment.id.description, payload: payload(appointment))
  }

  static func ended(_ id: AppointmentID, _ state: AppointmentState, on day: CivilDate) -> Event {
    let kind: EventKind =
      switch state {
      case .cancelled: "appointment.cancelled"
      case .missed: "appointment.missed"
      case .held, .booked, .checkedIn, .lapsed: "appointment.ended"
      }
    return Event(kind: kind, entity: id.description, payload: "{\"day\":\"\(day)\"}")
  }

  static func excepted(_ id: AppointmentID, _ kind: ExceptionKind) -> Event {
    Event(kind: "appointment.excepted", entity: id.description, payload: "{\"kind\":\"\(kind.rawValue)\"}")
  }

  private static func payload(_ appointment: Appointment) -> String {
    "{\"day\":\"\(appointment.day)\",\"time\":\"\(appointment.begins)\",\"kind\":\"\(appointment.kind.rawValue)\""
      + ",\"visits\":\(appointment.visits.count)}"
  }
}

/// What a supervisor allows beyond the rules; each with a reason.
enum ExceptionKind: String, Sendable, CaseIterable, SQLValue {
  /// One more move.
  case move
  /// Checking in earlier or later than the rules have it.
  case admission
  /// Cancelled by the office.
  case cancellation
}
