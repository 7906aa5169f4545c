import Contracts
import Core
import Web

/// The opening hours as the office's calendar has them, in the reader's words: what the foot of every page says.
///
/// Today's are those of the calendar less what a supervisor has stopped. Whether counters serve people at this moment,
/// the pages say that lead to a number.
struct CalendarHours: Sendable {
  /// A weekday's usual hours are those of most of so many of its days; a holiday or two do not hide them.
  private static let weekCount = 8
  /// How far ahead closures are told.
  private static let closureDayCount = 21
  /// The next day with opening hours; none within two months is a calendar that has not been filled in.
  private static let openingDayCount = 60

  let openings: any OpeningTimesService
  let zone: OfficeZone
  /// Whether the office can be had now; nil where no module knows.
  var office: @Sendable () -> Availability? = { nil }
  /// The days that a supervisor has closed, or some of their hours: today and later ones.
  var stops: @Sendable () -> [PlannedClosure] = { [] }

  func hours(_ now: Instant, _ words: Words) -> OfficeHours {
    let today = zone.date(of: now)
    let stops = Dictionary(stops().map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
    return OfficeHours(
      today: sentence(today, zone.time(of: now), stops, words), week: week(from: today, words),
      closures: closures(from: today, stops, words))
  }

  // MARK: Closures

  /// Days after each other of which the same is said stand in one line.
  private func closures(
    from today: CivilDate, _ stops: [CivilDate: PlannedClosure], _ words: Words
  ) -> [(day: String, reason: String)] {
    var runs: [(first: CivilDate, last: CivilDate, reason: String)] = []
    // What a supervisor leaves of today stands in the sentence on today.
    let stops = stops.filter { $0.key != today }
    for day in (0..<Self.closureDayCount).map({ today.adding(days: $0) }) {
      let holiday = openings.closure(on: day).map { words($0) }
      guard let reason = holiday ?? stops[day]?.text(words, in: zone) else { continue }
      let isClosed = holiday != nil || stops[day]?.hours.isEmpty ?? false
      if let last = runs.last, last.reason == reason, follows(day, last.last, acrossClosedDays: isClosed) {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day, reason))
      }
    }
    return runs.map { (words.longDates(from: $0.first, to: $0.last), $0.reason) }
  }

  /// Whether nothing lies between the days: of closed ones, nothing but days on which the office is closed in any week.
  private func follows(_ day: CivilDate, _ last: CivilDate, acrossClosedDays: Bool) -> Bool {
    var between = last.adding(days: 1)
    while between < day {
      guard acrossClosedDays, openings.openingTimes(on: between).isEmpty else { return false }
      between = between.adding(days: 1)
    }
    return true
  }

  // MARK: Today

  private func sentence(
    _ today: CivilDate, _ time: CivilTime, _ stops: [CivilDate: PlannedClosure], _ words: Words
  ) -> String {
    let office = office()
    if let office, office.isStopped {
      return "\(office.title(words, in: zone, isOffice: true)) \(office.text(words, in: zone, isOffice: true))"
    }
    let planned = openings.openingTimes(on: today)
    let isOver = office?.isClosedForToday ?? false
    let spans = isOver ? [] : (stops[today]?.hours ?? planned).ending(at: office?.closesAt)
    if spans.contains(where: { $0.from <= time && time < $0.to }) {
      // The calendar's reason is that of its own hours.
      let occasion = spans == planned ? openings.occasion(on: today).map { words($0) } : nil
      guard let reason = stops[today]?.reason.text(words) ?? occasion else {
        return words("office.today", ["times": spans.text(words, in: zone)])
      }
      return words("office.today-special", ["times": spans.text(words, in: zone), "reason": reason])
    }
    if let later = spans.first(where: { time < $0.from }) {
      return "\(words("office.closed-now")) \(words("office.opens-today", ["time": words.time(later.from, in: zone)]))"
    }
    return [closed(today, isOver: !planned.isEmpty, words), next(after: today, stops, words)].compactMap { $0 }
      .joined(separator: " ")
  }

  private func closed(_ today: CivilDate, isOver: Bool, _ words: Words) -> String {
    if isOver { return words("office.closed-now") }
    guard let reason = openings.closure(on: today) else { return words("office.closed-today") }
    return words("office.closed-for", ["reason": words(reason)])
  }

  private func next(
    after today: CivilDate, _ stops: [CivilDate: PlannedClosure], _ words: Words
  ) -> String? {
    for ahead in 1...Self.openingDayCount {
      let day = today.adding(days: ahead)
      if let span = (stops[day]?.hours ?? openings.openingTimes(on: day)).first {
        return words("office.opens", ["day": words.longDate(day), "time": words.time(span.from, in: zone)])
      }
    }
    return nil
  }

  // MARK: The week

  /// Days after each other that have the same hours stand in one line.
  private func week(from today: CivilDate, _ words: Words) -> [(days: String, hours: String)] {
    let monday = today.adding(days: 1 - today.weekday)
    var runs: [(first: Int, last: Int, spans: [OpeningSpan])] = []
    for weekday in 1...7 {
      let spans = usual(monday.adding(days: weekday - 1))
      if let last = runs.last, last.spans == spans {
        runs[runs.count - 1].last = weekday
      } else {
        runs.append((weekday, weekday, spans))
      }
    }
    return runs.map { run in
      let first = words(MessageKey("calendar.weekday", named: String(run.first)))
      let last = words(MessageKey("calendar.weekday", named: String(run.last)))
      return (
        run.first == run.last ? first : words("office.days", ["from": first, "to": last]),
        run.spans.isEmpty ? words("office.closed") : run.spans.text(words, in: zone)
      )
    }
  }

  private func usual(_ day: CivilDate) -> [OpeningSpan] {
    let all = (0..<Self.weekCount).map { openings.openingTimes(on: day.adding(days: 7 * $0)) }
    return all.max { one, other in all.count { $0 == one } < all.count { $0 == other } } ?? []
  }
}
