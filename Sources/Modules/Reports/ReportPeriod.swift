import Core

/// A day, a week from Monday, or a month.
struct ReportPeriod: Sendable, Equatable {
  enum Length: String, Sendable, CaseIterable {
    case day = "hari"
    case week = "minggu"
    case month = "bulan"
  }

  let length: Length
  let first: CivilDate
  let last: CivilDate

  /// The period of that length around a day.
  init(_ length: Length, around day: CivilDate) {
    self.length = length
    switch length {
    case .day: (first, last) = (day, day)
    case .week:
      first = day.adding(days: 1 - day.weekday)
      last = first.adding(days: 6)
    case .month:
      first = day.adding(days: 1 - day.day)
      // Any month's first day and 31 more days lie in the next one or on its second or later day.
      let beyond = first.adding(days: 31)
      last = beyond.adding(days: -beyond.day)
    // A month of 31 days: `beyond` is the next one's first day.
    }
  }

  var previous: ReportPeriod { ReportPeriod(length, around: first.adding(days: -1)) }
  var next: ReportPeriod { ReportPeriod(length, around: last.adding(days: 1)) }

  var days: [CivilDate] { (0...(last.dayNumber - first.dayNumber)).map { first.adding(days: $0) } }

  func name(_ words: Words) -> String {
    first == last
      ? words.longDate(first) : words("report.period.range", ["from": words.date(first), "to": words.date(last)])
  }
}
