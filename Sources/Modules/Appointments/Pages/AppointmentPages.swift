import Contracts
import Core
import HTML
import PageParts
import QR
import Store
import Web

/// `/janji/KODE`: one appointment, for the holder of its code: confirming, the receipt, moving, cancelling, checking in.
struct AppointmentPages: Sendable {
  /// That the appointment was just moved.
  private static let movedField: StaticString = "diubah"

  let bookings: BookingService
  let publicAddress: PublicAddress?
  let papers: (any PaperLinks)?

  private var booking: BookingContext { bookings.booking }

  func routes() -> [Route] {
    [
      Route(.get, "/janji/:kode", for: .everyone) { request in try await show(request) },
      Route(.post, "/janji/:kode/pesan", for: .everyone) { request in try await confirm(request) },
      Route(.get, "/janji/:kode/ubah", for: .everyone) { request in try await moveTimes(request) },
      Route(.post, "/janji/:kode/ubah", for: .everyone) { request in try await move(request) }
        .confirmed { try await askMove($0) },
      Route(.get, "/janji/:kode/batal", for: .everyone) { request in try await askCancel(request) },
      Route(.post, "/janji/:kode/batal", for: .everyone) { request in try await cancel(request) }
        .confirmed { confirmation(of: try await appointment($0), $0) },
      Route(.get, "/janji/:kode/kalender", for: .everyone) { request in try await calendar(request) },
      Route(.post, "/janji/:kode/datang", for: .everyone) { request in try await checkIn(request) },
    ]
  }

  /// The appointment of the path. Only misses count against the sender, who may be guessing codes.
  private func appointment(_ request: Request) async throws -> Appointment {
    if let code = PublicCode(request.parameter("kode")), let found = try await bookings.appointment(code) {
      return found
    }
    try request.allow(.lookUp)
    throw Problem(.notFound, "appointment.unknown")
  }

  private func paper(_ appointment: Appointment) async -> PaperCode? {
    await papers?.code(of: .appointment(appointment.code), visiting: appointment.day, booking.office.zone)
  }

  private func view(
    _ appointment: Appointment, _ request: Request, _ tickets: [Ticket] = [], callOff: CallOff? = nil
  ) -> AppointmentView {
    var view = AppointmentView(
      appointment: appointment, booking: booking, context: request.context, publicAddress: publicAddress)
    view.callOff = callOff
    view.tickets = Dictionary(tickets.map { ($0.id, $0.code) }, uniquingKeysWith: { first, _ in first })
    return view
  }

  /// The appointment's view with the text of its QR code.
  private func printable(
    _ appointment: Appointment, _ request: Request, _ tickets: [Ticket], callOff: CallOff?
  ) async -> AppointmentView {
    var view = view(appointment, request, tickets, callOff: callOff)
    view.paper = await paper(appointment)
    return view
  }

  private func show(_ request: Request) async throws -> Response {
    let appointment = try await appointment(request)
    let tickets = try await tickets(of: appointment)
    var view = await printable(appointment, request, tickets, callOff: try await bookings.callOff(of: appointment))
    view.visitEnd = visitEnd(of: appointment, tickets)
    view.isJustMoved = request.query("\(Self.movedField)") != nil
    let shown = view
    return .page(request, title: shown.title) { shown.node }
  }

  /// The tickets into which an appointment has turned.
  private func tickets(of appointment: Appointment) async throws -> [Ticket] {
    let ids = appointment.visits.compactMap(\.ticket)
    return try await booking.store.read { try booking.queue.tickets(ids, in: $0) }
  }

  /// How they ended; nil while any is still alive.
  private func visitEnd(of appointment: Appointment, _ tickets: [Ticket]) -> AppointmentView.VisitEnd? {
    guard appointment.state == .checkedIn, !tickets.isEmpty, tickets.allSatisfy({ $0.state.isClosed }) else {
      return nil
    }
    return tickets.contains { $0.state == .finished } ? .served : .over
  }

  private func confirm(_ request: Request) async throws -> Response {
    let held = try await appointment(request)
    let booked = try await bookings.confirm(held.code)
    return .redirect("/janji/\(booked.code)")
  }

  // MARK: moving

  private func moveTimes(_ request: Request) async throws -> Response {
    try await movePage(try await appointment(request), request).response(status: .ok)
  }

  private func movePage(_ appointment: Appointment, _ request: Request) async throws -> TimesPage {
    let callOff = try await bookings.callOff(of: appointment)
    guard booking.canMove(appointment, despite: callOff) else {
      throw Problem(
        .conflict, "appointment.cannot-move", ["days": String(booking.rules.now.moveDaysBefore)])
    }
    let numbers = appointment.visits.map(\.application)
    var page = TimesPage(
      bookings: bookings, party: PartyLink(numbers: numbers, kind: appointment.kind, priority: appointment.priority),
      members: try await bookings.members(of: appointment), request: request)
    page.moved = appointment
    page.isCalledOff = callOff != nil
    page.action = "/janji/\(appointment.code)/ubah"
    page.here = page.action
    page.title = "appointment.move.title"
    page.submitLabel = "appointment.move.submit"
    return page
  }

