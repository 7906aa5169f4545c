import Contracts
import Core
import HTML
import Web

/// A report on the screen and on paper: figures, plots with their tables beside them, and the table of groups.
struct ReportView {
  let report: HallReport
  let names: ReportNames
  let form: ReportForm

  private var words: Words { names.words }
  private var question: ReportQuestion { report.question }

  @NodeBuilder var node: Node {
    pageHeading(words("report.title"), lead: question.period.name(words)) {
      p(.class("screen-only")) { words("report.lead") }
    }
    form.node
    figures
    if report.total.arrivals == 0 && report.rows.isEmpty {
      p(.class("empty")) { words("report.empty") }
    } else {
      card(title: groupsTitle) {
        form.grouping
        groups
        downloads(.groups, groupsTitle)
      }
      arrivals
      waits
      load
    }
    appointments
    outOfOrder
    p(.class("muted")) { words("report.method") }
  }

  private var grouping: String { words(MessageKey("report.grouping", named: question.grouping.rawValue)) }
  private var groupsTitle: String { words("report.groups.title", ["grouping": grouping.lowercased()]) }

  private var figures: Node {
    let total = report.total
    return tiles([
      question.countsArrivals ? figureTile(String(total.arrivals), words("report.column.arrivals")) : .empty,
      figureTile(String(total.finished), words("report.column.finished")),
      figureTile(names.minutes(total.waits.median), words("report.figure.wait")),
      figureTile(names.minutes(total.services.median), words("report.figure.service")),
      figureTile(
        total.keptPercent.map { words("report.percent", ["percent": String($0)]) } ?? words("report.none"),
        words("report.figure.kept")),
      figureTile(String(total.noShows), words("report.column.no-shows")),
      figureTile(String(total.abandoned), words("report.column.abandoned")),
    ])
  }

  private var groups: Node { groups(ReportNames.Column.all(question)) }

  private func groups(_ columns: [ReportNames.Column]) -> Node {
    dataTable(
      caption: groupsTitle, columns: [grouping] + columns.map(names.column),
      numeric: Set(1...columns.count),
      rows: report.rows.map { row in
        [.text(names.group(row.group))] + names.values(columns, of: row.tally).map { .text($0) }
      })
  }

  @NodeBuilder private var arrivals: Node {
    let hours = report.hours.filter { _ in report.total.arrivals > 0 }
    if !hours.isEmpty { arrivals(by: hours) }
  }

  private func arrivals(by hours: [Int]) -> Node {
    beside(
      words("report.arrivals.title"), file: .hours,
      plot: Plot(
        id: "plot-arrivals", title: words("report.arrivals.title"), description: words("report.arrivals.description")
      ).bars(
        hours.map {
          Plot.Bar(
            label: names.hour($0), value: Double(report.arrivalsByHour[$0]), shown: String(report.arrivalsByHour[$0]))
        }),
      table: dataTable(
        caption: words("report.arrivals.title"), columns: [words("report.hour"), words("report.column.arrivals")],
        numeric: [1], isCompact: true,
        rows: hours.map { [.text(span($0)), .text(String(report.arrivalsByHour[$0]))] }))
  }

  @NodeBuilder private var waits: Node {
    let hours = report.hours.filter { report.waitsByHour[$0].count > 0 }
    if !hours.isEmpty {
      beside(
        words("report.waits.title"), file: nil,
        plot: Plot(id: "plot-waits", title: words("report.waits.title"), description: words("report.waits.description"))
          .bars(
            hours.map { hour in
              let waits = report.waitsByHour[hour]
              return Plot.Bar(
                label: names.hour(hour), value: waits.median ?? 0, shown: names.minutes(waits.median),
                outline: (waits.ninetieth ?? 0, names.minutes(waits.ninetieth)))
            }),
        table: dataTable(
          caption: words("report.waits.title"),
          columns: [words("report.hour"), words("report.column.wait-median"), words("report.column.wait-p90")],
          numeric: [1, 2], isCompact: true,
          rows: hours.map { hour in
            [
              .text(span(hour)), .text(names.minutes(report.waitsByHour[hour].median)),
              .text(names.minutes(report.waitsByHour[hour].ninetieth)),
            ]
          }))
    }
  }

  @NodeBuilder private var load: Node {
    let hours = report.hours.filter { report.arrivalsByHour[$0] > 0 }
    let weekdays = (0..<7).filter { report.load[$0].contains { $0 > 0 } }
    if !hours.isEmpty {
      beside(
        words("report.load.title"), file: .load,
        plot: Plot(id: "plot-load", title: words("report.load.title"), description: words("report.load.description"))
          .heat(
            rows: weekdays.map(names.weekday), columns: hours.map(names.hour),
            values: weekdays.map { day in hours.map { report.load[day][$0] } }),
        table: dataTable(
          caption: words("report.load.title"), columns: [words("report.weekday")] + hours.map(names.hour),
          numeric: Set(1...hours.count),
          rows: weekdays.map { day in
            [.text(names.weekday(day))] + hours.map { .text(String(report.load[day][$0])) }
          }))
    }
  }

  @NodeBuilder private var appointments: Node {
    let use = report.appointments
    if use.offered > 0 {
      card(title: words("report.appointments.title")) {
        summaryList([
          SummaryRow(words("report.appointments.offered"), String(use.offered)),
          SummaryRow(words("report.appointments.booked"), String(use.booked)),
          SummaryRow(words("report.appointments.came"), String(use.came)),
        ])
      }
    }
  }

  /// The people who were called before their turn, and why: what officers decided by themselves stays to be seen.
  private var outOfOrder: Node {
    card(title: words("queue.hall.out-of-order")) {
      dataTable(
        caption: words("queue.hall.out-of-order"),
        columns: ["when", "number", "counter", "officer", "reason"].map {
          words(MessageKey("report.out-of-order", named: $0))
        }, numeric: [2],
        rows: report.outOfOrder.map { call in
          [
            .text(names.moment(call.at)), fragment { strong(.untranslated) { call.number } },
            .text(String(call.counter)), .text(names.group(.officer(call.officer))), .text(call.reason ?? ""),
          ]
        }, empty: words("report.out-of-order.none"))
      if !report.outOfOrder.isEmpty { downloads(.outOfOrder, words("queue.hall.out-of-order")) }
    }
  }

  private func span(_ hour: Int) -> String {
    let (from, to) = (names.twoDigits(hour), names.twoDigits(hour + 1))
    return words("report.hour-span", ["from": from, "to": to])
  }

  private func beside(_ title: String, file: ReportFile.Table?, plot: Node, table: Node) -> Node {
    card(title: title, class: "report-part") {
      columns(isEven: true) {
        plot
      } aside: {
        table
      }
      if let file { downloads(file, title) }
    }
  }

  /// The downloads, for people first, then for programs. Each names its table, for readers who hear links only.
  private func downloads(_ table: ReportFile.Table, _ title: String) -> Node {
    p(.class("screen-only in-line")) {
      download(table, as: "xlsx", words("report.download.xlsx"), of: title)
      " "
      download(table, as: "csv", words("report.download.csv"), of: title)
    }
  }

  private func download(_ table: ReportFile.Table, as type: String, _ label: String, of title: String) -> Node {
    let address: Link = type == "csv" ? "/petugas/laporan.csv" : "/petugas/laporan.xlsx"
    return a(
      .href(question.asked(at: address).adding("tabel", table.rawValue)), .download("laporan-\(table.rawValue).\(type)")
    ) {
      label
      HTML.span(.class("unseen")) { ": \(title)" }
    }
  }
}
