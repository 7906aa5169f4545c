import Contracts
import Core

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
struct NextRule: Sendable, Equatable {
  /// Minutes by which one may overtake who came earlier.
  struct HeadStart: Sendable, Equatable {
    var priority = 30
    var appointment = 45
    var inProgress = 20
    var language = 5
    var sentHere = 60
  }

  static let shipped = NextRule()

  let passedOverMax: Int
  let headStart: HeadStart

  init(passedOverMax: Int = 3, headStart: HeadStart = HeadStart()) {
    precondition(passedOverMax > 0, "somebody may be passed over at least once, or there is no priority line")
    self.passedOverMax = passedOverMax
    self.headStart = headStart
  }

  /// Chooses among the heads of the lines.
  ///
  /// - Parameter candidates: for each line its earliest waiting ticket. Those that the counter cannot call are left out here.
  /// - Returns: nil when no ticket waits for this counter.
  func choose(among candidates: [Candidate], for post: Skills, at now: Instant) -> Choice? {
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
  func score(of candidate: Candidate, for post: Skills, at now: Instant) -> Score {
    score(of: candidate, speaks: post.languages.contains(candidate.language), at: now)
  }

  /// The same at a counter whose officer speaks the person's language, or does not. A person who comes before the time of
  /// their appointment has not waited yet.
  func score(of candidate: Candidate, speaks: Bool, at now: Instant) -> Score {
    let isDue = candidate.waitsFrom <= now
    return Score(
      waited: max(0, Int(((now - candidate.waitsFrom).milliseconds / 60_000))),
      priority: candidate.isPriority ? headStart.priority : 0,
      appointment: candidate.isAppointment && isDue ? headStart.appointment : 0,
      inProgress: candidate.step > 0 ? headStart.inProgress : 0,
      language: candidate.language != .indonesian && speaks ? headStart.language : 0,
      sentHere: candidate.target == nil ? 0 : headStart.sentHere)
  }

  private struct Scored: Equatable {
    let candidate: Candidate
    let score: Score
  }
}

/// A ticket at the head of its line, as the rule sees it: nothing of the person.
struct Candidate: Sendable, Equatable {
  let id: TicketID
  let service: ServiceCode
  let step: Int
  /// The step's code; nil for a service with one step.
  let stepCode: String?
  let waitsFrom: Instant
  let isPriority: Bool
  let isAppointment: Bool
  let language: Language
  let target: TicketTarget?
  let passedOver: Int

  /// Whether it has waited longer; of two that came in the same millisecond, the one with the earlier number.
  func comesBefore(_ other: Candidate) -> Bool { (waitsFrom, id) < (other.waitsFrom, other.id) }
}

/// What a counter can serve just now: by its place, and by the officer who sits there.
struct Skills: Sendable, Equatable {
  let counter: Int
  let officer: OfficerID
  /// Empty for all.
  let services: Set<ServiceCode>
  /// The codes of the steps; nil for all.
  let steps: Set<String>?
  let languages: Set<Language>

  func canCall(_ candidate: Candidate) -> Bool {
    canCall(candidate.service, step: candidate.stepCode, for: candidate.target)
  }

  /// Whether it may call a person who waits for that step of a service; nil for no step in particular.
  func canCall(_ service: ServiceCode, step: String?, for target: TicketTarget?) -> Bool {
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
struct Score: Sendable, Equatable {
  var waited = 0
  var priority = 0
  var appointment = 0
  var inProgress = 0
  var language = 0
  var sentHere = 0

  var total: Int { waited + priority + appointment + inProgress + language + sentHere }
}

/// The ticket that was chosen, and what it was weighed against.
struct Choice: Sendable {
  let ticket: TicketID
  let score: Score
  /// Whether the bound decided, not the score.
  let wasDue: Bool
  let runnerUp: (ticket: TicketID, score: Score)?
  /// The heads of lines that wait longer than the chosen one and could have been called here.
  let passedOver: [TicketID]
}
