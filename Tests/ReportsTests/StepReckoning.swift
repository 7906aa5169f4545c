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

    init(_ steps: [VisitStep]) {
      for step in steps {
        if let outcome = step.promise {
          promises += 1
          keptPromises += outcome == .kept ? 1 : 0
        }
        count(step)
      }
      waits = Distribution(steps.filter { [.call, .callChosen].contains($0.action) }.map(\.spent))
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
    let steps = VisitStep.withPromisesDecided(VisitStep.withoutUndone(history)).filter {
      Self.isAsked($0, by: question)
    }
    total = Figures(steps)
    var grouped: [HallReport.Group: [VisitStep]] = [:]
    for step in steps {
      if let group = Self.group(of: step, by: question.grouping) { grouped[group, default: []].append(step) }
    }
    groups = grouped.keys.sorted()
    rows = groups.map { Figures(grouped[$0] ?? []) }
    var load = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    var waits = [[Int64]](repeating: [], count: 24)
    for step in steps {
      let hour = zone.time(of: step.at).minuteOfDay / 60
      if [.issue, .checkIn].contains(step.action) { load[step.day.weekday - 1][hour] += 1 }
      if [.call, .callChosen].contains(step.action) { waits[hour].append(step.spent) }
    }
    arrivalsByHour = (0..<24).map { hour in load.reduce(0) { $0 + $1[hour] } }
    waitsByHour = waits.map { Distribution($0) }
    self.load = load
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
