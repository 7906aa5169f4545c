import Contracts
import Core
import Spreadsheet

/// A report's tables as files: for people, who go on calculating, and for other programs.
struct ReportFile {
  /// The tables of a report, by their name in the address.
  enum Table: String, CaseIterable {
    case groups = "ringkasan"
    case hours = "jam"
    case load = "peta"
    case outOfOrder = "luar-urutan"
  }

  let report: HallReport
  let names: ReportNames

  /// One of the tables, typed.
  func worksheet(_ table: Table) -> Worksheet {
    let (columns, rows) =
      switch table {
      case .groups: groups
      case .hours: hours
      case .load: load
      case .outOfOrder: outOfOrder
      }
    return Worksheet(name: names.words(table.title), columns: columns, rows: rows)
  }

  private typealias Content = (columns: [String], rows: [[Worksheet.Value]])

  private var groups: Content {
    let columns = ReportNames.Column.all(report.question)
    let grouping = names.words(MessageKey("report.grouping", named: report.question.grouping.rawValue))
    return (
      [grouping] + columns.map(names.column),
      report.rows.map { row in [group(row.group)] + names.cells(columns, of: row.tally) }
    )
  }

  /// A day is a day, so that it can be sorted by; all else is its name.
  private func group(_ group: HallReport.Group) -> Worksheet.Value {
    if case .day(let day) = group { .date(day) } else { .text(names.group(group)) }
  }

  private var hours: Content {
    (
      [names.words("report.hour"), names.column(.arrivals), names.column(.waitMedian), names.column(.waitNinetieth)],
      report.hours.map { hour in
        [
          .count(hour), .count(report.arrivalsByHour[hour]), .minutes(report.waitsByHour[hour].median),
          .minutes(report.waitsByHour[hour].ninetieth),
        ]
      }
    )
  }

  private var outOfOrder: Content {
    (
      ["when", "number", "counter", "officer", "reason"].map {
        names.words(MessageKey("report.out-of-order", named: $0))
      },
      report.outOfOrder.map { call in
        [
          .moment(names.zone.date(of: call.at), names.zone.time(of: call.at)), .text(call.number), .count(call.counter),
          .text(names.group(.officer(call.officer))), .text(call.reason ?? ""),
        ]
      }
    )
  }

  private var load: Content {
    (
      [names.words("report.weekday")] + (0..<24).map(String.init),
      (0..<7).map { day in [.text(names.weekday(day))] + report.load[day].map { .count($0) } }
    )
  }
}

extension ReportFile.Table {
  /// What stands on the sheet's tab.
  fileprivate var title: MessageKey { MessageKey("report.sheet", named: rawValue) }
}
