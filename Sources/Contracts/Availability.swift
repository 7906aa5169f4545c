public import Core

/// When people are served next.
public struct NextOpening: Sendable, Equatable {
  /// The day on which the office opens.
  public let day: CivilDate
  /// When it opens on that day.
  public let time: CivilTime

  /// An opening at that time of that day.
  public init(day: CivilDate, time: CivilTime) {
    self.day = day
    self.time = time
  }
}

/// Whether a service can be had at this moment: decided in one place, from the calendar, the supervisors' stops, the
/// counters and the clock, and told in the same words by every face.
public enum Availability: Sendable, Equatable {
  /// Counters serve it now.
  ///
  /// - Parameter until: when people are served no longer today; nil where no calendar tells it.
  case open(counters: [Int], until: CivilTime?)
  /// The office is open, but no counter serves it now. A person in the hall may take a number, without an estimate
  /// and without a promise.
  case unattended(until: CivilTime?)
  /// Officers are at its counters, and all of them pause for a while.
  ///
  /// - Parameters:
  ///   - cause: nil where it is not told, or they pause for different ones.
  ///   - counters: those that pause.
  case paused(cause: PauseCause?, counters: [Int], until: CivilTime?)
  /// Between two stretches of the same day.
  ///
  /// - Parameter counters: those with an officer who comes back; none, and nothing can be estimated.
  case onBreak(resumesAt: CivilTime, counters: [Int])
  /// So shortly before opening that people stand at the door: numbers are given, without an estimate.
  case openingSoon(at: CivilTime)
  /// Earlier than that, on a day on which it opens.
  case beforeOpening(at: CivilTime, numbersFrom: CivilTime)
  /// Still open for those who are here; no one who comes now could be served before closing.
  case pastAdmission(closesAt: CivilTime, cause: AdmissionEnd, next: NextOpening?)
  /// The office was open today and has closed.
  case over(next: NextOpening?)
  /// The office does not open today.
  ///
  /// - Parameter reason: the holiday's or closure's name; nil on a day of the week without opening hours.
  case closed(reason: LocalizedText?, next: NextOpening?)
  /// A supervisor has stopped it.
  ///
  /// - Parameters:
  ///   - resumesAt: later today; nil for not before the next opening.
  ///   - next: that opening, where `resumesAt` is nil.
  case stopped(reason: StopReason, resumesAt: CivilTime?, next: NextOpening?)
  /// No counter of `office.json5` is able to serve it.
  case unservable

  /// Why no further person is admitted.
  public enum AdmissionEnd: String, Sendable, CaseIterable {
    /// The last minutes before closing have begun.
    case time
    /// Those who wait already fill the time that is left.
    case forecast
  }

  /// Why counters pause, as people are told.
  public enum PauseCause: String, Sendable, CaseIterable {
    /// The officers' rest.
    case rest
    /// A prayer time.
    case prayer
    /// Something at the counter does not work.
    case fault
  }

  /// Whether a number is given to a person without an appointment.
  public var takesNumbers: Bool {
    switch self {
    case .open, .unattended, .paused, .onBreak, .openingSoon: true
    case .beforeOpening, .pastAdmission, .over, .closed, .stopped, .unservable: false
    }
  }

  /// Whether a person who comes with an appointment is let into the line.
  public var takesArrivals: Bool {
    switch self {
    case .open, .unattended, .paused, .onBreak, .openingSoon, .beforeOpening, .pastAdmission: true
    case .over, .closed, .stopped, .unservable: false
    }
  }

  /// Whether officers are there to serve those who wait, so that a time can be told.
  public var givesEstimates: Bool {
    switch self {
    case .open, .paused, .pastAdmission: true
    case .onBreak(_, let counters): !counters.isEmpty
    case .unattended, .openingSoon, .beforeOpening, .over, .closed, .stopped, .unservable: false
    }
  }

  /// When people are served no longer today, earlier than usual where a supervisor has it so; nil where that is not known,
  /// or no one is served any more.
  public var closesAt: CivilTime? {
    switch self {
    case .open(_, let time), .paused(_, _, let time), .unattended(let time): time
    case .pastAdmission(let time, _, _): time
    case .onBreak, .openingSoon, .beforeOpening, .over, .closed, .stopped, .unservable: nil
    }
  }

  /// Whether counters serve it just now, so that the first in line is called next.
  public var isServing: Bool {
    switch self {
    case .open, .pastAdmission: true
    case .unattended, .paused, .onBreak, .openingSoon, .beforeOpening, .over, .closed, .stopped, .unservable: false
    }
  }

  /// Whether something keeps it from serving a further person just now, which is to be told before anything is offered.
  public var isHindered: Bool { !isServing || !takesNumbers }

  /// Whether a person without an appointment may still be promised a time of today.
  public var admitsToday: Bool {
    switch self {
    case .open, .unattended, .paused, .onBreak, .openingSoon, .beforeOpening: true
    case .stopped(_, let resumesAt, _): resumesAt != nil
    case .pastAdmission, .over, .closed, .unservable: false
    }
  }

