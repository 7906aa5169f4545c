import Contracts
import Core
import HTML
import PageParts
import Store
import Web

/// `/janji`: what can be booked and when more comes, who comes, a day, a time, and the confirmation. Each page is a
/// plain form or a list of links; nothing needs a script.
struct BookingPages: Sendable {
  let bookings: BookingService

  private var booking: BookingContext { bookings.booking }

  func routes() -> [Route] {
    [
      Route(.get, "/janji", for: .everyone) { request in
        let form = try await form()
        return try await start(request, form, input: form.prefilled(request), status: .ok)
      },
      Route(.post, "/janji", for: .everyone) { request in try await choose(request) },
      Route(.get, "/janji/waktu", for: .everyone) { request in try await times(request) },
      Route(.post, "/janji/waktu", for: .everyone) { request in try await hold(request) },
    ]
  }

  // MARK: who comes

  /// Whether the office can be had now; each service is not asked for, of which some play the hall through.
  private func office() async throws -> Availability {
    try await booking.store.read { try booking.availability.availability(of: nil, in: $0) }
  }

  private func form() async throws -> PartyForm {
    PartyForm(booking: booking, office: try await office())
  }

  private func start(
    _ request: Request, _ form: PartyForm, input: FormInput, status: Status, newest: OpenedApplication? = nil
  ) async throws -> Response {
    let words = request.words
    let booked = try await booked(request, newest)
    let overview = try await SlotOverview.read(booking)
    let isAnyDraw = try await booking.store.read { try !DrawTable.latest(limit: 1, in: $0).isEmpty }
    let office = form.office
    return .page(request, title: words("appointment.book.title"), status: status) {
      pageHeading(words("appointment.book.title"), lead: words("appointment.book.lead"))
      // Whether a counter is open just now is nothing to a person who books, as long as people can come today.
      if !office.takesNumbers {
        AvailabilityNotice(availability: office, isOffice: true, offersAppointments: false, context: request.context)
          .node
      }
      closuresNotice(request.context)
      if booking.isOffered {
        NextReleaseView(next: overview.next, context: request.context).node
        if booking.rules.now.waitingRoom != nil {
          p { linkButton(words("appointment.room.title"), to: "/ruang-tunggu", icon: .people) }
        }
        for way in booked { wayNotice(way.title, label: way.label, to: way.path) }
        otherNumberNotice(input[PartyForm.numbers], wanted: .application, request.context)
        formNode(
          request.context, to: "/janji", submission: nil, fields: form.fields(request, input), input: input,
          submitLabel: words("appointment.book.submit"))
        proofWay(request.context)
        div(.class("actions")) {
          linkButton(words("appointment.find.open"), to: "/janji/lihat", icon: .search)
          if isAnyDraw { linkButton(words("appointment.draw.title"), to: "/undian", icon: .ticket) }
        }
        OverviewTable(overview: overview, words: words).node
      } else {
        notice(.info, title: words("appointment.none.title")) { p { words("appointment.none.text") } }
      }
    }
  }

  /// The appointments that the applications opened in this browser have already, so that their numbers need not be known.
  private func booked(
    _ request: Request, _ newest: OpenedApplication?
  ) async throws -> [(title: String, label: String, path: String)] {
    var opened = booking.access?.opened(by: request.cookie) ?? []
    if let newest, !opened.contains(newest) { opened.append(newest) }
    var booked: [ComingVisit.Appointment] = []
    for application in opened {
      let appointment = try await booking.store.read {
        try AppointmentsInHall(booking: booking).next(for: application.number, in: $0)
      }
      if let appointment, !booked.contains(where: { $0.code == appointment.code }) { booked.append(appointment) }
    }
    return booked.flatMap { ComingVisit($0).ways(request.words, in: request.context.zone) }
  }

