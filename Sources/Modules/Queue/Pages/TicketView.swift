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
  /// What its QR code holds.
  var paper: PaperCode?
  var offersAppointments = false
  /// What follows a visit that is over; nil while it is not, and for a ticket without an application.
  var next: NextStep?
  /// An appointment of today that its application has as well.
  var appointmentToday: ComingVisit.Appointment?
  /// Whether this browser has opened the application, and with it the appointment.
  var mayOpenAppointment = false

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    pageHeading(words("queue.ticket.heading"), lead: words(ticket.serviceName))
    p(.class("muted")) { words("queue.ticket.day", ["date": words.longDate(ticket.day)]) }
    liveRegion("tiket", events: events, isAnnounced: true, isPushed: true) {
      TicketNow(ticket: ticket, words: words, zone: context.zone).node
    }
    // Forms and links are the reader's own: fetched when the ticket's state changes, not pushed.
    liveRegion("tindakan", events: events) {
      if ticket.state == .finished { afterVisit }
      if let appointmentToday {
        notice(.info) {
          p {
            appointmentToday.isCalledOff
              ? appointmentToday.sentence(words, in: context.zone)
              : words("queue.ticket.appointment-too", ["time": words.time(appointmentToday.time, in: context.zone)])
          }
          if mayOpenAppointment {
            for way in ComingVisit(appointmentToday).ways(words, in: context.zone) {
              if let link = Link(localPath: way.path) { p { linkButton(way.label, to: link, icon: .calendar) } }
            }
          }
        }
      }
      // First what is to be kept, then what gives it up.
      if isOpen { keep }
      if let hindrance = ticket.hindrance, !hindrance.takesArrivals, offersAppointments { book }
      HolderActions.node(for: ticket, context)
      if ticket.state == .cancelled || ticket.state == .noShow { goOn }
    }
  }

  /// What its holder keeps, for as long as there is something to come back for.
  private var keep: Node {
    fragment {
      if ticket.isPriority { p { tag(words("queue.priority"), .success) } }
      card(title: words("queue.ticket.keep.title")) {
        p { words("queue.ticket.keep.text") }
        keepCode(ticket.reference.printed, label: words("queue.ticket.reference"))
        if let pin = ticket.pin { keepCode(pin, label: words("form.pin.label")) }
        if let code = qr { qrCode(code, label: words("queue.ticket.qr")) }
      }
    }
  }

  private var events: Link { "/tiket/\(ticket.code.description)/peristiwa" }

  /// Whether there is still something to wait for.
  private var isOpen: Bool {
    switch ticket.state {
    case .booked, .checkedIn, .waiting, .called, .hold, .serving: true
    case .finished, .noShow, .cancelled: false
    }
  }

  /// What a person who was not served can do next.
  private var goOn: Node {
    fragment {
      // A person without an application takes a number at the machine in the hall.
      if ticket.application != nil, !ticket.mayComeBack, ticket.ending != .erased,
        ticket.availability?.takesNumbers == true
      {
        p { linkButton(words("queue.ticket.again"), to: "/antrean", icon: .ticket) }
      }
      if offersAppointments {
        p { words("queue.ticket.book-why") }
        book
      }
    }
  }

  private var book: Node { p { linkButton(words("queue.ticket.book"), to: "/janji", icon: .calendar) } }

  @NodeBuilder private var afterVisit: Node {
    if let next, let application = ticket.application {
      p(.class("next-step")) {
        strong { words("next-step.title") + " " }
        next.text(words, in: context.zone)
      }
      if context.leads(to: Self.look) {
        p {
          linkButton(
            words("queue.ticket.follow"), to: Self.look.adding("nomor", application.description), icon: .search)
        }
      }
    }
    entryCards(context.afterVisitEntries(ticket: ticket.code.description), context)
  }

  private static let look: Link = "/lacak"

  private var qr: QRCode? {
    paper.flatMap { paper in publicAddress.flatMap { try? QRCode(text: $0.appending(paper.path)) } }
  }
}
