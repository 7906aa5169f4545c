import Contracts
import Core
import HTML
import QR
import Web

/// An appointment as its holder sees it. Nothing on it is personal.
struct AppointmentView {
  let appointment: Appointment
  let booking: BookingContext
  let context: PageContext
  let publicAddress: PublicAddress?
  /// Why it is not served at its time.
  var callOff: CallOff?
  /// What its QR code holds.
  var paper: PaperCode?
  /// The tickets' codes: a visit that was served with another number has that number's.
  var tickets: [TicketID: PublicCode] = [:]
  /// What became of those who came; nil while any of them waits or is served.
  var visitEnd: VisitEnd?
  /// Whether its holder has changed its time just now.
  var isJustMoved = false

  /// How a visit ended after checking in.
  enum VisitEnd: String, CaseIterable {
    /// At least one of its people was served.
    case served
    /// The tickets ended otherwise: given up, missed, withdrawn.
    case over
  }

  private var words: Words { context.words }
  private var path: Link { "/janji/\(appointment.code)" }

  var title: String {
    appointment.state == .held ? words("appointment.hold.title") : words("appointment.receipt.title")
  }

  @NodeBuilder var node: Node {
    pageHeading(title, lead: lead)
    if let callOff {
      calledOff(callOff)
    } else if let visitEnd {
      notice(.neutral, title: words(MessageKey("appointment.visit-end", named: visitEnd.rawValue))) {
        p { words(MessageKey("appointment.visit-end-text", named: visitEnd.rawValue)) }
      }
    } else if appointment.state != .held {
      let isMoved = isJustMoved && appointment.state == .booked
      let state = MessageKey("appointment.state", named: appointment.state.rawValue)
      notice(tone, title: words(isMoved ? "appointment.move.done" : state), isNews: isMoved) {
        p { words(MessageKey("appointment.state-text", named: appointment.state.rawValue)) }
      }
    }
    facts
    switch appointment.state {
    case .held: confirmation
    case .booked:
      if callOff != nil { calledOffActions } else { receipt }
      officeCard(context)
    case .checkedIn: ticketLinks
    case .cancelled:
      p { words("appointment.receipt.uncalendar-why") }
      div(.class("actions")) {
        linkButton(words("appointment.receipt.again"), to: "/janji")
        linkButton(words("appointment.receipt.uncalendar"), to: "\(path)/kalender", style: .quiet, icon: .calendar)
      }
    case .lapsed, .missed: p { linkButton(words("appointment.receipt.again"), to: "/janji") }
    }
  }

  private var canMove: Bool { booking.canMove(appointment, despite: callOff) }

  /// Why no one is served at its time, and the way on.
  @NodeBuilder private func calledOff(_ callOff: CallOff) -> Node {
    switch callOff {
    case .stop(let stop):
      notice(.error, title: words("appointment.stopped.title")) {
        p { words("availability.stopped.text", ["reason": stop.reason.text(words)]) }
        p { words(wayOn(unmoved: "appointment.stopped.mend")) }
      }
    case .dayClosed:
      notice(.error, title: words("appointment.day-closed.title")) {
        p { words("appointment.day-closed.text", ["date": words.longDate(appointment.day)]) }
        p { words(wayOn(unmoved: "appointment.called-off.cancel")) }
      }
    case .calendar(let reason):
      notice(.warning, title: words("appointment.called-off.title")) {
        if let reason { p { words("appointment.called-off.reason", ["reason": words(reason)]) } }
        p { words(wayOn(unmoved: "appointment.called-off.cancel")) }
      }
    }
  }

  /// The words for the way on: of a day that is over, only a new appointment is left.
  private func wayOn(unmoved key: MessageKey) -> MessageKey {
    if canMove { return "appointment.called-off.move" }
    return appointment.state == .missed ? "appointment.called-off.over" : key
  }

  private var calledOffActions: Node {
    div(.class("actions")) {
      if canMove { linkButton(words("appointment.receipt.move"), to: "\(path)/ubah", style: .primary) }
      linkButton(words("appointment.receipt.cancel"), to: "\(path)/batal", style: .quiet)
    }
  }

