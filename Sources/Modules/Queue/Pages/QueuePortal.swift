import Contracts
import Core
import HTML
import PageParts
import Web

/// The queue's public pages: taking a number and one's own ticket.
struct QueuePortal: Sendable {
  /// What a person is told who asked for priority or help with a number that they had already.
  private static let unknownNeeds: StaticString = "kebutuhan-baru"

  let queue: HallQueue
  let live: LiveHall
  let random: any RandomSource
  let lookUps: LookUpGuard
  let holder: HolderQuestions
  let publicAddress: PublicAddress?
  /// Nil where no module gives papers codes; then nothing has a QR code.
  var papers: (any PaperLinks)?

  func routes() -> [Route] {
    [
      Route(.get, "/antrean", for: .everyone) { request in
        try await takePage(request, input: FormInput([.init("nomor", number(for: request))]), status: .ok)
      },
      Route(.post, "/antrean", for: .everyone) { request in try await take(request) },
      Route(.get, "/tiket", for: .everyone) { request in
        findPage(request, input: FormInput(prefilled: ["nomor": request.query("nomor") ?? ""]))
      },
      Route(.post, "/tiket", for: .everyone) { request in try await find(request) },
      Route(.get, "/tiket/:kode", for: .everyone) { request in try await ticketPage(request) },
      Route(.get, "/tiket/:kode/peristiwa", for: .everyone) { request in try await ticketEvents(request) },
    ]
  }

  // MARK: taking a number

  /// The number that a link brings along, else that of the only application that this browser has open.
  private func number(for request: Request) -> String {
    if let asked = request.query("nomor") { return asked }
    let opened = holder.access?.opened(by: request.cookie) ?? []
    return opened.count == 1 ? opened[0].number.description : ""
  }

  /// - Parameter refusal: why the number that was asked for was not given.
  private func takePage(
    _ request: Request, input: FormInput, status: Status, refusal: Unavailable? = nil
  ) async throws -> Response {
    let words = request.words
    let hall = try await queue.availability()
    let office = hall.office
    let waits = WaitsView(waits: try await queue.waitsOfNewcomers(), words: words, zone: request.context.zone)
    return .page(request, title: words("queue.take.title"), status: status) {
      pageHeading(words("queue.take.title"), lead: words("queue.take.lead"))
      if let refusal, refusal.service != nil { standing(refusal.availability, isOffice: false, request) }
      if office.isHindered, refusal?.availability != office { standing(office, isOffice: true, request) }
      if !office.isStopped { waits.stopped }
      StopsAheadNotice(hall.ahead, context: request.context).node
      if office.takesNumbers {
        otherNumberNotice(input["nomor"], wanted: .application, request.context)
        form(request, input)
        proofWay(request.context)
        waits.node
      }
      notice(.info, title: words("queue.take.without.title")) {
        p { words(office.takesNumbers ? "queue.take.without.text" : "queue.take.without.closed") }
      }
      linkButton(words("queue.find.open"), to: "/tiket", icon: .ticket)
    }
  }

  private func standing(_ availability: Availability, isOffice: Bool, _ request: Request) -> Node {
    AvailabilityNotice(
      availability: availability, isOffice: isOffice, offersAppointments: queue.offersAppointments,
      context: request.context
    ).node
  }

  private func form(_ request: Request, _ input: FormInput) -> Node {
    let words = request.words
    return formNode(
      request.context, to: "/antrean", submission: PublicCode(from: random).description,
      fields: holder.fields(
        request, input, label: words("queue.take.number"), hint: words("queue.take.number-hint"))
        + NeedsForm.fields(words),
      input: input, submitLabel: words("queue.take.submit"))
  }

  private func take(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    let words = request.words
    let opening = try await holder.open(&input, request)
    guard let application = opening.application else {
      return try await takePage(request, input: input, status: opening.status)
    }
    guard !input.submission.isEmpty else { throw Problem(.invalid, "bad-request") }
    if let appointment = try await queue.appointmentToCheckIn(for: application) {
      return checkInPage(appointment, request).setting(opening.cookie)
    }
    do {
      let needs = NeedsForm.needs(in: input)
      let ticket = try await queue.takeNumber(
        TicketRequest(
          service: nil, application: application, needs: needs, channel: .web, submission: input.submission,
          language: words.language))
      let page: Link = "/tiket/\(ticket.code.description)"
      let isKnown = try await queue.knows(needs, of: ticket)
      return .redirect(isKnown ? page : page.adding(Self.unknownNeeds, "ya")).setting(opening.cookie)
    } catch let problem as Problem
      where ["queue.unknown-application", "queue.application-ended"].contains(problem.code)
    {
      input.refuse("nomor", problem.title(words) + " " + problem.mend(words))
      return try await takePage(request, input: input, status: .unprocessable).setting(opening.cookie)
    } catch let refusal as Unavailable {
      return try await takePage(request, input: input, status: .conflict, refusal: refusal).setting(opening.cookie)
    }
  }

