import Contracts
import Core
import HTML
import Web

/// The live part of a ticket's page: its number, where it stands and how long it will take.
struct TicketNow {
  let ticket: Ticket
  let words: Words
  let zone: OfficeZone

  @NodeBuilder var node: Node {
    div(.class(ticket.state == .called ? "called" : isNext ? "is-next" : nil)) {
      ticketNumber(ticket.number, label: words("queue.ticket.your-number"), at: place)
    }
    notice(tone, title: title) { p { explanation } }
    if let stop = ticket.stopAhead { notice(.warning) { p { stop.sentence(words, in: zone) } } }
    if ticket.state == .waiting { waiting }
  }

  /// No ticket is before this one any more, and a counter is there to call it.
  private var isNext: Bool { ticket.state == .waiting && ticket.peopleAhead == 0 && ticket.hindrance == nil }

  private var title: String {
    if let hindered = ticket.hindered(words, in: zone) { return hindered.title }
    if isNext { return words("queue.ticket.next.title") }
    if let ending = ticket.ending { return words(MessageKey("queue.ending", named: ending.rawValue)) }
    return words(MessageKey("queue.state", named: ticket.state.rawValue))
  }

  private var place: String? {
    guard let counter = ticket.counter, ticket.state == .called || ticket.state == .serving else { return nil }
    return words("queue.counter", ["counter": String(counter)])
  }

  private var tone: Tone {
    switch ticket.state {
    case .booked, .checkedIn: .info
    case .waiting: isNext || ticket.hindrance?.isAlarming == true ? .warning : .info
    case .called, .hold: .warning
    case .serving, .finished: .success
    case .noShow, .cancelled: .error
    }
  }

  private var explanation: String {
    if let hindered = ticket.hindered(words, in: zone) { return hindered.text }
    if ticket.state == .noShow, ticket.mayComeBack {
      return words("queue.ticket.missed", ["button": words("queue.holder.hadir-kembali")])
    }
    return isNext ? words("queue.ticket.next.text") : ticket.stateText(words, in: zone)
  }

  @NodeBuilder private var waiting: Node {
    // Where no officer sits there, the headline says it.
    if let address = ticket.sentTo, ticket.desertedCounter == nil {
      notice(address.isAttended ? .info : .warning) {
        p {
          words(
            address.isAttended ? "queue.ticket.sent-to" : "queue.ticket.sent-to-unattended",
            ["counter": String(address.counter)])
        }
      }
    }
    tiles(
      [figureTile(String(ticket.peopleAhead), words("queue.ticket.ahead"))]
        + (ticket.waitMinutes.map {
          [
            figureTile(
              words("queue.ticket.minutes", ["from": String($0.lowerBound), "to": String($0.upperBound)]),
              words("queue.ticket.estimate"))
          ]
        } ?? []))
    // Beside what it is about: the promise below is none.
    p(.class("muted")) {
      words(ticket.waitMinutes == nil ? "queue.ticket.no-estimate" : "queue.ticket.estimate-note")
    }
    switch ticket.promise {
    case .calledBy(let time): p { strong { words("appointment.promise.ticket", ["time": time.spoken]) } }
    case .broken(let time): brokenPromise(time)
    case nil: fragment {}
    }
  }

  private func brokenPromise(_ time: CivilTime) -> Node {
    notice(.warning, title: words("queue.promise.broken", ["time": time.spoken])) {
      p {
        if let wait = ticket.waitMinutes {
          words("queue.promise.now", ["from": String(wait.lowerBound), "to": String(wait.upperBound)])
        } else {
          words("queue.promise.unserved")
        }
      }
    }
  }
}
