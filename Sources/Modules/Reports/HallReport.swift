import Contracts
import Core

/// The numbers of a period: pure arithmetic over the sums of its days.
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

  init(_ question: ReportQuestion, days: [DaySums], appointments: AppointmentUse) {
    self.question = question
    self.appointments = appointments
    var total = Tally()
    var groups: [Group: Tally] = [:]
    var load = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    for day in days {
      let weekday = day.day.weekday - 1
      for (part, tally) in day.parts where question.includes(part) {
        total.add(tally)
        if let group = Self.group(of: part, on: day.day, by: question.grouping) {
          groups[group, default: Tally()].add(tally)
        }
        for hour in tally.arrivalHours { load[weekday][hour] += 1 }
      }
    }
    self.total = total
    rows = groups.map { Row(group: $0, tally: $1) }.sorted { $0.group < $1.group }
    self.load = load
    arrivalsByHour = (0..<24).map { hour in load.reduce(0) { $0 + $1[hour] } }
    var waits = [[Int64]](repeating: [], count: 24)
    for wait in total.endedWaits { waits[wait.hour].append(wait.milliseconds) }
    waitsByHour = waits.map { Distribution($0) }
  }

  /// The numbers of a history that is in memory, of one day or several.
  init(_ question: ReportQuestion, history: [VisitStep], appointments: AppointmentUse, zone: OfficeZone) {
    self.init(question, days: DaySums.days(of: history, zone: zone), appointments: appointments)
  }

  /// The hours in which something happened, whole and without gaps; none on a day without visitors.
  var hours: Range<Int> {
    let busy = (0..<24).filter { arrivalsByHour[$0] > 0 || waitsByHour[$0].count > 0 }
    guard let first = busy.first, let last = busy.last else { return 0..<0 }
    return first..<(last + 1)
  }

  private static func group(
    of part: DaySums.Part, on day: CivilDate, by grouping: ReportQuestion.Grouping
  ) -> Group? {
    switch grouping {
    case .day: .day(day)
    case .service: .service(part.service.rawValue)
    case .counter: part.counter.map { .counter($0) }
    case .officer: part.isSettled ? nil : part.officer.map { .officer($0) }
    case .channel: .channel(part.channel.rawValue)
    case .priority: .priority(part.isPriority)
    }
  }
}
