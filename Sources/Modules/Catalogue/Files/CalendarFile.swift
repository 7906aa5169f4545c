internal import Contracts
internal import Core

/// `calendar.json5`: opening hours, national holidays, collective leave and closures of this office.
struct CalendarFile: Decodable {
  let calendar: WorkCalendar

  enum Keys: String, CodingKey, CaseIterable { case openingHours, years, closures }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let week = try file.value(.openingHours, as: WeekEntry.self)
    let years = try file.list(.years, of: YearEntry.self, entryCount: 1...20)
    try file.refuseRepeats(in: .years, names: years.map(\.year), member: "year")
    let closures = try file.list(.closures, of: DayEntry.self, entryCount: 0...366)
    try file.refuseRepeats(in: .closures, names: closures.map(\.date), member: "date")
    let daysOff = (years.flatMap(\.daysOff) + closures).map { ($0.date, $0.name) }
    calendar = WorkCalendar(
      spansByWeekday: week.spans, daysOff: Dictionary(daysOff, uniquingKeysWith: { holiday, _ in holiday }),
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

extension CalendarFile {
  /// The opening hours of a week; a day that is left out is closed.
  private struct WeekEntry: Decodable {
    /// By weekday, 1 for Monday.
    let spans: [Int: [OpeningSpan]]

    enum Keys: String, CodingKey, CaseIterable { case monday, tuesday, wednesday, thursday, friday, saturday, sunday }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      var spans: [Int: [OpeningSpan]] = [:]
      for (place, day) in Keys.allCases.enumerated() {
        // Six stretches leave room for five breaks.
        let entries = try file.list(day, of: SpanEntry.self, entryCount: 0...6).map(\.span)
        for (later, pair) in zip(entries, entries.dropFirst()).enumerated() where pair.1.from < pair.0.to {
          throw file.refusal(
            day, [.entry(later + 1), "from"], what: "\(pair.1.from) lies before the end of the stretch above it",
            mend: "Write the stretches of a day in order, without overlap.")
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

  private struct SpanEntry: Decodable {
    /// Shorter than any visit: a slip of the keys.
    private static var minuteCountMin: Int { 15 }
    let span: OpeningSpan

    enum Keys: String, CodingKey, CaseIterable { case from, to }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      span = try OpeningSpan(from: file.time(.from), to: file.time(.to))
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
  }
}
