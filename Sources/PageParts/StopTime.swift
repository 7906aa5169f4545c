public import Contracts
public import Core

/// When a stop holds, in words: with the days, where it is not today's alone.
public struct StopTime {
  private let period: StopPeriod
  private let today: CivilDate

  /// That of a stop as it is kept.
  public init(_ stop: ServiceStop, today: CivilDate) { self.init(stop.period, today: today) }

  /// That of a stop that may be given.
  public init(_ period: StopPeriod, today: CivilDate) {
    self.period = period
    self.today = today
  }

  /// "09.00 to 11.30", with the day or the days where they are not `today` alone.
  public func text(_ words: Words) -> String {
    let end = period.to == StopPeriod.endOfDay ? words("queue.stop.day-end") : period.to.spoken
    if period.last > period.first {
      return words(
        "queue.stop.span-days",
        [
          "from": period.from.spoken, "first": words.longDate(period.first), "to": end,
          "last": words.longDate(period.last),
        ])
    }
    let span = words("queue.stop.span", ["from": period.from.spoken, "to": end])
    guard period.first != today else { return span }
    return words("queue.stop.span-day", ["day": words.longDate(period.first), "span": span])
  }
}
