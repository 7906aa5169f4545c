public import Contracts
public import Core

/// Who is called next: a pure function of the heads of the lines, the counter and the time.
///
/// Each person's score is the minutes they have waited, plus a head start in minutes for what counts for
/// them: the priority line, an appointment whose time has come, a visit that has begun, a language that the
/// officer speaks, having been sent to this very counter. The highest score goes first; of equal ones the
/// earlier position.
///
/// Above that stands the bound: whoever has been passed over `passedOverMax` times at the head of a line goes
/// first, the earliest of them before the others. Since a call passes over only people whose position is earlier
/// than the called one's, nobody who waits longest is ever passed over more often than that, and somebody with
/// k people before them is called after at most (k + 1) × (passedOverMax + 1) calls that could have taken them.
public struct NextRule: Sendable, Equatable {
  /// Minutes by which one may overtake who came earlier.
  public struct HeadStart: Sendable, Equatable {
    /// For a person in the priority line.
    public var priority = 30
    /// For a person whose appointment's time has come.
    public var appointment = 45
    /// For a visit that has begun: from its second step on.
    public var inProgress = 20
    /// For a person whose language, another than Indonesian, the officer speaks.
    public var language = 5
    /// For a person who was sent to this very counter or officer.
    public var sentHere = 60

    /// The head starts that hold where the file says nothing.
    public init() {}
  }

  /// The rule that holds where the file says nothing.
  public static let shipped = NextRule()

  /// How often a person at the head of a line may be passed over.
  public let passedOverMax: Int
  /// What counts beside the minutes waited.
  public let headStart: HeadStart

  /// A rule with that bound and those head starts.
  ///
  /// - Parameter passedOverMax: at least one.
  public init(passedOverMax: Int = 3, headStart: HeadStart = HeadStart()) {
    precondition(passedOverMax > 0, "somebody may be passed over at least once, or there is no priority line")
    self.passedOverMax = passedOverMax
    self.headStart = headStart
  }

  /// Chooses among the heads of the lines.
  ///
  /// - Parameter candidates: for each line its earliest waiting ticket. Those that the counter cannot call are left out here.
  /// - Returns: nil when no ticket waits for this counter.
  public func choose(among candidates: [Candidate], for post: Skills, at now: Instant) -> Choice? {
    let scored = candidates.filter(post.canCall).map { Scored(candidate: $0, score: score(of: $0, for: post, at: now)) }
    let ranked = scored.sorted { left, right in
      left.score.total == right.score.total
        ? left.candidate.comesBefore(right.candidate) : left.score.total > right.score.total
    }
    guard let best = ranked.first else { return nil }
    let overdue = scored.filter { $0.candidate.passedOver >= passedOverMax }
      .min { $0.candidate.comesBefore($1.candidate) }
    let chosen = overdue ?? best
    return Choice(
      ticket: chosen.candidate.id, score: chosen.score, wasDue: overdue != nil && chosen != best,
      runnerUp: ranked.first { $0 != chosen }.map { ($0.candidate.id, $0.score) },
      passedOver: scored.filter { $0.candidate.comesBefore(chosen.candidate) }.map(\.candidate.id))
  }

  /// What counts for a ticket at that counter.
  public func score(of candidate: Candidate, for post: Skills, at now: Instant) -> Score {
    score(of: candidate, speaks: post.languages.contains(candidate.language), at: now)
  }

  /// The same at a counter whose officer speaks the person's language, or does not. A person who comes before the time of
  /// their appointment has not waited yet.
  func score(of candidate: Candidate, speaks: Bool, at now: Instant) -> Score {
    var score = terms(of: CallLine(candidate), speaks: speaks)
    score.waited = Self.minutesWaited(from: candidate.waitsFrom.milliseconds, to: now.milliseconds)
    if candidate.waitsFrom > now { score.appointment = 0 }
    return score
  }

  /// What counts for each ticket of a line beside the minutes waited; the appointment's only once its time has come.
  func terms(of line: CallLine, speaks: Bool) -> Score {
    Score(
      priority: line.isPriority ? headStart.priority : 0,
      appointment: line.isAppointment ? headStart.appointment : 0,
      inProgress: line.step > 0 ? headStart.inProgress : 0,
      language: line.language != .indonesian && speaks ? headStart.language : 0,
      sentHere: line.target == nil ? 0 : headStart.sentHere)
  }

  /// Whole minutes between two moments in milliseconds; none before the first.
  static func minutesWaited(from start: Int64, to now: Int64) -> Int { max(0, Int((now - start) / 60_000)) }

