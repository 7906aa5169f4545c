import Contracts
import Core

/// The numbers of a period: pure arithmetic over the history.
struct HallReport: Sendable {
  /// What a row of the table stands for.
  enum Group: Hashable, Sendable, Comparable {
    case day(CivilDate)
    case service(String)
    case counter(Int)
    case officer(OfficerID)
    case channel(String)
    case priority(Bool)

    static func < (left: Group, right: Group) -> Bool {
      switch (left, right) {
      case (.day(let left), .day(let right)): left < right
      case (.service(let left), .service(let right)): left < right
      case (.counter(let left), .counter(let right)): left < right
      case (.officer(let left), .officer(let right)): left < right
      case (.channel(let left), .channel(let right)): left < right
      case (.priority(let left), .priority(let right)): left && !right
      case (.day, _), (.service, _), (.counter, _), (.officer, _), (.channel, _), (.priority, _):
        left.order < right.order
      }
    }

    /// Where groups of its kind stand among those of others.
    private var order: Int {
      switch self {
      case .day: 0
      case .service: 1
      case .counter: 2
      case .officer: 3
      case .channel: 4
      case .priority: 5
      }
    }
  }

  struct Row: Sendable {
    let group: Group
    let tally: Tally
  }

  let question: ReportQuestion
  let total: Tally
  let rows: [Row]
  /// Arrivals by hour of the day, 0 to 23.
  let arrivalsByHour: [Int]
  /// Waits by the hour in which they ended.
  let waitsByHour: [Distribution]
  /// Arrivals by weekday (Monday first) and hour.
  let load: [[Int]]
  let appointments: AppointmentUse
  /// Newest first.
  var outOfOrder: [CallOutOfOrder] = []

  init(
    _ question: ReportQuestion, history: [VisitStep], appointments: AppointmentUse, zone: OfficeZone
  ) {
    let steps = CountedStep.all(in: history).filter { question.includes($0.step) }
    self.question = question
    self.appointments = appointments
    total = Tally(steps)
    let grouped = Dictionary(grouping: steps) { Self.group(of: $0.step, by: question.grouping) }
    rows = grouped.compactMap { group, steps in
      group.map { Row(group: $0, tally: Tally(steps)) }
    }
    .sorted { $0.group < $1.group }

    var byHour = [Int](repeating: 0, count: 24)
    var waits = [[Int64]](repeating: [], count: 24)
    var load = [[Int]](repeating: byHour, count: 7)
    for counted in steps {
      let step = counted.step
      let hour = min(23, zone.time(of: step.at).minuteOfDay / 60)
      if let wait = counted.wait { waits[hour].append(wait) }
      if step.action == .issue || step.action == .checkIn {
        byHour[hour] += 1
        load[step.day.weekday - 1][hour] += 1
      }
    }
    arrivalsByHour = byHour
    waitsByHour = waits.map { Distribution($0) }
    self.load = load
  }

  /// The hours in which something happened, whole and without gaps; none on a day without visitors.
  var hours: Range<Int> {
    let busy = (0..<24).filter { arrivalsByHour[$0] > 0 || waitsByHour[$0].count > 0 }
    guard let first = busy.first, let last = busy.last else { return 0..<0 }
    return first..<(last + 1)
  }

  private static func group(of step: VisitStep, by grouping: ReportQuestion.Grouping) -> Group? {
    switch grouping {
    case .day: .day(step.day)
    case .service: .service(step.service.rawValue)
    case .counter: step.counter.map { .counter($0) }
    // The officer who closes the day has served none of those who were left.
    case .officer: step.action == .settle ? nil : step.officer.map { .officer($0) }
    case .channel: .channel(step.channel.rawValue)
    case .priority: .priority(step.isPriority)
    }
  }
}
