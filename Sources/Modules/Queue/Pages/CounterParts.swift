import Contracts
import Core
import HTML
import Web

/// What the person in hand said they need.
struct NeedsView {
  let needs: Needs
  let isPriority: Bool
  let words: Words

  @NodeBuilder var node: Node {
    if isPriority || !needs.isEmpty {
      p(.class("tags")) {
        if let group = needs.priority {
          tag(words(MessageKey("need.priority", named: group.rawValue)), .success)
        } else if isPriority {
          tag(words("queue.priority"), .success)
        }
        for assistance in needs.assistance.sorted(by: { $0.rawValue < $1.rawValue }) {
          tag(words(MessageKey("need.assistance", named: assistance.rawValue)), .info)
        }
      }
    }
  }
}

/// The application of the person in hand.
struct CaseView {
  /// Where a case is looked up with its documents; each opening is recorded there.
  private static let page: Link = "/petugas/permohonan"

  let file: CaseFile
  /// The counter at which it is opened.
  let counter: Int
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    card(title: words("queue.console.case", ["number": file.summary.number.printed])) {
      for finding in file.findings { notice(.warning, title: words(finding)) }
      summaryList(file.lines.map { SummaryRow(words($0.label), words($0)) })
      if context.leads(to: Self.page) { opener }
    }
  }

  /// Opening is recorded, so it is sent as a form; the counter's number leads back from there.
  private var opener: Node {
    form(.method(.post), .action(Self.page), .class("action")) {
      hiddenFields(context, submission: nil)
      input(.type(.hidden), .name("nomor"), .value(file.summary.number.description))
      input(.type(.hidden), .name("loket"), .value(String(counter)))
      // A page anew: this one may not show documents.
      button(.button(.submit), .class("button \(ButtonStyle.quiet.rawValue)"), .formaction(Self.page)) {
        Icon.eye.node
        words("queue.console.documents")
      }
    }
  }
}

/// The line of this counter: numbers and services only, so that easy cases are not picked by name.
struct LineView {
  let lines: [CounterWork.Waiting]
  let now: Instant
  let words: Words

  /// More than a screen of numbers is of no help.
  private static let shownCountMax = 12

  var node: Node {
    card(title: words("queue.console.waiting", ["count": String(lines.count)])) {
      dataTable(
        caption: words("queue.console.line"),
        columns: [words("queue.console.number"), words("queue.console.service"), words("queue.console.minutes")],
        numeric: [2],
        rows: lines.prefix(Self.shownCountMax).map { line in
          [
            fragment {
              strong { line.number }
              if line.isPriority {
                " "
                tag(words("queue.priority"), .success)
              }
            },
            .text(words(line.serviceName)),
            .text(String(max(0, (now - line.since).milliseconds / 60_000))),
          ]
        },
        empty: words("queue.console.nobody"))
    }
  }
}

/// Above the counter: what was refused, and the way on. What is said beside a field is not said twice.
struct RefusalNotice {
  let refusal: CounterRefusal?
  /// Whether the panel that was sent is on the page.
  let isShownBelow: Bool
  let words: Words

  @NodeBuilder var node: Node {
    if let refusal, !(refusal.isBesideAField && isShownBelow) {
      let problem = refusal.problem
      notice(.warning, title: problem.title(words), isNews: true) {
        p { problem.mend(words) }
        if problem.code == "queue.still-at-counter", let counter = problem.arguments["counter"] {
          p {
            a(.href("/petugas/loket/\(counter)"), .class("button secondary")) {
              words("queue.console.go-to", ["counter": counter])
            }
          }
        }
      }
    }
  }
}

/// A counter at which another officer sits: who, since when, and which number; nothing of the person, and no action but
/// to take it over.
struct TakenCounterView {
  let counter: Office.Counter
  let post: CounterPost
  let state: CounterHallState
  let loss: CounterWork.Loss?
  let number: String?
  /// Tickets that were called here: a tab of the officer who sat here before may still show their cases.
  let earlier: [TicketID]
  let refusal: CounterRefusal?
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    pageHeading(words("queue.counter", ["counter": String(counter.number)]))
    if refusal?.problem.code != "queue.others-counter" {
      RefusalNotice(refusal: refusal, isShownBelow: false, words: words).node
    }
    CounterBanner(state: state, context: context).node
    for ticket in Set(earlier) { div(.id(CounterView.caseID(ticket))) {} }
    // What only the officer who sits here could do.
    div(.id(CounterView.toolsID)) {}
    // The same part as that of a counter at work, so that its page turns into this one.
    liveRegion("tangan", events: "/petugas/loket/peristiwa") {
      CounterLossNotice(loss: loss, context: context).node
      card(title: words("queue.taken.title", ["officer": post.officerName ?? "–"])) {
        summaryList([
          SummaryRow(words("queue.hall.state"), node: PostView(post: post, words: words).state),
          SummaryRow(words("queue.hall.since"), words.time(post.since, in: context.zone)),
          SummaryRow(words("queue.console.number"), number ?? "–"),
        ])
        p { words(number == nil ? "queue.taken.text" : "queue.taken.text-hand") }
        div(.class("actions")) {
          actionButton(
            context, to: "/petugas/loket/\(String(counter.number))/ambil-alih", label: words("queue.taken.take-over"),
            style: .danger, icon: .counter, fields: ["dari": post.officer?.description ?? ""])
          linkButton(words("queue.taken.others"), to: "/petugas/loket", icon: .back)
        }
      }
    }
  }
}