  /// The people of the party; nil, with the page that leads to it, where one of them has an appointment already.
  private func members(
    _ party: PartyLink, _ request: Request
  ) async throws -> (members: [PartyMember]?, refusal: Response?) {
    do {
      return (try await bookings.party(party.numbers, kind: party.kind), nil)
    } catch let problem as Problem where problem.code == "appointment.one-at-a-time" {
      let form = try await form()
      var input = form.prefilled(request)
      input.refuse(PartyForm.numbers, problem.title(request.words) + " " + problem.mend(request.words))
      return (nil, try await start(request, form, input: input, status: .conflict))
    }
  }

  private func choose(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    let form = try await form()
    let (answered, status) = try await form.party(&input, request)
    guard let answered else { return try await start(request, form, input: input, status: status) }
    let party = answered.link
    do {
      _ = try await bookings.party(party.numbers, kind: party.kind)
      return Response.redirect(party.link(answered.isGrowing ? "/janji" : "/janji/waktu")).setting(answered.cookie)
    } catch let problem as Problem where PartyForm.isAboutNumbers(problem) {
      input.refuse(PartyForm.numbers, problem.title(request.words) + " " + problem.mend(request.words))
      return try await start(request, form, input: input, status: .unprocessable, newest: answered.newest)
        .setting(answered.cookie)
    }
  }

  /// Whether this browser has opened every application of the party. An address with numbers opens nothing: its reader
  /// is asked first.
  private func isOpen(_ party: PartyLink, _ request: Request) -> Bool {
    guard let access = booking.access else { return false }
    return party.numbers.allSatisfy { access.opened($0, by: request.cookie) != nil }
  }

  // MARK: when

  private func times(_ request: Request) async throws -> Response {
    guard let party = PartyLink(request) else { return .redirect("/janji") }
    guard isOpen(party, request) else { return .redirect(party.link("/janji")) }
    guard try await isAdmitted(request, party.kind) else { return .redirect("/ruang-tunggu") }
    let (found, refusal) = try await members(party, request)
    guard let members = found else { return refusal ?? .redirect(party.link("/janji")) }
    var page = TimesPage(bookings: bookings, party: party, members: members, request: request)
    page.today = try await office()
    return try await page.response(status: .ok)
  }

  /// Whether the browser may look at times now: no release is on, or the person has been let in.
  private func isAdmitted(_ request: Request, _ kind: SlotKind) async throws -> Bool {
    let room = WaitingRoom(booking: booking)
    guard try await booking.store.read({ try room.isNeeded(for: kind, in: $0) }) else { return true }
    guard let pass = RoomPages.pass(request), case .admitted? = try await room.standing(pass) else { return false }
    return true
  }

  private func hold(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    guard let party = PartyLink(request.form), !request.form.submission.isEmpty else {
      throw Problem(.invalid, "bad-request")
    }
    guard isOpen(party, request) else { return .redirect(party.link("/janji")) }
    let (found, refusal) = try await members(party, request)
    guard let members = found else { return refusal ?? .redirect(party.link("/janji")) }
    var page = TimesPage(bookings: bookings, party: party, members: members, request: request)
    page.today = try await office()
    guard let day = CivilDate(iso: request.form["hari"]), let halfHour = CivilTime(request.form["jam"]) else {
      page.refuse(request.words("appointment.times.missing"))
      return try await page.response(status: .unprocessable)
    }
    do {
      let held = try await bookings.hold(
        SlotRequest(
          applications: party.numbers, kind: party.kind, priority: party.priority, day: day, halfHour: halfHour,
          submission: request.form.submission, pass: RoomPages.pass(request)))
      return .redirect("/janji/\(held.code)")
    } catch let problem as Problem where problem.code == "appointment.waiting-room" {
      return .redirect("/ruang-tunggu")
    } catch let problem as Problem where ["appointment.gone", "appointment.too-many-holds"].contains(problem.code) {
      page.refuse(problem.title(request.words) + " " + problem.mend(request.words))
      return try await page.response(status: Status(problem))
    }
  }
}
