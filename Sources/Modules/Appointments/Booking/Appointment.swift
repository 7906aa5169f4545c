import Contracts
import Core
import Store

enum AppointmentTag {}
typealias AppointmentID = ID<AppointmentTag>

/// Where an appointment stands.
enum AppointmentState: String, Sendable, CaseIterable, SQLValue {
  /// Its slots are kept while the person reads and confirms.
  case held
  case booked
  /// The person has come; what follows is said by the tickets.
  case checkedIn = "checked-in"
  /// Not confirmed in time; the slots have returned.
  case lapsed
  case cancelled
  /// The day passed and the person did not come.
  case missed

  /// Whether it has slots.
  var holdsSlots: Bool { self == .held || self == .booked || self == .checkedIn }
}

/// One or several visits booked together: a person, a family, several services. Nothing personal.
struct Appointment: Sendable, Equatable {
  /// One person's visit for one application.
  struct Visit: Sendable, Equatable {
    let id: Int64
    /// Becomes the ticket's code in the hall.
    let code: PublicCode
    let application: ApplicationNumber
    let service: ServiceCode
    let day: CivilDate
    /// The half-hour's begin.
    let halfHour: CivilTime
    /// When the counter expects the person.
    let at: CivilTime
    let ticket: TicketID?
  }

  let id: AppointmentID
  /// The first visit's code; opens the appointment to its holder.
  let code: PublicCode
  /// The number by which it is found again, together with a date of birth.
  let number: AppointmentNumber
  let kind: SlotKind
  let state: AppointmentState
  let day: CivilDate
  let priority: PriorityGroup?
  let moves: Int
  /// Moves that a supervisor allowed beyond the rule.
  let movesGranted: Int
  /// Whether a supervisor lets the person in outside the time for checking in.
  let isAdmitted: Bool
  let madeAt: Instant
  let heldUntil: Instant?
  /// How often it was changed, so that a later calendar file replaces an earlier one (RFC 5545, section 3.8.7.4).
  let sequence: Int
  /// The visits, in the order of their times.
  var visits: [Visit]

  /// When it begins: the half-hour, or for a person without an appointment the minute that was promised.
  var begins: CivilTime {
    guard let first = visits.first else { return CivilTime(minuteOfDay: 0) }
    return kind == .walkIn ? first.at : first.halfHour
  }

  /// How often it can still be moved; a move because the office is closed costs none.
  func movesLeft(_ rules: AppointmentRules) -> Int { max(0, rules.movesMax + movesGranted - moves) }

  /// - Parameter isCalledOff: whether the office is closed at its time, so that moving costs nothing.
  func canMove(_ rules: AppointmentRules, on today: CivilDate, isCalledOff: Bool) -> Bool {
    guard state == .booked, kind != .walkIn else { return false }
    return isCalledOff || isMovable(rules, on: today)
  }

  /// Whether its time can be changed once it is booked.
  func isMovable(_ rules: AppointmentRules, on today: CivilDate) -> Bool {
    kind != .walkIn && movesLeft(rules) > 0 && today.adding(days: rules.moveDaysBefore) <= day
  }

  /// Whether that is its time already.
  func stands(on day: CivilDate, at time: CivilTime) -> Bool { self.day == day && begins == time }

  /// When a visit's person was told to come: `09.30–10.00`, or without an appointment the minute that was promised.
  func spokenTime(of visit: Visit) -> String {
    guard kind != .walkIn else { return visit.at.spoken }
    let end = CivilTime(minuteOfDay: visit.halfHour.minuteOfDay + AppointmentRules.halfHourMinutes)
    return "\(visit.halfHour.spoken)–\(end.spoken)"
  }
}

/// What is asked for when slots are chosen.
struct SlotRequest: Sendable {
  /// The people it is for, by an application each.
  var applications: [ApplicationNumber]
  var kind: SlotKind
  /// Why the person is served on the priority line, as they said.
  var priority: PriorityGroup?
  var day: CivilDate
  /// The half-hour of the first visit.
  var halfHour: CivilTime
  /// The same key gets the same appointment again.
  var submission: String
  /// The pass of the waiting room; nil for a person without one.
  var pass: PublicCode?
}
