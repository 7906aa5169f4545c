internal import Contracts
internal import Core

/// The days and hours in which the office works.
struct WorkCalendar: Sendable {
  /// Without breaks, by weekday, 1 for Monday.
  let spansByWeekday: [Int: [OpeningSpan]]
  /// National holidays, collective leave and closures, with their names.
  let daysOff: [CivilDate: LocalizedText]
  /// The days with hours of their own, on any weekday and even on a day off.
  let exceptions: [CivilDate: Exception]
  /// The last year whose holidays are known; nil when none is.
  let lastKnownYear: Int?

  /// Hours of one day, and why they are not its weekday's.
  struct Exception: Sendable {
    let name: LocalizedText
    let spans: [OpeningSpan]
  }

  /// Knows no holidays and is never open; in force until the files have been read.
  static let blank = WorkCalendar(spansByWeekday: [:], daysOff: [:], exceptions: [:], lastKnownYear: nil)

  /// Monday to Friday without holidays, collective leave and closures. A Saturday with opening hours
  /// serves people but counts for no promise; neither does a day off on which the office opens all the same.
  func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 && daysOff[day] == nil }

  /// The day on which `count` working days after `day` have passed; `day` itself for none.
  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate {
    var day = day
    var left = count
    // Ends, because the days off are a finite list.
    while left > 0 {
      day = day.adding(days: 1)
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  func openingTimes(on day: CivilDate) -> [OpeningSpan] {
    if let exception = exceptions[day] { return exception.spans }
    return daysOff[day] == nil ? spansByWeekday[day.weekday, default: []] : []
  }

  func closure(on day: CivilDate) -> LocalizedText? {
    spansByWeekday[day.weekday, default: []].isEmpty || exceptions[day] != nil ? nil : daysOff[day]
  }

  func occasion(on day: CivilDate) -> LocalizedText? { exceptions[day]?.name }
}
