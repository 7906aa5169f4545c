import Contracts
import Core
import Store

/// The office, its rules and the day for which slots are booked: what everything that gives or takes a slot works with.
struct BookingContext: Sendable {
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let office: Office
  let rules: AppointmentRulesInForce
  /// Where those who come are let in.
  let queue: any QueueService
  /// Tells the stops and closed days, which take slots away.
  let availability: any AvailabilityService
  let catalogue: (any CatalogueService)?
  let openings: (any OpeningTimesService)?
  let applications: (any ApplicationService)?
  let vault: (any VaultService)?
  let hash: (any KeyedHash)?
  let log: any Log
  let lookUps: LookUpGuard
  /// How the coming days stood when they were counted last.
  let overview = KeptOverview()

  var zone: OfficeZone { office.zone }

  /// Opens applications to their holders; nil without keys.
  var access: ApplicationAccess? {
    hash.map { hash in
      ApplicationAccess(
        store: store, applications: applications, vault: vault, hash: hash, clock: clock, lookUps: lookUps)
    }
  }

  var today: CivilDate { zone.date(of: clock.now) }

  /// The latest day that is over: what was booked on it is over.
  var lastDayOver: CivilDate { queue.lastDayOver }

  /// Whether anything can be booked: an appointment is bound to an application, and so to its person.
  var isOffered: Bool { rules.now.isOffered && applications != nil && openings != nil && hash != nil }

  /// Whether the office is closed at the time of an appointment that was booked, so that its holder comes in vain.
  func isCalledOff(_ appointment: Appointment) -> Bool {
    guard let openings, appointment.state == .booked, appointment.day >= today else { return false }
    let spans = openings.openingTimes(on: appointment.day)
    return !appointment.visits.allSatisfy { visit in
      spans.contains { $0.from <= visit.halfHour && visit.halfHour < $0.to }
    }
  }

  /// Whether its people can say now that they have come: on the day, from some minutes before until some minutes after
  /// the half-hour began, or whenever a supervisor lets them in.
  func isCheckInTime(_ appointment: Appointment) -> Bool {
    guard appointment.day == today else { return false }
    let begins = zone.instant(appointment.day, appointment.begins)
    let rules = rules.now
    return appointment.isAdmitted
      || (begins - .minutes(rules.earlyMinutes)...begins + .minutes(rules.lateMinutes)).contains(clock.now)
  }

  /// - Parameter callOff: why it is not served at its time; nil where it is.
  func canMove(_ appointment: Appointment, despite callOff: CallOff?) -> Bool {
    appointment.canMove(rules.now, on: today, isCalledOff: callOff != nil)
  }

  func serviceName(_ code: ServiceCode) -> LocalizedText {
    catalogue?.service(code)?.name ?? LocalizedText(inEveryLanguage: code.rawValue)
  }
}
