public import Core

/// A supervisor's stop that has not begun yet, as people are told of it before they come.
public struct StopAhead: Sendable, Equatable {
  /// nil for the whole office.
  public let service: ServiceCode?
  /// What people call the service; nil for the whole office.
  public let name: LocalizedText?
  /// From when until when no one is served.
  public let period: StopPeriod
  /// Why.
  public let reason: StopReason
  /// Whether it begins later on the day on which it is told.
  public let isToday: Bool

  /// A stop that lies ahead.
  public init(
    service: ServiceCode?, name: LocalizedText?, period: StopPeriod, reason: StopReason, isToday: Bool
  ) {
    self.service = service
    self.name = name
    self.period = period
    self.reason = reason
    self.isToday = isToday
  }

  /// Whether a person who comes for a service is concerned; the office as a whole (nil) is concerned by its own stops only.
  public func concerns(_ service: ServiceCode?) -> Bool { self.service == nil || self.service == service }

  /// `Kantor tidak melayani hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan.`
  public func sentence(_ words: Words, in zone: OfficeZone) -> String {
    let time = time(words, in: zone)
    let what =
      name.map { words("availability.ahead.service", ["service": words($0), "time": time]) }
      ?? words("availability.ahead.office", ["time": time])
    return "\(what) \(words("availability.stopped.text", ["reason": reason.text(words)]))"
  }

  // MARK: when

  private var beginsWithTheDay: Bool { period.from == CivilTime(minuteOfDay: 0) }
  private var endsWithTheDay: Bool { period.to == StopPeriod.endOfDay }

  /// "today from 14.00 WIB", "on Thursday, 3 December 2026": to stand at the end of a sentence.
  private func time(_ words: Words, in zone: OfficeZone) -> String {
    if period.first < period.last { return times(words, in: zone) }
    let day = words.longDate(period.first)
    let (from, to) = (words.time(period.from, in: zone), words.time(period.to, in: zone))
    let span = [period.span(on: period.first)].compactMap { $0 }.text(words, in: zone)
    switch (isToday, beginsWithTheDay, endsWithTheDay) {
    case (true, _, true): return words("availability.ahead.today-from", ["from": from])
    case (true, _, false): return words("availability.ahead.today", ["times": span])
    case (false, true, true): return words("availability.ahead.day", ["day": day])
    case (false, true, false): return words("availability.ahead.day-until", ["day": day, "to": to])
    case (false, false, true): return words("availability.ahead.day-from", ["day": day, "from": from])
    case (false, false, false): return words("availability.ahead.day-times", ["day": day, "times": span])
    }
  }

  /// The same of one that lasts beyond its first day.
  private func times(_ words: Words, in zone: OfficeZone) -> String {
    if beginsWithTheDay, endsWithTheDay {
      return words("availability.ahead.day", ["day": words.longDates(from: period.first, to: period.last)])
    }
    let (first, last) = (words.longDate(period.first), words.longDate(period.last))
    return words(
      "availability.ahead.days",
      [
        "first": beginsWithTheDay
          ? first
          : words("availability.ahead.moment", ["day": first, "time": words.time(period.from, in: zone)]),
        "last": endsWithTheDay
          ? words("availability.ahead.end", ["day": last])
          : words("availability.ahead.moment", ["day": last, "time": words.time(period.to, in: zone)]),
      ])
  }
}
