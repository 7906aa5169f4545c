public import HTML

/// One line of a summary: what it is and its value, perhaps with a link to change it.
public struct SummaryRow: Sendable {
  let label: String
  let value: Node
  let change: (label: String, link: Link)?

  /// A line whose value is text, escaped when it is rendered.
  ///
  /// - Parameter change: where the value can be changed, and what that link is called.
  public init(_ label: String, _ value: String, change: (label: String, link: Link)? = nil) {
    self.init(label, node: .text(value), change: change)
  }

  /// A line whose value is markup: a link, a time, several lines.
  ///
  /// - Parameter change: where the value can be changed, and what that link is called.
  public init(_ label: String, node value: Node, change: (label: String, link: Link)? = nil) {
    self.label = label
    self.value = value
    self.change = change
  }
}

/// Names and values below each other: what was sent, a receipt, a case.
///
/// Use it for the facts of one thing; not for several things with the same facts, which are a `dataTable`.
public func summaryList(_ rows: [SummaryRow]) -> Node {
  dl(.class("summary")) {
    for row in rows {
      div {
        dt { row.label }
        dd {
          row.value
          if let change = row.change {
            a(.href(change.link), .class("change")) {
              change.label
              span(.class("unseen")) { " \(row.label)" }
            }
          }
        }
      }
    }
  }
}

/// One stage of a timeline.
public struct TimelineStep: Sendable {
  /// Whether a stage lies behind, is the present one, lies ahead, or is where the case ended.
  public enum State: String, Sendable { case done, current, ahead, stopped }

  let title: String
  let state: State
  let stateWord: String
  let when: String?
  let text: String?

  /// - Parameters:
  ///   - stateWord: the state in the reader's language ("selesai"), so that it is not said by the mark alone.
  ///   - when: the date, as it is shown.
  public init(_ title: String, _ state: State, stateWord: String, when: String? = nil, text: String? = nil) {
    self.title = title
    self.state = state
    self.stateWord = stateWord
    self.when = when
    self.text = text
  }
}

/// The stages of a case in order, with where it stands.
///
/// Use it where time or an office moves on by itself; not for what the reader fills in page by page, which is a
/// `stepList`.
public func timeline(_ steps: [TimelineStep]) -> Node {
  ol(.class("timeline")) {
    for step in steps {
      li(.class(step.state.rawValue), .aria("current", step.state == .current ? "step" : nil)) {
        span(.class("mark"), .aria("hidden", "true")) {
          if step.state == .done { Icon.check.node }
          if step.state == .stopped { Icon.error.node }
        }
        div {
          p(.class("step-title")) {
            strong { step.title }
            " "
            span(.class("step-state")) { step.stateWord }
          }
          if let when = step.when { p(.class("muted")) { when } }
          if let text = step.text { p { text } }
        }
      }
    }
  }
}

/// Where the reader is in a task of several pages: "Langkah 2 dari 4: Data diri".
///
/// Use it above each page of a task; not for one of a single page, and not as a menu: its steps are no links.
///
/// - Parameter current: counted from 1.
public func stepList(_ labels: [String], current: Int, announced: String) -> Node {
  div(.class("steps")) {
    p(.class("eyebrow")) { announced }
    ol(.aria("hidden", "true")) {
      for (place, label) in labels.enumerated() {
        li(.class(place + 1 < current ? "done" : place + 1 == current ? "current" : nil)) { span { label } }
      }
    }
  }
}
