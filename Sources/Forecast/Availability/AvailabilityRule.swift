public import Contracts
public import Core

/// Whether something can be had at a moment of a day: a pure function of the calendar, the stops, the counters and the
/// clock. Everything that a face says of it comes from here.
public struct AvailabilityRule: Sendable, Equatable {
  /// What the calendar says of a day.
  public struct Day: Sendable, Equatable {
    /// The hours in order, without the breaks; none when the office does not open.
    let hours: [OpeningSpan]
    /// Why it does not open: a holiday's name.
    let closure: LocalizedText?

    /// A day with those hours.
    public init(hours: [OpeningSpan], closure: LocalizedText?) {
      self.hours = hours
      self.closure = closure
    }
  }

  /// The counters as they concern what is asked for.
  public struct Counters: Sendable, Equatable {
    /// Whether any counter could serve it, open or not.
    let isServable: Bool
    /// The counters with an officer, who calls or pauses.
    let seated: [Int]
    /// The counters that call.
    let calling: [Int]
    /// Why those pause that do not call, where that is told.
    let pause: Availability.PauseCause?

    /// The counters that could serve it.
    public init(isServable: Bool, seated: [Int], calling: [Int], pause: Availability.PauseCause? = nil) {
      self.isServable = isServable
      self.seated = seated
      self.calling = calling
      self.pause = pause
    }
  }

  let admission: QueueRules.Admission

  /// The rule of an office that admits people so.
  public init(admission: QueueRules.Admission) { self.admission = admission }

  /// Whether it can be had at that time of a day.
  ///
  /// - Parameters:
  ///   - day: nil where no calendar is kept: then only stops and counters decide.
  ///   - stops: those of the day that concern what is asked for.
  ///   - isDayClosed: whether a supervisor has closed the day.
  ///   - isWaiting: whether it is told to the holder of a number: then it counts whether a counter calls, not whether
  ///     people are admitted.
  ///   - tomorrow: the first opening after today; asked for only where it is told.
  ///   - planned: what it would be without any stop.
  public func decide(
    at now: CivilTime, on day: Day?, isDayClosed: Bool = false, stops: [ServiceStop], counters: Counters,
    isWaiting: Bool = false, tomorrow: () -> NextOpening?, planned: () -> NextOpening? = { nil }
  ) -> Availability {
    guard counters.isServable else { return .unservable }
    guard let day else {
      return isDayClosed ? .over(next: tomorrow()) : withoutCalendar(at: now, stops: stops, counters: counters)
    }
    guard !isDayClosed, let last = day.hours.last, now < last.to else {
      let next = tomorrow()
      // Closing time does not hide a stop that lasts beyond it.
      if let stop = ServiceStop.decisive(among: stops.filter { $0.covers(now) }), let planned = planned(),
        planned != next
      {
        return .stopped(reason: stop.reason, resumesAt: nil, next: next)
      }
      return day.hours.isEmpty ? .closed(reason: day.closure, next: next) : .over(next: next)
    }
    let left = Self.open(day.hours, without: stops).filter { $0.to > now }
    guard let first = left.first, let end = left.last?.to else {
      return .stopped(
        reason: reason(of: stops, from: now, until: StopPeriod.endOfDay), resumesAt: nil, next: tomorrow())
    }
    guard first.from <= now else { return before(first, at: now, day.hours, stops, counters) }
    guard now < lastAdmission(before: end) || isWaiting && counters.calling.isEmpty else {
      return .pastAdmission(closesAt: end, cause: .time, next: tomorrow())
    }
    return attended(counters, until: end)
  }

  /// The last time at which people are admitted to an office that closes at `end`.
  func lastAdmission(before end: CivilTime) -> CivilTime {
    CivilTime(minuteOfDay: max(0, end.minuteOfDay - admission.lastMinutes))
  }

  /// The stretches of a day in which people are served, less the stops.
  public static func open(_ hours: [OpeningSpan], without stops: [ServiceStop]) -> [OpeningSpan] {
    stops.reduce(hours) { spans, stop in
      spans.flatMap { span -> [OpeningSpan] in
        guard stop.span.from < span.to, span.from < stop.span.to else { return [span] }
        return [
          OpeningSpan(from: span.from, to: min(span.to, stop.span.from)),
          OpeningSpan(from: max(span.from, stop.span.to), to: span.to),
        ].filter { $0.from < $0.to }
      }
    }
  }

  // MARK: the cases

  private func attended(_ counters: Counters, until end: CivilTime?) -> Availability {
    if counters.seated.isEmpty { return .unattended(until: end) }
    guard !counters.calling.isEmpty else {
      return .paused(cause: counters.pause, counters: counters.seated, until: end)
    }
    return .open(counters: counters.seated, until: end)
  }

  /// The answer while it opens later today: because it is early, because of a break, or after a stop.
  private func before(
    _ first: OpeningSpan, at now: CivilTime, _ hours: [OpeningSpan], _ stops: [ServiceStop], _ counters: Counters
  ) -> Availability {
    if let planned = hours.first(where: { $0.to > now }), planned.from < first.from {
      return .stopped(
        reason: reason(of: stops, from: max(now, planned.from), until: first.from), resumesAt: first.from, next: nil)
    }
    if hours.contains(where: { $0.to <= now }) {
      // Counters that work through the break serve those who are there; what is estimated believes them, too.
      return counters.calling.isEmpty
        ? .onBreak(resumesAt: first.from, counters: counters.seated) : attended(counters, until: hours.last?.to)
    }
    let numbersFrom = CivilTime(minuteOfDay: max(0, first.from.minuteOfDay - admission.earlyMinutes))
    guard now >= numbersFrom else { return .beforeOpening(at: first.from, numbersFrom: numbersFrom) }
    // Counters that call before the hour serve those who are there.
    return counters.calling.isEmpty ? .openingSoon(at: first.from) : attended(counters, until: hours.last?.to)
  }

  private func withoutCalendar(at now: CivilTime, stops: [ServiceStop], counters: Counters) -> Availability {
    guard let stop = ServiceStop.decisive(among: stops.filter { $0.covers(now) }) else {
      return attended(counters, until: nil)
    }
    return .stopped(reason: stop.reason, resumesAt: stop.resumesAt, next: nil)
  }

  /// The reason of the stop that takes away the time from `moment` until `reopening`.
  private func reason(of stops: [ServiceStop], from moment: CivilTime, until reopening: CivilTime) -> StopReason {
    let covering = stops.filter { $0.span.from < reopening && $0.span.to > moment }
    return ServiceStop.decisive(among: covering)?.reason ?? StopReason(cause: .other)
  }
}
