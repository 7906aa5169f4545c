import Core

/// A report's tables for other programs; the first record names the columns.
struct ReportFile {
  let report: HallReport
  let names: ReportNames

  /// The records of one table; nil when there is none of that name.
  func records(_ table: String) -> [[String]]? {
    switch table {
    case "ringkasan": groups
    case "jam": hours
    case "peta": load
    case "luar-urutan": outOfOrder
    default: nil
    }
  }

  private var groups: [[String]] {
    let columns = ReportNames.Column.all(report.question)
    let grouping = names.words(MessageKey("report.grouping", named: report.question.grouping.rawValue))
    return [[grouping] + columns.map(names.column)]
      + report.rows.map { row in [names.group(row.group)] + columns.map { names.plain($0, of: row.tally) } }
  }

  private var hours: [[String]] {
    [
      [
        names.words("report.hour"), names.column(.arrivals), names.column(.waitMedian), names.column(.waitNinetieth),
      ]
    ]
      + report.hours.map { hour in
        [
          String(hour), String(report.arrivalsByHour[hour]), ReportNames.tenths(report.waitsByHour[hour].median),
          ReportNames.tenths(report.waitsByHour[hour].ninetieth),
        ]
      }
  }

  private var outOfOrder: [[String]] {
    [
      ["when", "number", "counter", "officer", "reason"].map {
        names.words(MessageKey("report.out-of-order", named: $0))
      }
    ]
      + report.outOfOrder.map { call in
        [
          names.moment(call.at), call.number, String(call.counter), names.group(.officer(call.officer)),
          call.reason ?? "",
        ]
      }
  }

  private var load: [[String]] {
    [[names.words("report.weekday")] + (0..<24).map(String.init)]
      + (0..<7).map { day in [names.weekday(day)] + report.load[day].map(String.init) }
  }
}
