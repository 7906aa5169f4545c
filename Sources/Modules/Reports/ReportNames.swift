import Contracts
import Core
import Spreadsheet

/// The words of a report: groups, columns and numbers as they are read.
struct ReportNames {
  /// The columns of the table of groups, after the group itself.
  enum Column: String, CaseIterable {
    case arrivals, finished
    case waitMedian = "wait-median"
    case waitNinetieth = "wait-p90"
    case serviceMedian = "service-median"
    case serviceNinetieth = "service-p90"
    case noShows = "no-shows"
    case transfers, holds, abandoned, kept

    /// The columns that a question has an answer to: people do not arrive at a counter or with an officer.
    static func all(_ question: ReportQuestion) -> [Column] {
      allCases.filter { $0 != .arrivals || question.countsArrivals }
    }
  }

  let words: Words
  let services: [ServiceCode: String]
  let officers: [OfficerID: String]
  let zone: OfficeZone

  func group(_ group: HallReport.Group) -> String {
    switch group {
    case .day(let day): words.longDate(day)
    case .service(let code): services[ServiceCode(code)] ?? code
    case .counter(let number): words("queue.counter", ["counter": String(number)])
    case .officer(let id): officers[id] ?? words("report.officer-unknown", ["number": id.description])
    case .channel(let channel): words(MessageKey("report.channel", named: channel))
    case .priority(let isPriority): words(isPriority ? "report.priority.yes" : "report.priority.no")
    }
  }

  func column(_ column: Column) -> String { words(MessageKey("report.column", named: column.rawValue)) }

  /// The values as they are shown on the page, with the reader's decimal sign.
  func values(_ columns: [Column], of tally: Tally) -> [String] {
    // Once for all columns: they are counted out of all the group's visits.
    let (waits, services) = (tally.waits, tally.services)
    return columns.map { value($0, of: tally, waits: waits, services: services) }
  }

  private func value(_ column: Column, of tally: Tally, waits: Distribution, services: Distribution) -> String {
    switch column {
    case .waitMedian: minutes(waits.median)
    case .waitNinetieth: minutes(waits.ninetieth)
    case .serviceMedian: minutes(services.median)
    case .serviceNinetieth: minutes(services.ninetieth)
    case .kept: tally.keptPercent.map { words("report.percent", ["percent": String($0)]) } ?? words("report.none")
    case .arrivals: String(tally.arrivals)
    case .finished: String(tally.finished)
    case .noShows: String(tally.noShows)
    case .transfers: String(tally.transfers)
    case .holds: String(tally.holds)
    case .abandoned: String(tally.abandoned)
    }
  }

  /// The values as they stand in a file: typed, and nothing where there is nothing.
  func cells(_ columns: [Column], of tally: Tally) -> [Worksheet.Value] {
    let (waits, services) = (tally.waits, tally.services)
    return columns.map { cell($0, of: tally, waits: waits, services: services) }
  }

  private func cell(
    _ column: Column, of tally: Tally, waits: Distribution, services: Distribution
  ) -> Worksheet.Value {
    switch column {
    case .arrivals: .count(tally.arrivals)
    case .finished: .count(tally.finished)
    case .waitMedian: .minutes(waits.median)
    case .waitNinetieth: .minutes(waits.ninetieth)
    case .serviceMedian: .minutes(services.median)
    case .serviceNinetieth: .minutes(services.ninetieth)
    case .noShows: .count(tally.noShows)
    case .transfers: .count(tally.transfers)
    case .holds: .count(tally.holds)
    case .abandoned: .count(tally.abandoned)
    case .kept: tally.keptPercent.map { .percent($0) } ?? .empty
    }
  }

  /// Minutes with one decimal in the reader's language.
  func minutes(_ minutes: Double?) -> String {
    guard let minutes else { return words("report.none") }
    let tenths = Int((minutes * 10).rounded())
    return words("report.minutes", ["whole": String(tenths / 10), "tenth": String(tenths % 10)])
  }

  /// Day and time of the office.
  func moment(_ instant: Instant) -> String {
    words.moment(instant, in: zone)
  }

  func hour(_ hour: Int) -> String { String(hour) }

  /// `09`, as hours stand in times.
  func twoDigits(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : String(hour) }

  func weekday(_ index: Int) -> String { words(MessageKey("calendar.weekday", named: String(index + 1))) }
}
