import Contracts
import Core
import HTML
import Web

/// How long a person who takes a number now is likely to wait, by service.
struct WaitsView {
  struct Wait: Sendable, Equatable {
    let service: LocalizedText
    let availability: Availability
    let peopleWaiting: Int
    /// nil where no counter serves it now.
    let minutes: ClosedRange<Int>?
  }

  let waits: [Wait]
  let words: Words
  let zone: OfficeZone

  @NodeBuilder var node: Node {
    if !waits.isEmpty {
      card(title: words("queue.take.waits.title")) {
        dataTable(
          caption: words("queue.take.waits.title"),
          columns: [
            words("queue.take.waits.service"), words("queue.take.waits.people"), words("queue.take.waits.minutes"),
          ],
          numeric: [1, 2],
          rows: waits.map { wait in
            [
              .text(words(wait.service)), .text(String(wait.peopleWaiting)),
              minutes(wait),
            ]
          })
        p(.class("muted")) { words("queue.take.waits.note") }
      }
    }
  }

  /// The services that are stopped just now, above all that asks for a number; nothing where none is.
  @NodeBuilder var stopped: Node {
    let stopped = waits.filter(\.availability.isStopped)
    if !stopped.isEmpty {
      notice(.warning, title: words("queue.take.stopped")) {
        ul { for wait in stopped { li { "\(words(wait.service)) – \(wait.availability.text(words, in: zone))" } } }
      }
    }
  }

  private func minutes(_ wait: Wait) -> Node {
    guard wait.availability.takesNumbers else {
      return .text("\(wait.availability.title(words, in: zone)) \(wait.availability.text(words, in: zone))")
    }
    guard let minutes = wait.minutes else { return .text(wait.availability.title(words, in: zone)) }
    return .text(
      words(
        "queue.ticket.minutes", ["from": String(minutes.lowerBound), "to": String(minutes.upperBound)]))
  }
}
