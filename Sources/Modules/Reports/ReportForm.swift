import Contracts
import Core
import HTML
import Web

/// How a supervisor says what the report is about. Asking changes nothing, so it is done with GET.
struct ReportForm {
  let question: ReportQuestion
  let today: CivilDate
  let office: Office
  let services: [(code: ServiceCode, name: String)]
  let officers: [OfficerID: String]
  let words: Words

  private static let id = "report-question"

  var node: Node {
    HTML.form(.id(Self.id), .method(.get), .action("/petugas/laporan"), .class("report-form screen-only")) {
      select(
        "jangka", words("report.ask.length"), question.period.length.rawValue,
        ReportPeriod.Length.allCases.map { ($0.rawValue, words(MessageKey("report.length", named: $0.rawValue))) })
      div(.class("field")) {
        label(.for("r-tanggal")) { words("report.ask.date") }
        input(.type(.date), .id("r-tanggal"), .name("tanggal"), .value(question.period.first.description))
      }
      filter(
        "layanan", words("report.grouping.layanan"), question.service?.rawValue,
        services.map { ($0.code.rawValue, $0.name) })
      filter(
        "loket", words("report.grouping.loket"), question.counter.map(String.init),
        office.counters.map { (String($0.number), words("queue.counter", ["counter": String($0.number)])) })
      filter(
        "petugas", words("report.grouping.petugas"), question.officer?.description,
        officers.sorted { $0.value < $1.value }.map { ($0.key.description, $0.value) })
      filter(
        "saluran", words("report.grouping.saluran"), question.channel?.rawValue,
        Channel.allCases.map { ($0.rawValue, words(MessageKey("report.channel", named: $0.rawValue))) })
      filter(
        "prioritas", words("report.grouping.prioritas"), question.isPriority.map { $0 ? "ya" : "tidak" },
        [("ya", words("report.priority.yes")), ("tidak", words("report.priority.no"))])
      div(.class("actions")) {
        button(.button(.submit), .class("button primary")) { words("report.ask.show") }
        linkButton(words("report.ask.previous"), to: question.during(question.period.previous).asked(at: here))
        if question.period.last < today {
          linkButton(words("report.ask.next"), to: question.during(question.period.next).asked(at: here))
        }
        button(.button(.button), .class("button secondary"), .data("print", "")) {
          Icon.printer.node
          words("report.ask.print")
        }
      }
    }
  }

  /// The question by what the rows of the table are put together: a part of the form that stands with that table.
  var grouping: Node {
    div(.class("report-form screen-only")) {
      select(
        "menurut", words("report.ask.grouping"), question.grouping.rawValue,
        ReportQuestion.Grouping.allCases.map {
          ($0.rawValue, words(MessageKey("report.grouping", named: $0.rawValue)))
        }, of: Self.id)
      div(.class("field")) {
        button(.button(.submit), .class("button secondary"), .form(Self.id)) { words("report.ask.arrange") }
      }
    }
  }

  private let here: Link = "/petugas/laporan"

  private func filter(_ name: String, _ label: String, _ chosen: String?, _ options: [(String, String)]) -> Node {
    select(name, label, chosen ?? "", [("", words("report.ask.all"))] + options)
  }

  private func select(
    _ name: String, _ text: String, _ chosen: String, _ options: [(String, String)], of form: String? = nil
  ) -> Node {
    div(.class("field")) {
      label(.for("r-\(name)")) { text }
      HTML.select(.id("r-\(name)"), .name(name), form.map { .form($0) }) {
        for (value, shown) in options {
          option(.value(value), value == chosen ? .selected() : nil) { shown }
        }
      }
    }
  }

  init(
    question: ReportQuestion, today: CivilDate, office: Office, services: [(code: ServiceCode, name: String)],
    officers: [OfficerID: String], words: Words
  ) {
    self.question = question
    self.today = today
    self.office = office
    self.services = services
    self.officers = officers
    self.words = words
  }
}
