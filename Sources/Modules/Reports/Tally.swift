import Contracts
import Core

/// What the visits of a group add up to.
struct Tally: Sendable, Equatable {
  private(set) var arrivals = 0
  private(set) var finished = 0
  private(set) var noShows = 0
  private(set) var transfers = 0
  private(set) var holds = 0
  /// Left before they were served, or were still waiting when the day ended.
  private(set) var abandoned = 0
  /// Promises of which it is known whether they were kept.
  private(set) var promises = 0
  private(set) var keptPromises = 0
  private var waitMilliseconds: [Int64] = []
  private var serviceMilliseconds: [Int64] = []

  init(_ steps: some Sequence<CountedStep>) {
    for counted in steps {
      if let wait = counted.wait { waitMilliseconds.append(wait) }
      add(counted.step)
    }
  }

  /// The time in line until being called, once for each step of a visit, however often its number was put back.
  var waits: Distribution { Distribution(waitMilliseconds) }

  /// The times at the counter, once for each step of a visit.
  var services: Distribution { Distribution(serviceMilliseconds) }

  var waitCount: Int { waitMilliseconds.count }

  /// Of a hundred people who were promised a time, how many were called by then; nil when no time was promised.
  var keptPercent: Int? { promises == 0 ? nil : (keptPromises * 100 + promises / 2) / promises }

  private mutating func add(_ step: VisitStep) {
    addPromise(step)
    switch step.action {
    case .issue, .checkIn: arrivals += 1
    case .finish, .finishStep:
      serviceMilliseconds.append(step.spent)
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
}
