import Contracts
import Core
import HTML
import PageParts
import Web

/// What a counter should know of the hall.
struct CounterHallState: Sendable {
  struct Stop: Sendable {
    let stop: ServiceStop
    /// nil for the whole office.
    let service: LocalizedText?
  }

  /// What is said everywhere once the day is closed; nil while it is open.
  let closedDay: Availability?
  /// The stops of today that are not over yet, of what the counter serves.
  let stops: [Stop]
  /// The whole office's.
  let office: Availability
  /// Whether it serves nothing of what is offered today.
  let servesNothing: Bool

  /// What a counter with free hands may do: also while people are told that no one is served.
  var freeText: MessageKey {
    if closedDay != nil { return "queue.console.free-day-closed" }
    if office.isStopped { return "queue.console.free-stopped" }
    return office.isClosedForToday ? "queue.console.free-over" : "queue.console.free-text"
  }
}

/// Above the counter: what is stopped, and that the day is closed. An empty part is kept, so that it can fill.
struct CounterBanner {
  let state: CounterHallState
  let context: PageContext

  private var words: Words { context.words }

  var node: Node {
    liveRegion("keadaan", events: "/petugas/loket/peristiwa") {
      if let day = state.closedDay {
        notice(.warning, title: words("queue.banner.day-closed")) {
          p { day.text(words, in: context.zone, isOffice: true) }
        }
      }
      for each in state.stops { stopped(each) }
      if state.servesNothing {
        notice(.warning, title: words("queue.banner.serves-nothing")) {
          p { words("queue.banner.serves-nothing-text") }
        }
      }
    }
  }

  private func stopped(_ each: CounterHallState.Stop) -> Node {
    let stop = each.stop
    let name = each.service.map { words($0) } ?? words("queue.stop.office")
    let isNow = stop.covers(context.zone.time(of: context.now))
    return notice(
      .warning, title: words(isNow ? "queue.banner.stopped" : "queue.banner.stops-later", ["service": name])
    ) {
      p { words("availability.stopped.text", ["reason": stop.reason.text(words)]) }
      p {
        words(
          "queue.banner.time",
          ["time": StopTime(stop, today: context.zone.date(of: context.now)).text(words)])
      }
    }
  }
}

/// How the officer lost the counter, by whose act, and what to do next.
struct CounterLossNotice {
  let loss: CounterWork.Loss?
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    if let loss = loss?.loss {
      notice(.warning, title: words("queue.lost.title")) {
        p { words(MessageKey("queue.lost", named: loss.cause.rawValue), arguments(loss)) }
        if let reason = self.loss?.reason { p { words("queue.close.told", ["reason": reason.text(words)]) } }
        p { words(MessageKey("queue.lost-next", named: loss.cause.rawValue)) }
        if let counter = loss.movedTo {
          p {
            linkButton(
              words("queue.console.go-to", ["counter": String(counter)]), to: "/petugas/loket/\(String(counter))",
              icon: .counter)
          }
        }
      }
    }
  }

  private func arguments(_ loss: CounterLoss) -> KeyValuePairs<String, String> {
    [
      "time": words.time(loss.at, in: context.zone),
      "officer": loss.by.flatMap { by in self.loss?.staff.name(of: by, words) } ?? "–",
      "counter": loss.movedTo.map { String($0) } ?? "–",
    ]
  }
}
