public import Contracts
public import Core

/// The hours and December holidays of the shipped calendar.
public struct ShippedDays: OpeningTimesService {
  public static let leave = LocalizedText([.indonesian: "Cuti bersama", .english: "Collective leave"])
  public static let christmas = LocalizedText([.indonesian: "Natal", .english: "Christmas Day"])

  public init() {}

  public func openingTimes(on day: CivilDate) -> [OpeningSpan] {
    guard day.weekday <= 5, closure(on: day) == nil else { return [] }
    return day.weekday == 5
      ? [Self.span("08:00", "11:30"), Self.span("13:00", "16:30")]
      : [Self.span("08:00", "12:00"), Self.span("13:00", "16:00")]
  }

  public func closure(on day: CivilDate) -> LocalizedText? {
    ["2026-12-24": Self.leave, "2026-12-25": Self.christmas][day.description]
  }

  private static func span(_ from: String, _ to: String) -> OpeningSpan {
    OpeningSpan(from: CivilTime(from) ?? CivilTime(minuteOfDay: 0), to: CivilTime(to) ?? CivilTime(minuteOfDay: 1440))
  }
}
