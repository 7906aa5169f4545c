import Contracts
import Core
import HTML
import QR
import Web

/// A ticket as its holder sees it on a phone.
struct TicketView {
  let ticket: Ticket
  let context: PageContext
  let publicAddress: PublicAddress?

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    pageHeading(words("queue.ticket.heading"), lead: words(ticket.serviceName))
    liveRegion("tiket", events: "/tiket/\(ticket.code.description)/peristiwa", isAnnounced: true) {
      div(.class(ticket.state == .called ? "called" : nil)) {
        ticketNumber(ticket.number, label: words("queue.ticket.your-number"), at: place)
      }
      notice(tone, title: words(MessageKey("queue.state", named: ticket.state.rawValue))) {
        p { explanation }
      }
      if ticket.state == .waiting { waiting }
      if ticket.state == .finished { afterVisit }
      HolderActions.node(for: ticket, context)
    }
    if isOpen {
      if ticket.isPriority { p { tag(words("queue.priority"), .success) } }
      card(title: words("queue.ticket.keep.title")) {
        p { words("queue.ticket.keep.text") }
        keepCode(ticket.code.printed, label: words("queue.ticket.code"))
        if let code = qr { qrCode(code, label: words("queue.ticket.qr")) }
      }
    }
  }

  /// Whether there is still something to wait for.
  private var isOpen: Bool {
    switch ticket.state {
    case .booked, .checkedIn, .waiting, .called, .hold, .serving: true
    case .finished, .noShow, .cancelled: false
    }
  }

  private var place: String? {
    guard let counter = ticket.counter, ticket.state == .called || ticket.state == .serving else { return nil }
    return words("queue.counter", ["counter": String(counter)])
  }

  private var tone: Tone {
    switch ticket.state {
    case .booked, .checkedIn, .waiting: .info
    case .called, .hold: .warning
    case .serving, .finished: .success
    case .noShow, .cancelled: .error
    }
  }

  private var explanation: String {
    words(
      MessageKey("queue.state-text", named: ticket.state.rawValue), ["counter": ticket.counter.map(String.init) ?? ""])
  }

  @NodeBuilder private var waiting: Node {
    tiles(
      [figureTile(String(ticket.peopleAhead), words("queue.ticket.ahead"))]
        + (ticket.waitMinutes.map {
          [
            figureTile(
              words("queue.ticket.minutes", ["from": String($0.lowerBound), "to": String($0.upperBound)]),
              words("queue.ticket.estimate"))
          ]
        } ?? []))
    if let promise = ticket.promisedBy {
      p { strong { words("appointment.promise.ticket", ["time": promise.spoken]) } }
    }
    p(.class("muted")) { words("queue.ticket.estimate-note") }
  }

  private var afterVisit: Node {
    entryCards(context.afterVisitEntries(ticket: ticket.code.description), context)
  }

  private var qr: QRCode? {
    publicAddress.flatMap { try? QRCode(text: $0.appending("/tiket/\(ticket.code)")) }
  }
}
