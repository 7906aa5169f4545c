import Contracts
import Core

/// What the visits of a group add up to.
struct Tally: Sendable, Equatable {
  /// How long a person was in line, and the hour of the day in which they were called at last.
  struct Wait: Sendable, Equatable {
    let hour: Int
    let milliseconds: Int64
  }

  /// The hour of the day in which each came.
  var arrivalHours: [Int] = []
  var finished = 0
  var noShows = 0
  var transfers = 0
  var holds = 0
  /// Left before they were served, or were still waiting when the day ended.
  var abandoned = 0
  /// Promises of which it is known whether they were kept.
  var promises = 0
  var keptPromises = 0
  /// From being in line to being called, once for each step of a visit, however often its number was put back.
  var endedWaits: [Wait] = []
  /// The times at the counter in milliseconds, once for each step of a visit.
  var served: [Int64] = []

  var arrivals: Int { arrivalHours.count }

  /// The waits from being in line to being called.
  var waits: Distribution { Distribution(endedWaits.map(\.milliseconds)) }

  /// The times at the counter.
  var services: Distribution { Distribution(served) }

  var waitCount: Int { endedWaits.count }

  /// Of a hundred people who were promised a time, how many were called by then; nil when no time was promised.
  var keptPercent: Int? { promises == 0 ? nil : (keptPromises * 100 + promises / 2) / promises }

  /// - Parameter hour: of the day, in which the step was done.
  mutating func add(_ counted: CountedStep, at hour: Int) {
    let step = counted.step
    if let wait = counted.wait { endedWaits.append(Wait(hour: hour, milliseconds: wait)) }
    addPromise(step)
    switch step.action {
    case .issue, .checkIn: arrivalHours.append(hour)
    case .finish, .finishStep:
      served.append(step.spent)
      if step.action == .finish { finished += 1 }
    case .noShow: noShows += 1
    // The queue itself sends on all who were sent to a counter that closes.
    case .transfer: transfers += step.officer == nil ? 0 : 1
    case .hold: holds += 1
    case .cancel: abandoned += 1
    // A person who had not come was counted then.
    case .withdraw: abandoned += step.from == .noShow ? 0 : 1
    case .settle:
      if step.to == .noShow { noShows += 1 } else { abandoned += 1 }
    case .call, .callChosen, .admit, .recall, .start, .resume, .release, .giveBack, .comeBack, .undo, .breakPromise:
      break
    }
  }

  /// What the books say became of the promise; one that is still to be kept is not counted yet.
  private mutating func addPromise(_ step: VisitStep) {
    guard let outcome = step.promise else { return }
    promises += 1
    keptPromises += outcome == .kept ? 1 : 0
  }

  /// Those of another group as well.
  mutating func add(_ other: Tally) {
    arrivalHours += other.arrivalHours
    finished += other.finished
    noShows += other.noShows
    transfers += other.transfers
    holds += other.holds
    abandoned += other.abandoned
    promises += other.promises
    keptPromises += other.keptPromises
    endedWaits += other.endedWaits
    served += other.served
  }
}
