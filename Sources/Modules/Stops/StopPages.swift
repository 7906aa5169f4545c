import Contracts
import Core
import HTML
import PageParts
import Store
import Web

/// `/petugas/ruang/henti`: closing early, opening late and stopping a service, now or on a day ahead, with a reason that
/// all people see; and the people it hits.
struct StopPages: Sendable {
  static let path: Link = "/petugas/ruang/henti"

  let stops: StoppingService
  /// Knows which tickets are followed on a phone.
  let hall: any QueueSnapshotService
  let random: any RandomSource
  /// nil where no module keeps accounts.
  let officers: (any OfficerDirectory)?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/ruang/henti", for: .officers(with: .stops)) { request in
        try await page(request, input: form(request).fresh, status: .ok)
      },
      Route(.post, "/petugas/ruang/henti", for: .officers(with: .stops)) { try await stop($0) }
        .confirmed { try await askStop($0) },
      Route(.post, "/petugas/ruang/henti/:henti/lanjut", for: .officers(with: .stops)) { try await lift($0) },
    ]
  }

  private func page(_ request: Request, input: FormInput, status: Status) async throws -> Response {
    let words = request.words
    let overview = try await stops.overview()
    let staff = try await stops.store.read {
      try StaffNames(of: overview.stops.map(\.officer), from: officers, in: $0)
    }
    let form = form(request)
    return .page(request, title: words("queue.stop.title"), status: status, face: .console) {
      pageHeading(words("queue.stop.title"), lead: words("queue.stop.lead"))
      StopView(overview: overview, staff: staff, stops: stops, followed: hall.followedTickets, context: request.context)
        .node
      card(title: words("queue.stop.new")) {
        formNode(
          request.context, to: Self.path, submission: PublicCode(from: random).description, fields: form.fields,
          input: input, submitLabel: words("queue.stop.submit"))
      }
      linkButton(words("queue.hall.back"), to: "/petugas/ruang", icon: .back)
    }
  }

  private func form(_ request: Request) -> StopForm {
    let today = stops.zone.date(of: stops.clock.now)
    return StopForm(
      services: stops.catalogue?.services(on: today) ?? [], today: today, words: request.words,
      languages: request.context.languages)
  }

  private func stop(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    let form = form(request)
    guard let order = form.order(&input, now: stops.zone.time(of: stops.clock.now)) else {
      return try await page(request, input: input, status: .unprocessable)
    }
    do {
      try await stops.stop(order, by: request.principal)
      return .redirect(Self.path)
    } catch let problem as Problem where problem.code == "queue.stop-times" {
      input.refuse(
        order.firstDay == order.lastDay || order.lastDay == nil ? StopForm.until : StopForm.lastDay,
        problem.title(words) + " " + problem.mend(words))
    } catch let problem as Problem where problem.code == "queue.reason-missing" {
      input.refuse(StopForm.note(in: .indonesian), problem.title(words) + " " + problem.mend(words))
    }
    return try await page(request, input: input, status: .unprocessable)
  }

  /// The whole office is not stopped by one press; a form that is refused anyway is not asked about.
  private func askStop(_ request: Request) async throws -> Confirmation? {
    var input = request.form
    let words = request.words
    guard let order = form(request).order(&input, now: stops.zone.time(of: stops.clock.now)), order.service == nil,
      let hit = try await stops.wouldHit(order)
    else { return nil }
    let today = stops.zone.date(of: stops.clock.now)
    let told: MessageKey = hit.period.first == today ? "queue.stop.ask.told" : "queue.stop.ask.told-later"
    return Confirmation(
      title: words("queue.stop.ask.title"),
      consequences: [
        words(told, ["time": StopTime(hit.period, today: today).text(words)]),
        words("queue.stop.ask.tickets", ["count": String(hit.tickets)]),
        words("queue.stop.ask.visits", ["count": String(hit.visits)]), words("queue.stop.ask.back"),
      ], submitLabel: words("queue.stop.ask.submit"), back: Self.path)
  }

  private func lift(_ request: Request) async throws -> Response {
    guard let id = Int64(request.parameter("henti")) else { throw Problem(.conflict, "queue.stop-over") }
    try await stops.lift(ServiceStopID(id), by: request.principal)
    return .redirect(Self.path)
  }
}

