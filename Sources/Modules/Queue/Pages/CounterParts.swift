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
  let file: CaseFile
  let words: Words

  var node: Node {
    card(title: words("queue.console.case", ["number": file.summary.number.printed])) {
      for finding in file.findings { notice(.warning, title: words(finding)) }
      summaryList(file.lines.map { SummaryRow(words($0.label), words($0)) })
    }
  }
}

/// Who waits for this counter: numbers and services only, so that nobody picks easy cases by name.
struct LineView {
  let lines: [CounterWork.Waiting]
  let now: Instant
  let words: Words

  /// More than a screen of numbers helps nobody.
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