  private struct Scored: Equatable {
    let candidate: Candidate
    let score: Score
  }
}

/// A ticket at the head of its line, as the rule sees it: nothing of the person.
public struct Candidate: Sendable, Equatable {
  /// Its ticket.
  public let id: TicketID
  let service: ServiceCode
  /// The step of the visit, counted from 0.
  let step: Int
  /// The step's code; nil for a service with one step.
  let stepCode: String?
  let waitsFrom: Instant
  let isPriority: Bool
  let isAppointment: Bool
  /// The person's language.
  public let language: Language
  let target: TicketTarget?
  let passedOver: Int

  /// A candidate of which all of that is known.
  public init(
    id: TicketID, service: ServiceCode, step: Int, stepCode: String?, waitsFrom: Instant, isPriority: Bool,
    isAppointment: Bool, language: Language, target: TicketTarget?, passedOver: Int
  ) {
    self.id = id
    self.service = service
    self.step = step
    self.stepCode = stepCode
    self.waitsFrom = waitsFrom
    self.isPriority = isPriority
    self.isAppointment = isAppointment
    self.language = language
    self.target = target
    self.passedOver = passedOver
  }

  /// Whether it has waited longer; of two that came in the same millisecond, the one with the earlier number.
  func comesBefore(_ other: Candidate) -> Bool { (waitsFrom, id) < (other.waitsFrom, other.id) }
}

/// What a counter can serve just now: by its place, and by the officer who sits there.
public struct Skills: Sendable, Equatable {
  /// The counter's number.
  public let counter: Int
  /// The officer who sits there.
  public let officer: OfficerID
  /// The services that it serves; empty for all.
  public let services: Set<ServiceCode>
  /// The codes of the steps; nil for all.
  let steps: Set<String>?
  /// The languages that the officer speaks beside Indonesian.
  public let languages: Set<Language>

  /// The skills of a counter with that officer on it.
  public init(
    counter: Int, officer: OfficerID, services: Set<ServiceCode>, steps: Set<String>?, languages: Set<Language>
  ) {
    self.counter = counter
    self.officer = officer
    self.services = services
    self.steps = steps
    self.languages = languages
  }

  /// Whether it may call that ticket.
  public func canCall(_ candidate: Candidate) -> Bool {
    canCall(candidate.service, step: candidate.stepCode, for: candidate.target)
  }

  /// Whether it may call a person who waits for that step of a service; nil for no step in particular.
  public func canCall(_ service: ServiceCode, step: String?, for target: TicketTarget?) -> Bool {
    switch target {
    case .counter(let number): return number == counter
    case .officer(let id): return id == officer
    case nil: break
    }
    guard services.isEmpty || services.contains(service) else { return false }
    guard let steps, let step else { return true }
    return steps.contains(step)
  }
}

/// The terms of a score, each in minutes.
public struct Score: Sendable, Equatable {
  /// For having waited.
  public var waited: Int
  /// For the priority line.
  public var priority: Int
  /// For an appointment whose time has come.
  public var appointment: Int
  /// For a visit that has begun.
  public var inProgress: Int
  /// For a language that the officer speaks.
  public var language: Int
  /// For having been sent to this very counter.
  public var sentHere: Int

  /// A score of these terms.
  public init(
    waited: Int = 0, priority: Int = 0, appointment: Int = 0, inProgress: Int = 0, language: Int = 0, sentHere: Int = 0
  ) {
    self.waited = waited
    self.priority = priority
    self.appointment = appointment
    self.inProgress = inProgress
    self.language = language
    self.sentHere = sentHere
  }

  /// The sum, by which people are ranked.
  public var total: Int { waited + priority + appointment + inProgress + language + sentHere }
}

/// The ticket that was chosen, and what it was weighed against.
public struct Choice: Sendable {
  /// The ticket to call.
  public let ticket: TicketID
  /// Its score.
  public let score: Score
  /// Whether the bound decided, not the score.
  public let wasDue: Bool
  /// The best of the others; nil where there was none.
  public let runnerUp: (ticket: TicketID, score: Score)?
  /// The heads of lines that wait longer than the chosen one and could have been called here.
  public let passedOver: [TicketID]

  /// A choice as the rule made it, or an officer.
  public init(
    ticket: TicketID, score: Score, wasDue: Bool, runnerUp: (ticket: TicketID, score: Score)?, passedOver: [TicketID]
  ) {
    self.ticket = ticket
    self.score = score
    self.wasDue = wasDue
    self.runnerUp = runnerUp
    self.passedOver = passedOver
  }
}