  private var lead: String? {
    guard appointment.state == .held, let until = appointment.heldUntil else { return nil }
    return words("appointment.hold.lead", ["time": words.time(until, in: context.zone)])
  }

  private var tone: Tone {
    switch appointment.state {
    case .held: .info
    case .booked, .checkedIn: .success
    case .lapsed, .missed: .warning
    case .cancelled: .neutral
    }
  }

  /// When, what, for which application.
  var facts: Node {
    card {
      summaryList(
        [
          SummaryRow(words("appointment.receipt.day"), words.longDate(appointment.day)),
          SummaryRow(
            words("appointment.receipt.kind"), words(MessageKey("appointment.kind", named: appointment.kind.rawValue))),
        ]
          + appointment.visits.map { visit in
            SummaryRow(
              time(of: visit), "\(words(booking.serviceName(visit.service))) · \(visit.application.printed)")
          })
    }
  }

  private func time(of visit: Appointment.Visit) -> String {
    if appointment.kind == .walkIn { return words("appointment.receipt.at", ["time": visit.at.spoken]) }
    let end = CivilTime(minuteOfDay: visit.halfHour.minuteOfDay + AppointmentRules.halfHourMinutes)
    return words("appointment.receipt.between", ["from": visit.halfHour.spoken, "to": end.spoken])
  }

  // MARK: before it is confirmed

  @NodeBuilder private var confirmation: Node {
    if !appointment.isMovable(booking.rules.now, on: booking.today) {
      notice(.info) { p { words("appointment.hold.final") } }
    }
    div(.class("actions")) {
      actionButton(context, to: "\(path)/pesan", label: words("appointment.hold.submit"), style: .primary)
      actionButton(context, to: "\(path)/batal", label: words("appointment.hold.let-go"), style: .quiet)
    }
  }

  // MARK: afterwards

  @NodeBuilder private var receipt: Node {
    card(title: words("appointment.receipt.keep"), class: "receipt") {
      keepCode(appointment.number.printed, label: words("appointment.receipt.number"))
      if let qr { qrCode(qr, label: words("appointment.receipt.qr")) }
      p {
        words(
          "appointment.receipt.check-in",
          ["early": String(booking.rules.now.earlyMinutes), "late": String(booking.rules.now.lateMinutes)])
      }
      div(.class("actions")) {
        linkButton(words("appointment.receipt.calendar"), to: "\(path)/kalender", icon: .calendar)
        if callOff == nil, booking.isCheckInTime(appointment) {
          actionButton(
            context, to: "\(path)/datang", label: words("appointment.receipt.here"), style: .primary, icon: .ticket)
        }
      }
    }
    card(title: words("appointment.receipt.change")) {
      if canMove {
        let last = appointment.day.adding(days: -booking.rules.now.moveDaysBefore)
        p {
          words(
            "appointment.receipt.can-move",
            ["date": words.longDate(last), "count": String(appointment.movesLeft(booking.rules.now))])
        }
        p { linkButton(words("appointment.receipt.move"), to: "\(path)/ubah") }
      } else {
        p { words("appointment.receipt.cannot-move") }
      }
      p { linkButton(words("appointment.receipt.cancel"), to: "\(path)/batal", style: .quiet) }
    }
    notice(.info) { p { words("appointment.receipt.free-of-charge") } }
  }

  private var ticketLinks: Node {
    card(title: words("appointment.receipt.tickets")) {
      ul {
        for visit in appointment.visits {
          if let code = visit.ticket.flatMap({ tickets[$0] }) {
            li {
              a(.href("/tiket/\(code)")) {
                words("appointment.receipt.ticket", ["number": visit.application.printed])
              }
            }
          }
        }
      }
    }
  }

  private var qr: QRCode? {
    paper.flatMap { paper in publicAddress.flatMap { try? QRCode(text: $0.appending(paper.path)) } }
  }
}
