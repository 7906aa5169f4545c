import Contracts
import Core
import HTML
import Web

/// How long somebody who takes a number now is likely to wait, by service.
struct WaitsView {
  struct Wait: Sendable, Equatable {
    let service: LocalizedText
    let peopleWaiting: Int
    let minutes: ClosedRange<Int>
  }

  let waits: [Wait]
  let words: Words

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
              .text(
                words(
                  "queue.ticket.minutes",
                  ["from": String(wait.minutes.lowerBound), "to": String(wait.minutes.upperBound)])),
            ]
          })
        p(.class("muted")) { words("queue.take.waits.note") }
      }
    }
  }
}
