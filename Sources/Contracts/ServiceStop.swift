public import Core

/// The tag of a stop's identity.
public enum ServiceStopTag {}
/// The identity of a stop.
public typealias ServiceStopID = ID<ServiceStopTag>

/// From when until when something is stopped: from a time of the first day until a time of the last.
public struct StopPeriod: Sendable, Equatable {
  /// Until the end of the day.
  public static let endOfDay = CivilTime(minuteOfDay: 1440)

  /// The day on which it begins.
  public let first: CivilDate
  /// The time at which it begins on the first day.
  public let from: CivilTime
  /// The day on which it ends.
  public let last: CivilDate
  /// The time at which it ends on the last day.
  public let to: CivilTime

  /// From a time of one day until a time of the same or a later one.
  public init(first: CivilDate, from: CivilTime, last: CivilDate, to: CivilTime) {
    self.first = first
    self.from = from
    self.last = last
    self.to = to
  }

  /// Each of its days, in order.
  public var days: some Sequence<CivilDate> {
    sequence(first: first) { [last] day in
      let next = day.adding(days: 1)
      return next <= last ? next : nil
    }
  }

  /// What of a day lies in it; nil for none.
  public func span(on day: CivilDate) -> OpeningSpan? {
    guard first <= day, day <= last else { return nil }
    let span = OpeningSpan(
      from: day == first ? from : CivilTime(minuteOfDay: 0), to: day == last ? to : Self.endOfDay)
    return span.from < span.to ? span : nil
  }
}

/// A supervisor's word that the office, or one service, does not serve for a while: closing early, opening late, stopping
/// a service and staying closed until another day are all this. Each of its days is told by a value of its own.
public struct ServiceStop: Sendable, Equatable {
  /// The identity of the stop, the same on each of its days.
  public let id: ServiceStopID
  /// Which of its days this value tells of.
  public let day: CivilDate
  /// nil for the whole office.
  public let service: ServiceCode?
  /// What of the day lies in it.
  public let span: OpeningSpan
  /// All of it.
  public let period: StopPeriod
  /// Why, as every face tells it.
  public let reason: StopReason
  /// The supervisor who made it.
  public let officer: OfficerID
  /// When it was made.
  public let madeAt: Instant

  /// One day of a stop.
  public init(
    id: ServiceStopID, day: CivilDate, service: ServiceCode?, span: OpeningSpan, period: StopPeriod,
    reason: StopReason, officer: OfficerID, madeAt: Instant
  ) {
    self.id = id
    self.day = day
    self.service = service
    self.span = span
    self.period = period
    self.reason = reason
    self.officer = officer
    self.madeAt = madeAt
  }

  /// When it is over on its day; nil where it lasts until the day's end.
  public var resumesAt: CivilTime? { span.to == StopPeriod.endOfDay ? nil : span.to }

  /// Whether it holds at a time of its day.
  public func covers(_ time: CivilTime) -> Bool { span.from <= time && time < span.to }

  /// Whether it concerns a service; the office as a whole (nil) is concerned by its own stops only.
  public func concerns(_ service: ServiceCode?) -> Bool { self.service == nil || self.service == service }

  /// Of stops that hit the same, the one whose reason every face tells: the one that ends last, because until then no
  /// person is served, whatever the others say; of two that end together, the one that was made later.
  public static func decisive(among stops: some Sequence<ServiceStop>) -> ServiceStop? {
    stops.max { ($0.period.last, $0.period.to, $0.id) < ($1.period.last, $1.period.to, $1.id) }
  }

  /// Whether all that another stop takes away is taken away by this one, too.
  public func contains(_ other: ServiceStop) -> Bool {
    concerns(other.service) && (period.first, period.from) <= (other.period.first, other.period.from)
      && (other.period.last, other.period.to) <= (period.last, period.to)
  }

  /// Whether another stop lies within this one, so that it changes nothing by itself; of two that take away the same, the
  /// later one lies within the earlier.
  public func encloses(_ other: ServiceStop) -> Bool {
    id != other.id && contains(other) && !(other.contains(self) && other.id < id)
  }

  /// The same stop on another day; nil where it does not reach that day.
  public func on(_ day: CivilDate) -> ServiceStop? {
    period.span(on: day).map { span in
      ServiceStop(
        id: id, day: day, service: service, span: span, period: period, reason: reason, officer: officer,
        madeAt: madeAt)
    }
  }
}
