import Contracts
import Core

@testable import Reports

/// The numbers of a period, each counted from the steps of all its visits at once: what the sums of days must come to.
struct StepReckoning: Equatable {
  struct Figures: Equatable {
    private(set) var arrivals = 0
    private(set) var finished = 0
    private(set) var noShows = 0
    private(set) var transfers = 0
    private(set) var holds = 0
    private(set) var abandoned = 0
    private(set) var promises = 0
    private(set) var keptPromises = 0
    private(set) var waits = Distribution([])
    private(set) var services = Distribution([])

    init(_ tally: Tally) {
      arrivals = tally.arrivals
      finished = tally.finished
      noShows = tally.noShows
      transfers = tally.transfers
      holds = tally.holds
      abandoned = tally.abandoned
      promises = tally.promises
      keptPromises = tally.keptPromises
      waits = tally.waits
      services = tally.services
    }

    init(_ counted: [(step: VisitStep, wait: Int64?)]) {
      for (step, _) in counted {
        if let outcome = step.promise {
          promises += 1
          keptPromises += outcome == .kept ? 1 : 0
        }
        count(step)
      }
      waits = Distribution(counted.compactMap { $0.wait })
      let steps = counted.map { $0.step }
      services = Distribution(steps.filter { [.finish, .finishStep].contains($0.action) }.map(\.spent))
    }

    private mutating func count(_ step: VisitStep) {
      switch step.action {
      case .issue, .checkIn: arrivals += 1
      case .finish: finished += 1
      case .noShow: noShows += 1
      case .transfer: transfers += step.officer == nil ? 0 : 1
      case .hold: holds += 1
      case .cancel: abandoned += 1
      case .withdraw: abandoned += step.from == .noShow ? 0 : 1
      case .settle:
        if step.to == .noShow { noShows += 1 } else { abandoned += 1 }
      case .call, .callChosen, .finishStep, .admit, .recall, .start, .resume, .release, .giveBack, .comeBack, .undo,
        .breakPromise:
        break
      }
    }
  }

  let total: Figures
  let groups: [HallReport.Group]
  let rows: [Figures]
  let arrivalsByHour: [Int]
  let waitsByHour: [Distribution]
  let load: [[Int]]

  init(_ report: HallReport) {
    total = Figures(report.total)
    groups = report.rows.map(\.group)
    rows = report.rows.map { Figures($0.tally) }
    arrivalsByHour = report.arrivalsByHour
    waitsByHour = report.waitsByHour
    load = report.load
  }

  init(_ question: ReportQuestion, _ history: [VisitStep], zone: OfficeZone) {
    let steps = VisitStep.withPromisesDecided(VisitStep.withoutUndone(history))
    let waits = Self.waits(of: steps)
    let asked = steps.indices.filter { Self.isAsked(steps[$0], by: question) }
      .map { (step: steps[$0], wait: waits[$0]) }
    total = Figures(asked)
    var grouped: [HallReport.Group: [(step: VisitStep, wait: Int64?)]] = [:]
    for (step, wait) in asked {
      if let group = Self.group(of: step, by: question.grouping) {
        grouped[group, default: []].append((step: step, wait: wait))
      }
    }
    groups = grouped.keys.sorted()
    rows = groups.map { Figures(grouped[$0] ?? []) }
    var load = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    var waitsByHour = [[Int64]](repeating: [], count: 24)
    for (step, wait) in asked {
      let hour = zone.time(of: step.at).minuteOfDay / 60
      if [.issue, .checkIn].contains(step.action) { load[step.day.weekday - 1][hour] += 1 }
      if let wait { waitsByHour[hour].append(wait) }
    }
    arrivalsByHour = (0..<24).map { hour in load.reduce(0) { $0 + $1[hour] } }
    self.waitsByHour = waitsByHour.map { Distribution($0) }
    self.load = load
  }

  /// The time in line at the places of those calls for which it counts: of all calls of a ticket until a step of its visit
  /// is served, at the last of them.
  private static func waits(of steps: [VisitStep]) -> [Int: Int64] {
    var waits: [Int: Int64] = [:]
    for places in Dictionary(grouping: steps.indices, by: { steps[$0].ticket }).values {
      for unserved in places.split(whereSeparator: { isServed(steps[$0]) }) {
        let calls = unserved.filter { [.call, .callChosen].contains(steps[$0].action) }
        if let last = calls.last { waits[last] = calls.reduce(0) { $0 + steps[$1].spent } }
      }
    }
    return waits
  }

  /// Whether a step of a visit was served with it.
  private static func isServed(_ step: VisitStep) -> Bool {
    [.finish, .finishStep].contains(step.action) || step.action == .transfer && step.from == .serving
  }

  private static func isAsked(_ step: VisitStep, by question: ReportQuestion) -> Bool {
    (question.service ?? step.service) == step.service && (question.counter ?? step.counter) == step.counter
      && (question.officer ?? step.officer) == step.officer && (question.channel ?? step.channel) == step.channel
      && (question.isPriority ?? step.isPriority) == step.isPriority
  }

  private static func group(of step: VisitStep, by grouping: ReportQuestion.Grouping) -> HallReport.Group? {
    switch grouping {
    case .day: .day(step.day)
    case .service: .service(step.service.rawValue)
    case .counter: step.counter.map { .counter($0) }
    case .officer: step.action == .settle ? nil : step.officer.map { .officer($0) }
    case .channel: .channel(step.channel.rawValue)
    case .priority: .priority(step.isPriority)
    }
  }
}
