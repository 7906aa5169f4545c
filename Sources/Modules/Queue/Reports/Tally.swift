import Contracts

/// What the visits of a group add up to.
struct Tally: Sendable, Equatable {
  private(set) var arrivals = 0
  private(set) var finished = 0
  private(set) var noShows = 0
  private(set) var transfers = 0
  private(set) var holds = 0
  /// Left before they were served, or were still waiting when the day ended.
  private(set) var abandoned = 0
  private(set) var keptPromises = 0
  private var waitMilliseconds: [Int64] = []
  private var serviceMilliseconds: [Int64] = []

  /// - Parameter promiseMinutes: waiting that the office promises not to exceed.
  init(_ steps: some Sequence<VisitStep>, promiseMinutes: Int) {
    for step in steps { add(step, promise: Int64(promiseMinutes) * 60_000) }
  }

  /// From being in line to being called, once for each step of a visit.
  var waits: Distribution { Distribution(waitMilliseconds) }

  /// At the counter, once for each step of a visit.
  var services: Distribution { Distribution(serviceMilliseconds) }

  var waitCount: Int { waitMilliseconds.count }

  /// Of a hundred waits, how many were no longer than promised; nil when nobody was called.
  var keptPercent: Int? { waitCount == 0 ? nil : (keptPromises * 100 + waitCount / 2) / waitCount }

  private mutating func add(_ step: VisitStep, promise: Int64) {
    switch step.action {
    case .issue, .checkIn: arrivals += 1
    case .call, .callChosen:
      waitMilliseconds.append(step.spent)
      if step.spent <= promise { keptPromises += 1 }
    case .finish, .finishStep:
      serviceMilliseconds.append(step.spent)
      if step.action == .finish { finished += 1 }
    case .noShow: noShows += 1
    case .transfer: transfers += 1
    case .hold: holds += 1
    case .cancel: abandoned += 1
    case .settle:
      if step.to == .noShow { noShows += 1 } else { abandoned += 1 }
    case .admit, .recall, .start, .resume, .release, .giveBack, .comeBack, .undo: break
    }
  }
}
