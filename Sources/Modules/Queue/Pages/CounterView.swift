import Contracts
import Core
import HTML
import Web

/// One counter at work: who is in hand with needs and case, what to do next, and who waits.
struct CounterView {
  let counter: Office.Counter
  let work: CounterWork
  let context: PageContext
  let problem: Problem?

  private var words: Words { context.words }
  private var path: Link { "/petugas/loket/\(String(counter.number))" }

  @NodeBuilder var node: Node {
    pageHeading(words("queue.counter", ["counter": String(counter.number)]))
    if let problem { notice(.warning, title: problem.title(words), isNews: true) { p { problem.mend(words) } } }
    if work.nobodyWaits, work.hand == nil { notice(.info, title: words("queue.console.nobody"), isNews: true) }
    div(.class("columns")) {
      div {
        if let hand = work.hand { inHand(hand) } else { free }
      }
      liveRegion("antrean", events: "/petugas/loket/peristiwa") {
        LineView(lines: work.lines, now: context.now, words: words).node
      }
    }
  }

  private var free: Node {
    card(title: words("queue.console.free")) {
      p { words("queue.console.free-text") }
      div(.class("actions")) {
        actionButton(
          context, to: "\(path)/panggil", label: words("queue.console.call"), style: .primary, icon: .bell,
          key: "P")
      }
    }
  }

  @NodeBuilder private func inHand(_ hand: CounterWork.Hand) -> Node {
    card {
      ticketNumber(
        hand.ticket.number, label: words(MessageKey("queue.state", named: hand.ticket.state.rawValue)),
        at: words(hand.serviceName))
      if hand.ticket.calls > 1 {
        p(.class("muted")) { words("queue.console.calls", ["count": String(hand.ticket.calls)]) }
      }
      NeedsView(needs: hand.needs, isPriority: hand.ticket.isPriority, words: words).node
      div(.class("actions")) {
        for action in TicketLife.actions(in: hand.ticket.state).filter({ $0.isOneKey }) {
          actionButton(
            context, to: "\(path)/\(action.rawValue)",
            label: words(MessageKey("queue.action", named: action.rawValue)), style: action.style,
            fields: ["tiket": hand.ticket.id.description], key: action.key)
        }
      }
    }
    if let file = hand.file { CaseView(file: file, words: words).node } else { walkIn }
  }

  private var walkIn: Node {
    notice(.info, title: words("queue.console.walk-in")) { p { words("queue.console.walk-in-text") } }
  }
}

extension TicketAction {
  /// Whether the counter does it with one key and nothing more to say.
  var isOneKey: Bool { key != nil }

  /// The key that does it; shown on its button.
  var key: Character? {
    switch self {
    case .recall: "U"
    case .start: "M"
    case .finish: "S"
    case .noShow: "T"
    case .giveBack: "K"
    default: nil
    }
  }

  var style: ButtonStyle {
    switch self {
    case .start, .finish: .primary
    case .noShow: .danger
    default: .secondary
    }
  }
}

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
    card(title: words("queue.console.case", ["number": file.summary.number.description])) {
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
            .text(String((now - line.since).milliseconds / 60_000)),
          ]
        },
        empty: words("queue.console.nobody"))
    }
  }
}
