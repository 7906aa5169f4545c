import Contracts
import Core

/// One row of the history of a ticket, as the reports count it; nothing of the person.
struct VisitStep: Sendable {
  let ticket: TicketID
  let action: TicketAction
  let from: TicketState?
  let to: TicketState
  let at: Instant
  /// How long the ticket was in the state that it left, in milliseconds.
  let spent: Int64
  let day: CivilDate
  let service: ServiceCode
  let counter: Int?
  let officer: OfficerID?
  let channel: Channel
  let isPriority: Bool
  let hasAppointment: Bool
  /// By when the person was promised to be called; nil for who was promised nothing.
  var promisedBy: Instant?
}

extension VisitStep {
  /// The rows that count: what was undone did not happen. In the order of the history.
  static func withoutUndone(_ steps: [VisitStep]) -> [VisitStep] {
    var kept: [VisitStep?] = []
    var latest: [TicketID: [Int]] = [:]
    for step in steps {
      if step.action == .undo {
        if let undone = latest[step.ticket]?.popLast() { kept[undone] = nil }
      } else {
        latest[step.ticket, default: []].append(kept.count)
        kept.append(step)
      }
    }
    return kept.compactMap { $0 }
  }

  /// The same rows, where a promise stands only with the one that decided it: the first call of its ticket, or that its
  /// holder left, or the day ended, before any.
  static func withPromisesDecided(_ steps: [VisitStep]) -> [VisitStep] {
    var decided: Set<TicketID> = []
    return steps.map { step in
      var step = step
      if !step.endsWaiting || !decided.insert(step.ticket).inserted { step.promisedBy = nil }
      return step
    }
  }

  private var endsWaiting: Bool {
    switch action {
    case .call, .callChosen: true
    case .cancel, .settle: from == .waiting
    default: false
    }
  }
}