  /// Whether it is an hour at which officers are in the hall, so that visitors may be sent to the information desk.
  public var isStaffed: Bool {
    switch self {
    case .open, .unattended, .paused, .pastAdmission, .unservable: true
    case .onBreak, .openingSoon, .beforeOpening, .over, .closed, .stopped: false
    }
  }

  /// Whether only the length of the ordinary queue stands against a number: the priority line, which is shorter, may
  /// still admit those who belong there.
  public var isFull: Bool { if case .pastAdmission(_, .forecast, _) = self { true } else { false } }

  /// Whether no number is given any more today, though the office has been open or was to be.
  public var hasGivenLastNumber: Bool {
    switch self {
    case .pastAdmission(_, .time, _), .over: true
    case .stopped(_, let resumesAt, _): resumesAt == nil
    case .open, .unattended, .paused, .onBreak, .openingSoon, .beforeOpening, .pastAdmission(_, .forecast, _), .closed,
      .unservable:
      false
    }
  }

  /// Whether a supervisor has stopped it, so that the calendar's hours do not hold.
  public var isStopped: Bool { if case .stopped = self { true } else { false } }

  /// Whether the day is over at the office, or has not been one at all.
  public var isClosedForToday: Bool {
    switch self {
    case .over, .closed: true
    case .open, .unattended, .paused, .onBreak, .openingSoon, .beforeOpening, .pastAdmission, .stopped,
      .unservable:
      false
    }
  }

  /// Whether supervisors should act: people may come for it, and no officer is there.
  public var isAlarming: Bool {
    switch self {
    case .unattended: true
    case .open, .paused, .onBreak, .openingSoon, .beforeOpening, .pastAdmission, .over, .closed, .stopped,
      .unservable:
      false
    }
  }
}

/// Why a supervisor has stopped a service or the office.
public struct StopReason: Sendable, Equatable {
  /// A closed list, so that each reason is said in every language.
  public enum Cause: String, Sendable, CaseIterable {
    /// There is no electricity.
    case power
    /// A computer system is down.
    case system
    /// There is no water in the building.
    case water
    /// Too few officers are there.
    case staff
    /// A storm, a flood or smoke.
    case weather
    /// It is not safe to stay.
    case safety
    /// A ceremony of the office.
    case ceremony
    /// None of the others.
    case other
  }

  /// The cause, which is said in the reader's language.
  public let cause: Cause
  /// What the supervisor wrote besides, by language; nothing in a language in which nothing was written.
  public let notes: [Language: String]

  /// A reason; empty notes are left out.
  public init(cause: Cause, notes: [Language: String] = [:]) {
    self.cause = cause
    self.notes = notes.filter { !$0.value.isEmpty }
  }

  /// The reason in the reader's language, to stand within a sentence.
  public func text(_ words: Words) -> String {
    let note = notes[words.language]
    if cause == .other { return note ?? words("availability.cause.other") }
    let standard = words(MessageKey("availability.cause", named: cause.rawValue))
    return note.map { "\(standard) (\($0))" } ?? standard
  }
}

/// A day, today or later, on which a supervisor's stop closes the office for some of its hours, or for all.
public struct PlannedClosure: Sendable, Equatable {
  /// The day on which it is closed.
  public let day: CivilDate
  /// When people are served all the same; none where the whole day is closed.
  public let hours: [OpeningSpan]
  /// Why it is closed.
  public let reason: StopReason

  /// A closure of the whole day, where no hours are given.
  public init(day: CivilDate, hours: [OpeningSpan], reason: StopReason) {
    self.day = day
    self.hours = hours
    self.reason = reason
  }
}

/// The office and each of its services at one moment.
public struct HallAvailability: Sendable, Equatable {
  /// The office as a whole: whether it is open, and whether any counter is.
  public let office: Availability
  /// Each service in force today.
  public let services: [ServiceCode: Availability]
  /// The stops that have not begun yet, in the order in which they begin.
  public let ahead: [StopAhead]
  /// What stops of the whole office leave of today's hours; nil where they take none.
  public let closureToday: PlannedClosure?

  /// One reading of the hall; without stops unless they are given.
  public init(
    office: Availability, services: [ServiceCode: Availability], ahead: [StopAhead] = [],
    closureToday: PlannedClosure? = nil
  ) {
    self.office = office
    self.services = services
    self.ahead = ahead
    self.closureToday = closureToday
  }

  /// The service's; a service that is not in force today can be had like the office.
  public subscript(service: ServiceCode) -> Availability { services[service] ?? office }

  /// The stops ahead that concern a person who comes for a service.
  public func ahead(of service: ServiceCode) -> [StopAhead] { ahead.filter { $0.concerns(service) } }
}

/// Why no number was given: what every face tells, beside what it offers instead.
public struct Unavailable: ProblemBearing, Equatable {
  /// nil for the office as a whole.
  public let service: ServiceCode?
  /// Why no number is given, and when there will be one.
  public let availability: Availability

  /// A refusal for the service, or for the office as a whole.
  public init(service: ServiceCode?, availability: Availability) {
    self.service = service
    self.availability = availability
  }

  /// For faces that know no more than problems.
  public var problem: Problem? { Problem(.conflict, "queue.not-available") }
}
