import Contracts
import Core

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

  /// The same rows, where a promise stands only with the one that decided it: the first call of its ticket, also a late
  /// one, so that it counts for the counter; without any call that its time passed.
  static func withPromisesDecided(_ steps: [VisitStep]) -> [VisitStep] {
    var deciding: [TicketID: Int] = [:]
    for (place, step) in steps.enumerated() where step.promise != nil {
      switch step.action {
      case .call, .callChosen:
        if let known = deciding[step.ticket], steps[known].action != .breakPromise { continue }
        deciding[step.ticket] = place
      case .breakPromise: if deciding[step.ticket] == nil { deciding[step.ticket] = place }
      case .issue, .checkIn, .admit, .recall, .start, .finish, .finishStep, .hold, .resume, .release, .transfer,
        .giveBack, .noShow, .comeBack, .cancel, .withdraw, .settle, .undo:
        break
      }
    }
    return steps.enumerated().map { place, step in
      var step = step
      if deciding[step.ticket] != place { step.promise = nil }
      return step
    }
  }
}
