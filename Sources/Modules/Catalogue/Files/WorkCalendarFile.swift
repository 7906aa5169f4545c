internal import Contracts
internal import Core

/// `calendar.json5`: opening hours, national holidays, collective leave, and closures and openings of this office.
struct WorkCalendarFile: Decodable {
  let calendar: WorkCalendar

  enum Keys: String, CodingKey, CaseIterable { case openingHours, years, closures, exceptions }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let week = try file.value(.openingHours, as: WeekEntry.self)
    let years = try file.list(.years, of: YearEntry.self, entryCount: 1...20)
    try file.refuseRepeats(in: .years, names: years.map(\.year), member: "year")
    let closures = try file.list(.closures, of: DayEntry.self, entryCount: 0...366)
    try file.refuseRepeats(in: .closures, names: closures.map(\.date), member: "date")
    let exceptions = try file.list(.exceptions, of: ExceptionEntry.self, entryCount: 0...366)
    try file.refuseRepeats(in: .exceptions, names: exceptions.map(\.date), member: "date")
    if let both = exceptions.firstIndex(where: { entry in closures.contains { $0.date == entry.date } }) {
      throw file.refusal(
        .exceptions, [.entry(both), "date"], what: "\(exceptions[both].date) is also among the closures",
        mend: "Keep the day in one of the two lists.")
    }
    let daysOff = (years.flatMap(\.daysOff) + closures).map { ($0.date, $0.name) }
    calendar = WorkCalendar(
      spansByWeekday: week.spans, daysOff: Dictionary(daysOff, uniquingKeysWith: { holiday, _ in holiday }),
      exceptions: Dictionary(exceptions.map { ($0.date, $0.exception) }, uniquingKeysWith: { first, _ in first }),
      lastKnownYear: years.map(\.year).max())
  }

  /// A day on which the office is closed, and why.
  struct DayEntry: Decodable {
    let date: CivilDate
    let name: LocalizedText

    enum Keys: String, CodingKey, CaseIterable { case date, name }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      date = try file.date(.date)
      name = try file.value(.name)
    }
  }

  /// A year's holidays as one joint decree (SKB) sets them.
  struct YearEntry: Decodable {
    let year: Int
    let daysOff: [DayEntry]

    enum Keys: String, CodingKey, CaseIterable { case year, legalBasis, holidays, collectiveLeave }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let year = try file.number(.year, in: 2020...2100)
      _ = try file.text(.legalBasis)
      let holidays = try file.list(.holidays, of: DayEntry.self, entryCount: 1...60)
      let leave = try file.list(.collectiveLeave, of: DayEntry.self, entryCount: 0...60)
      for (key, days) in [(Keys.holidays, holidays), (.collectiveLeave, leave)] {
        try file.refuseRepeats(in: key, names: days.map(\.date), member: "date")
        if let stray = days.firstIndex(where: { $0.date.year != year }) {
          throw file.refusal(
            key, [.entry(stray), "date"], what: "\(days[stray].date) is not in \(year)",
            mend: "Correct the day, or move it to its own year.")
        }
      }
      self.year = year
      daysOff = holidays + leave
    }
  }
}

extension WorkCalendarFile {
  /// The opening hours of a week; a day that is left out is closed.
  private struct WeekEntry: Decodable {
    /// The opening hours by weekday, 1 for Monday.
    let spans: [Int: [OpeningSpan]]

    enum Keys: String, CodingKey, CaseIterable { case monday, tuesday, wednesday, thursday, friday, saturday, sunday }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      var spans: [Int: [OpeningSpan]] = [:]
      for (place, day) in Keys.allCases.enumerated() {
        let entries = try file.list(day, of: SpanEntry.self, entryCount: SpanEntry.countBounds).map(\.span)
        if let (later, what) = SpanEntry.disorder(in: entries) {
          throw file.refusal(day, [.entry(later), "from"], what: what, mend: SpanEntry.order)
        }
        spans[place + 1] = entries
      }
      guard spans.values.contains(where: { !$0.isEmpty }) else {
        throw file.refusal(
          what: "the office is open on no day", mend: "Write monday: [ { from: \"08:00\", to: \"12:00\" }, … ].")
      }
      self.spans = spans
    }
  }

  /// A day with hours of its own, on any weekday and even on a holiday, and why.
  struct ExceptionEntry: Decodable {
    let date: CivilDate
    let exception: WorkCalendar.Exception

    enum Keys: String, CodingKey, CaseIterable { case date, name, open }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      date = try file.date(.date)
      let spans = try file.list(.open, of: SpanEntry.self, entryCount: SpanEntry.countBounds).map(\.span)
      guard !spans.isEmpty else {
        throw file.refusal(
          .open, what: "the office would be closed on this day",
          mend: "Write open: [{ from: \"08:00\", to: \"12:00\" }], or move the day to closures.")
      }
      if let (later, what) = SpanEntry.disorder(in: spans) {
        throw file.refusal(.open, [.entry(later), "from"], what: what, mend: SpanEntry.order)
      }
      exception = try WorkCalendar.Exception(name: file.value(.name), spans: spans)
    }
  }

  private struct SpanEntry: Decodable {
    /// Shorter than any visit: a slip of the keys.
    private static var minuteCountMin: Int { 15 }
    /// Six stretches leave room for five breaks.
    static let countBounds = 0...6
    static let order = "Write the stretches of a day in order, without overlap."

    let span: OpeningSpan

    enum Keys: String, CodingKey, CaseIterable { case from, to }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      // The end of the day is no time of day, but a stretch may last until then.
      let end = try file.text(.to) == "24:00" ? CivilTime(minuteOfDay: 1440) : file.time(.to)
      span = try OpeningSpan(from: file.time(.from), to: end)
      guard span.from < span.to else {
        throw file.refusal(
          .to, what: "\(span.to) is not after \(span.from)", mend: "Write a time later on the same day.")
      }
      guard span.to.minuteOfDay - span.from.minuteOfDay >= Self.minuteCountMin else {
        throw file.refusal(
          .to, what: "from \(span.from) to \(span.to) nobody can be served",
          mend: "Write a time at least \(Self.minuteCountMin) minutes later.")
      }
    }

    /// The first stretch that begins before the end of the one above it, counted from 0, and what is wrong with it.
    static func disorder(in spans: [OpeningSpan]) -> (later: Int, what: String)? {
      for (later, pair) in zip(spans, spans.dropFirst()).enumerated() where pair.1.from < pair.0.to {
        return (later + 1, "\(pair.1.from) lies before the end of the stretch above it")
      }
      return nil
    }
  }
}