/// The stops in force, and the people they hit, with what each of them is told.
struct StopView {
  let overview: StopOverview
  let staff: StaffNames
  let stops: StoppingService
  /// The tickets that are followed on a phone just now.
  let followed: Set<PublicCode>
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    if overview.stops.isEmpty {
      p(.class("empty")) { words("queue.stop.none") }
    } else {
      for stop in sorted { entry(stop) }
      tickets
      visits
    }
  }

  /// The stops in order: those that run before those to come, and of these the earliest first.
  private var sorted: [ServiceStop] {
    let begin = { (stop: ServiceStop) in context.zone.instant(stop.period.first, stop.period.from) }
    let running = overview.stops.filter { !isPlanned($0) }
    return running + overview.stops.filter(isPlanned).sorted { (begin($0), $0.id) < (begin($1), $1.id) }
  }

  /// A stop within which another lies wholly: taking that one back alone changes nothing.
  private func around(_ stop: ServiceStop) -> ServiceStop? {
    overview.stops.first { $0.encloses(stop) }
  }

  private func entry(_ stop: ServiceStop) -> Node {
    card(title: stop.service.map { words(stops.serviceName($0)) } ?? words("queue.stop.office")) {
      summaryList([
        SummaryRow(words("queue.stop.time"), StopTime(stop, today: context.zone.date(of: context.now)).text(words)),
        SummaryRow(words("queue.stop.cause"), stop.reason.text(words)),
        SummaryRow(
          words("queue.stop.by"),
          "\(staff.name(of: stop.officer, words)), \(words.time(stop.madeAt, in: context.zone))"),
      ])
      if let around = around(stop) {
        p {
          words(
            "queue.stop.within",
            [
              "service": around.service.map { words(stops.serviceName($0)) } ?? words("queue.stop.office"),
              "time": StopTime(around, today: context.zone.date(of: context.now)).text(words),
            ])
        }
      }
      div(.class("actions")) {
        actionButton(
          context, to: "\(StopPages.path)/\(stop.id)/lanjut",
          label: words(isPlanned(stop) ? "queue.stop.withdraw" : "queue.stop.lift"), style: .primary)
      }
    }
  }

  private func isPlanned(_ stop: ServiceStop) -> Bool {
    context.now < context.zone.instant(stop.period.first, stop.period.from)
  }

  private var tickets: Node {
    card(title: words("queue.stop.tickets")) {
      dataTable(
        caption: words("queue.stop.tickets"),
        columns: [
          words("queue.console.number"), words("queue.console.service"), words("queue.stop.which"),
          words("queue.stop.told"),
        ],
        rows: overview.tickets.map { ticket in
          [
            fragment {
              strong(.untranslated) { ticket.number }
              if ticket.isOnHold {
                " "
                tag(words("queue.stop.on-hold"), .neutral)
              }
            }, .text(words(stops.serviceName(ticket.service))), .text(which(ticket.stop)),
            .text(
              told(ticket) + " "
                + words(followed.contains(ticket.code) ? "queue.stop.told-phone" : "queue.stop.told-hall")),
          ]
        }, empty: words("queue.stop.no-tickets"))
    }
  }

  /// Which of the stops above it is.
  private func which(_ stop: ServiceStop) -> String {
    let name = stop.service.map { words(stops.serviceName($0)) } ?? words("queue.stop.office")
    return "\(name), \(StopTime(stop, today: context.zone.date(of: context.now)).text(words))"
  }

  /// What the holder reads on the ticket.
  private func told(_ ticket: StoppedTicket) -> String {
    let stop = ticket.stop
    guard !isPlanned(stop) else {
      return StopAhead(
        service: stop.service, name: stop.service.map(stops.serviceName), period: stop.period, reason: stop.reason,
        isToday: true
      ).sentence(words, in: context.zone)
    }
    return ticket.availability.title(words, in: context.zone)
  }

  private var visits: Node {
    card(title: words("queue.stop.visits")) {
      dataTable(
        caption: words("queue.stop.visits"),
        columns: [
          words("appointment.column.time"), words("appointment.column.code"), words("queue.console.service"),
          words("queue.stop.told"),
        ],
        rows: overview.visits.map { hit in
          [
            .text("\(words.date(hit.day)) \(hit.time)"),
            code(.untranslated) { hit.number.printed },
            .text(words(stops.serviceName(hit.service))),
            .text(words(hit.canMove ? "queue.stop.told-move" : "queue.stop.told-page")),
          ]
        }, empty: words("queue.stop.no-visits"))
    }
  }
}