  /// Nothing is asked where no time was chosen, or the present one: the form says so.
  private func askMove(_ request: Request) async throws -> Confirmation? {
    let old = try await appointment(request)
    let callOff = try await bookings.callOff(of: old)
    guard booking.canMove(old, despite: callOff), let day = CivilDate(iso: request.form["hari"]),
      let halfHour = CivilTime(request.form["jam"]), !old.stands(on: day, at: halfHour)
    else { return nil }
    let words = request.words
    let moment = { (day: CivilDate, time: CivilTime) in
      words("appointment.move.moment", ["date": words.longDate(day), "time": time.spoken])
    }
    let isFree = callOff != nil
    let left = max(0, old.movesLeft(booking.rules.now) - (isFree ? 0 : 1))
    return Confirmation(
      title: words("appointment.move.confirm"),
      consequences: (isFree ? [] : [words("appointment.move.released", ["moment": moment(old.day, old.begins)])])
        + [left == 0 ? words("appointment.move.none-left") : words("appointment.move.left", ["count": String(left)])],
      facts: summaryList([
        SummaryRow(words("appointment.move.from"), moment(old.day, old.begins)),
        SummaryRow(words("appointment.move.to"), moment(day, halfHour)),
      ]),
      submitLabel: words("appointment.move.submit"), back: "/janji/\(old.code)/ubah")
  }

  private func move(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    let old = try await appointment(request)
    var page = try await movePage(old, request)
    guard let day = CivilDate(iso: request.form["hari"]), let halfHour = CivilTime(request.form["jam"]) else {
      page.refuse(request.words("appointment.times.missing"))
      return try await page.response(status: .unprocessable)
    }
    guard !old.stands(on: day, at: halfHour) else {
      page.refuse(request.words("appointment.move.same"))
      return try await page.response(status: .unprocessable)
    }
    do {
      let moved = try await bookings.move(old.code, to: day, halfHour: halfHour, pass: RoomPages.pass(request))
      let receipt: Link = "/janji/\(moved.code)"
      return .redirect(receipt.adding(Self.movedField, "ya"))
    } catch let problem as Problem where problem.code == "appointment.waiting-room" {
      return .redirect("/ruang-tunggu")
    } catch let problem as Problem where problem.code == "appointment.gone" {
      page.refuse(problem.title(request.words) + " " + problem.mend(request.words))
      return try await page.response(status: .conflict)
    }
  }

  // MARK: cancelling

  private func askCancel(_ request: Request) async throws -> Response {
    confirmation(of: try await appointment(request), request).page(request)
  }

  private func confirmation(of appointment: Appointment, _ request: Request) -> Confirmation {
    let words = request.words
    return Confirmation(
      title: words("appointment.cancel.title"),
      consequences: [words("appointment.cancel.lead"), words("appointment.cancel.application")],
      facts: view(appointment, request).facts, submitLabel: words("appointment.cancel.submit"),
      back: "/janji/\(appointment.code)")
  }

  private func cancel(_ request: Request) async throws -> Response {
    let appointment = try await appointment(request)
    try await bookings.cancel(appointment.code)
    return .redirect(appointment.state == .held ? "/janji" : "/janji/\(appointment.code)")
  }

  /// Why no one is let in now, beside the appointment.
  private func refused(
    _ refusal: Unavailable, _ appointment: Appointment, _ request: Request
  ) async throws -> Response {
    let view = await printable(
      appointment, request, try await tickets(of: appointment), callOff: try await bookings.callOff(of: appointment))
    return .page(request, title: view.title, status: .conflict) {
      AvailabilityNotice(availability: refusal.availability, offersAppointments: false, context: request.context).node
      view.node
    }
  }

  /// Leads to the numbers of today that the appointment's people have already.
  private func refused(
    _ problem: Problem, _ appointment: Appointment, _ request: Request
  ) async throws -> Response {
    let numbers = try await booking.store.read { database in
      try appointment.visits.compactMap { try booking.queue.number(of: $0.application, in: database) }
    }
    let words = request.words
    let view = await printable(
      appointment, request, try await self.tickets(of: appointment),
      callOff: try await bookings.callOff(of: appointment))
    return .page(request, title: view.title, status: .conflict) {
      notice(.warning, title: problem.title(words), isNews: true) {
        p { problem.mend(words) }
        for number in numbers {
          p { linkButton(words("queue.ticket.title", ["number": number.number]), to: "/tiket/\(number.code)") }
        }
      }
      view.node
    }
  }

  // MARK: taking it along

  private func calendar(_ request: Request) async throws -> Response {
    let appointment = try await appointment(request)
    guard appointment.state == .booked || appointment.state == .cancelled else {
      throw Problem(.conflict, "appointment.ended")
    }
    let file = CalendarEntry(
      appointment: appointment, office: booking.office, words: request.words, now: booking.clock.now,
      address: await paper(appointment).flatMap { publicAddress?.appending($0.path) },
      organizer: publicAddress?.appending("/"))
    return .bytes(file.bytes, mediaType: "text/calendar; charset=utf-8", downloadName: "janji-imigrasi.ics")
  }

  private func checkIn(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    let appointment = try await appointment(request)
    let tickets: [Ticket]
    do {
      tickets = try await CheckInService(booking: booking)
        .checkIn(code: appointment.code, channel: .web, language: request.words.language)
    } catch let refusal as Unavailable {
      return try await refused(refusal, appointment, request)
    } catch let problem as Problem where problem.code == "queue.has-another" {
      return try await refused(problem, appointment, request)
    }
    guard let ticket = tickets.first, tickets.count == 1 else { return .redirect("/janji/\(appointment.code)") }
    return .redirect("/tiket/\(ticket.code)")
  }
}
