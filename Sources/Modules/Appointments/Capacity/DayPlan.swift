import Contracts
import Core

/// The slots of one day as they follow from hours, counters, skills and rules. Pure: the same inputs always give the
/// same slots.
struct DayPlan: Sendable, Equatable {
  /// One person's visit.
  struct Slot: Sendable, Equatable {
    let service: ServiceCode
    /// The half-hour's begin.
    let halfHour: CivilTime
    /// Its number within service and half-hour, from 1.
    let number: Int
    /// When the person will come to the counter, spread over the half-hour.
    let at: CivilTime
    let kind: SlotKind
  }

  /// A supervisor's word on how many slots a half-hour has.
  struct Change: Sendable, Equatable {
    /// nil for each service.
    let service: ServiceCode?
    let span: OpeningSpan
    /// The slots of each service and half-hour.
    let slots: Int

    /// Nothing can be had on the day any more.
    static let wholeDay = Change(
      service: nil, span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay), slots: 0)
  }

  let slots: [Slot]

  /// - Parameters:
  ///   - spans: the office's opening times on the day; none when it is closed.
  ///   - changes: later ones have the last word.
  init(
    _ day: CivilDate, spans: [OpeningSpan], counters: [Office.Counter], rules: AppointmentRules, changes: [Change] = []
  ) {
    let halfHours = Self.halfHours(in: spans)
    slots = rules.services.flatMap { service in
      Self.slots(
        of: service,
        counts: Self.counts(of: service, in: halfHours, on: day, counters: counters, rules: rules, changes: changes),
        rules: rules)
    }
  }

  /// The begins of the whole half-hours in which people are served.
  static func halfHours(in spans: [OpeningSpan]) -> [CivilTime] {
    spans.flatMap { span in
      stride(
        from: span.from.minuteOfDay, through: span.to.minuteOfDay - AppointmentRules.halfHourMinutes,
        by: AppointmentRules.halfHourMinutes
      ).map { CivilTime(minuteOfDay: $0) }
    }
  }

  /// How many visits of a service fit into each half-hour; what one half-hour leaves over, the next ones have.
  private static func counts(
    of service: AppointmentRules.Service, in halfHours: [CivilTime], on day: CivilDate, counters: [Office.Counter],
    rules: AppointmentRules, changes: [Change]
  ) -> [(halfHour: CivilTime, count: Int)] {
    var seconds = 0
    return halfHours.map { halfHour in
      for counter in counters where counter.serves(service.code) && rules.works(counter.number, on: day, at: halfHour) {
        let weights = rules.services.filter { counter.serves($0.code) }.reduce(0) { $0 + $1.weight }
        seconds += AppointmentRules.halfHourMinutes * 60 * service.weight / weights
      }
      let count = seconds / (service.minutes * 60)
      seconds -= count * service.minutes * 60
      let change = changes.last { change in
        (change.service == nil || change.service == service.code) && change.span.from <= halfHour
          && halfHour < change.span.to
      }
      return (halfHour, change?.slots ?? count)
    }
  }

  private static func slots(
    of service: AppointmentRules.Service, counts: [(halfHour: CivilTime, count: Int)], rules: AppointmentRules
  ) -> [Slot] {
    var kinds = KindDivision(
      counts: counts, shares: rules.shares, expressUntil: service.takesExpress ? rules.expressUntil : nil)
    return counts.flatMap { halfHour, count in
      (0..<count).map { index in
        let offset = AppointmentRules.halfHourMinutes * index / count / 5 * 5
        return Slot(
          service: service.code, halfHour: halfHour, number: index + 1,
          at: CivilTime(minuteOfDay: halfHour.minuteOfDay + offset), kind: kinds.next(in: halfHour))
      }
    }
  }
}

/// Gives each slot of a day to a kind, so that each kind has its share of the day and the shares are spread over it.
///
/// Each slot goes to the kind that lacks most of its share against the slots that are left for it. A share is rounded
/// down, so that express never gets too much; only the priority line's is rounded up. The web gets what is left over.
struct KindDivision {
  private var wanted: [SlotKind: Int]
  private var left: Int
  /// Slots in which express may be had.
  private var leftForExpress: Int
  private let expressUntil: CivilTime?

  /// - Parameter expressUntil: nil when the service has no express.
  init(
    counts: [(halfHour: CivilTime, count: Int)], shares: AppointmentRules.Shares, expressUntil: CivilTime?
  ) {
    let total = counts.reduce(0) { $0 + $1.count }
    let early = expressUntil.map { until in counts.filter { $0.halfHour < until }.reduce(0) { $0 + $1.count } } ?? 0
    let express = min(early, total * shares.express / 100)
    let walkIn = total * shares.walkIn / 100
    let priority = (total * shares.priority + 99) / 100
    wanted = [
      .walkIn: walkIn, .priority: priority, .express: express, .web: total - walkIn - priority - express,
    ]
    left = total
    leftForExpress = early
    self.expressUntil = expressUntil
  }

  /// The kind of the next slot in the order of the day.
  mutating func next(in halfHour: CivilTime) -> SlotKind {
    let isEarly = expressUntil.map { halfHour < $0 } ?? false
    defer {
      left -= 1
      if isEarly { leftForExpress -= 1 }
    }
    var best = (kind: SlotKind.web, lack: -1.0)
    for kind in [SlotKind.express, .priority, .web, .walkIn] {
      guard let count = wanted[kind], count > 0, kind != .express || isEarly else { continue }
      let lack = Double(count) / Double(kind == .express ? leftForExpress : left)
      if lack > best.lack { best = (kind, lack) }
    }
    wanted[best.kind, default: 0] -= 1
    return best.kind
  }
}
