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

  /// How long its person had been in line at each call, in milliseconds, by the steps' places; nil for every other step.
  ///
  /// A person waits once until one step of a visit is served. What leads back into the line before (given back, sent on
  /// from a call, back after a missed one) makes that wait longer, and it counts for the last of its calls: else a counter
  /// that calls a number and puts it back would split a long wait into two short ones.
  static func waits(of steps: [VisitStep]) -> [Int64?] {
    var waits = [Int64?](repeating: nil, count: steps.count)
    var unserved: [TicketID: Int] = [:]
    for (place, step) in steps.enumerated() {
      switch step.action {
      case .call, .callChosen:
        waits[place] = step.spent
        if let before = unserved.updateValue(place, forKey: step.ticket), let waited = waits[before] {
          waits[place] = step.spent + waited
          waits[before] = nil
        }
      case .finish, .finishStep: unserved[step.ticket] = nil
      case .transfer: if step.from == .serving { unserved[step.ticket] = nil }
      case .issue, .checkIn, .admit, .recall, .start, .hold, .resume, .release, .giveBack, .noShow, .comeBack, .cancel,
        .withdraw, .settle, .breakPromise, .undo:
        break
      }
    }
    return waits
  }
}

/// A step that counts, with the wait that it ended.
struct CountedStep: Sendable {
  let step: VisitStep
  /// In milliseconds; nil where no wait is counted for it.
  let wait: Int64?

  /// The steps of a history that count, in its order.
  static func all(in history: [VisitStep]) -> [Self] {
    let steps = VisitStep.withPromisesDecided(VisitStep.withoutUndone(history))
    return zip(steps, VisitStep.waits(of: steps)).map { Self(step: $0, wait: $1) }
  }
}