  /// A person with an appointment takes no number beside it.
  private func checkInPage(_ appointment: ComingVisit.Appointment, _ request: Request) -> Response {
    let words = request.words
    return .page(request, title: words("queue.take.title"), status: .conflict) {
      pageHeading(words("queue.take.title"))
      notice(
        appointment.isCalledOff ? .warning : .info, title: appointment.sentence(words, in: request.context.zone),
        isNews: true
      ) {
        p { words(appointment.isCalledOff ? "queue.take.called-off" : "queue.take.check-in") }
        p {
          linkButton(
            appointment.label(words), to: "/janji/\(appointment.code)", style: .primary, icon: .calendar)
        }
      }
    }
  }

  // MARK: a ticket by the code from a kiosk or another phone

  private func findPage(
    _ request: Request, input: FormInput, status: Status = .ok, problem: Problem? = nil
  ) -> Response {
    let words = request.words
    return .page(request, title: words("queue.find.title"), status: status) {
      pageHeading(words("queue.find.title"), lead: words("queue.find.lead"))
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      otherNumberNotice(input["nomor"], wanted: .ticket, request.context)
      formNode(
        request.context, to: "/tiket", submission: nil, fields: findFields(words), input: input,
        submitLabel: words("queue.find.submit"))
      proofWay(request.context)
      if request.context.leads(to: "/lacak") {
        p { words("queue.find.lost") }
        p { linkButton(words("tracking.menu.look-up"), to: "/lacak", icon: .search) }
      }
    }
  }

  private func findFields(_ words: Words) -> [Field] {
    [
      .text("nomor", label: words("queue.ticket.reference"), hint: words("queue.find.hint"), kind: .caseNumber),
      .text(
        "pin", label: words("form.pin.label"), hint: words("form.pin.hint"), kind: .grouped(digits: CasePIN.digitCount)),
    ]
  }

  private func find(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    var input = request.form
    let number = input.number(of: TicketKind.self, in: "nomor", request.words)
    findFields(request.words).check(&input, request.words)
    guard let number, input.errors.isEmpty else { return findPage(request, input: input, status: .unprocessable) }
    do {
      let ticket = try await queue.ticket(
        number, pin: Personal(input["pin"]), from: request.client, guardedBy: lookUps)
      return .redirect("/tiket/\(ticket.code)")
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return findPage(request, input: input, status: Status(problem), problem: problem)
    }
  }

  // MARK: one's own ticket

  /// The ticket of the path. Only misses count against the sender: a hall full of phones shares one
  /// address and follows its tickets, and guessed codes miss.
  private func ticket(_ request: Request) async throws -> Ticket {
    if let code = PublicCode(request.parameter("kode")), let ticket = try await queue.ticket(code) { return ticket }
    try request.allow(.lookUp)
    throw Problem(.notFound, "queue.unknown-ticket")
  }

  private func ticketPage(_ request: Request) async throws -> Response {
    let ticket = try await ticket(request)
    let appointment = try await queue.appointmentToday(beside: ticket)
    let opened = ticket.application.flatMap { holder.access?.opened($0, by: request.cookie) }
    let view = TicketView(
      ticket: ticket, context: request.context, publicAddress: publicAddress,
      paper: await papers?.code(of: ticket, queue.zone),
      offersAppointments: queue.offersAppointments, next: try await queue.nextStep(after: ticket),
      appointmentToday: appointment, mayOpenAppointment: opened != nil)
    let page = Response.page(
      request, title: request.words("queue.ticket.title", ["number": ticket.number]), scripts: [.ticket]
    ) {
      if request.query("\(Self.unknownNeeds)") == "ya" {
        notice(.warning, title: request.words("queue.ticket.needs-unknown"), isNews: true) {
          p { request.words("queue.ticket.needs-unknown-mend") }
        }
      }
      view.node
    }
    // A person who knows the address may read all of it, but for the way to an appointment.
    return appointment != nil && opened != nil ? page : page.holdingNoSecret()
  }

  /// Brings a phone its ticket's position and state at once and whenever they have changed.
  private func ticketEvents(_ request: Request) async throws -> Response {
    let ticket = try await ticket(request)
    return .events(try await live.follow(LiveHall.Phone(code: ticket.code, language: request.words.language)))
  }
}
