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
    if ticket.state == .waiting { waiting }
  }

  /// Nobody is before this one any more, and somebody is there to call.
  private var isNext: Bool { ticket.state == .waiting && ticket.peopleAhead == 0 && hindrance == nil }

  /// Why nobody is called for it just now.
  private var hindrance: Availability? { ticket.availability.flatMap { $0.isServing ? nil : $0 } }

  private var title: String {
    if let hindrance { return hindrance.title(words, in: zone) }
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
    case .waiting: isNext || hindrance?.isAlarming == true ? .warning : .info
    case .called, .hold: .warning
    case .serving, .finished: .success
    case .noShow, .cancelled: .error
    }
  }

  private var explanation: String {
    if let hindrance { return hindrance.waitingText(words, in: zone) }
    if isNext { return words("queue.ticket.next.text") }
    if let ending = ticket.ending { return words(MessageKey("queue.ending-text", named: ending.rawValue)) }
    if ticket.state == .noShow, !ticket.mayComeBack { return words("queue.ending-text.no-show") }
    return words(
      MessageKey("queue.state-text", named: ticket.state.rawValue), ["counter": ticket.counter.map(String.init) ?? ""])
  }

  @NodeBuilder private var waiting: Node {
    if let address = ticket.sentTo {
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
    switch ticket.promise {
    case .calledBy(let time): p { strong { words("appointment.promise.ticket", ["time": time.spoken]) } }
    case .broken(let time): brokenPromise(time)
    case nil: fragment {}
    }
    p(.class("muted")) {
      words(ticket.waitMinutes == nil ? "queue.ticket.no-estimate" : "queue.ticket.estimate-note")
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
