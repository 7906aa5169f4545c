import Contracts
import Core
import HTML
import Store
import Web

/// `/petugas/janji`: the supervisors' page. Codes, services, times and states; no names.
struct AppointmentConsole: Sendable {
  private static let listedCountMax = 300
  private static let recentCountMax = 30
  static let path: Link = "/petugas/janji"

  let house: AppointmentHouse
  let desk: BookingDesk

  private var supervisor: SupervisorDesk { SupervisorDesk(house: house) }

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/janji", for: .officers(atLeast: .supervisor)) { request in
        try await page(request, status: .ok)
      },
      Route(.post, "/petugas/janji/kapasitas", for: .officers(atLeast: .supervisor)) { try await changePlaces($0) },
      Route(.post, "/petugas/janji/kecualikan", for: .officers(atLeast: .supervisor)) { try await allow($0) },
      Route(.post, "/petugas/janji/undian", for: .officers(atLeast: .supervisor)) { try await announce($0) },
    ]
  }

  private struct Reading: Sendable {
    let appointments: [Appointment]
    let changes: [SupervisorDesk.CapacityChange]
    let exceptions: [SupervisorDesk.Exception]
    let overbooked: [(day: CivilDate, count: Int)]
    let draws: [Draw]
  }

  private func page(
    _ request: Request, capacity: FormInput = FormInput(), exception: FormInput = FormInput(),
    draw: FormInput = FormInput(), status: Status
  ) async throws -> Response {
    let words = request.words
    let today = house.today
    let day = CivilDate(iso: request.query("hari") ?? "") ?? today
    let read = try await house.store.read { snapshot in
      Reading(
        appointments: try AppointmentTable.appointments(from: day, to: day, limit: Self.listedCountMax, in: snapshot),
        changes: try SupervisionTable.changes(from: today, limit: Self.recentCountMax, in: snapshot),
        exceptions: try SupervisionTable.exceptions(limit: Self.recentCountMax, in: snapshot),
        overbooked: try SupervisionTable.overbooked(from: today, in: snapshot),
        draws: try DrawTable.latest(limit: Self.recentCountMax, in: snapshot))
    }
    let overview = try await PlaceOverview.read(house)
    let title = words("appointment.console.title")
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(title, lead: words("appointment.console.lead"))
      NextReleaseView(next: overview.next, context: request.context).node
      if !read.overbooked.isEmpty { surplus(read.overbooked, words) }
      dayLinks(overview, chosen: day, words)
      list(read.appointments, on: day, words)
      exceptions(read.exceptions, exception, request)
      capacityCard(read.changes, capacity, request)
      draws(read.draws, draw, request)
      OverviewTable(overview: overview, words: words).node
    }
  }

  /// A form that is folded away until its words are pressed, or something in it has to be mended.
  private func folded(_ label: String, _ input: FormInput, @NodeBuilder _ form: () -> Node) -> Node {
    details(.class("folded"), .open(!input.errors.isEmpty)) {
      summary { label }
      form()
    }
  }

  // MARK: the days

  private func surplus(_ days: [(day: CivilDate, count: Int)], _ words: Words) -> Node {
    notice(.warning, title: words("appointment.console.surplus")) {
      ul {
        for entry in days {
          li {
            a(.href(Self.path.adding("hari", entry.day.description))) {
              words(
                "appointment.console.surplus-day", ["date": words.longDate(entry.day), "count": String(entry.count)])
            }
          }
        }
      }
    }
  }

  private func dayLinks(_ overview: PlaceOverview, chosen: CivilDate, _ words: Words) -> Node {
    nav(.aria("label", words("appointment.console.days"))) {
      ul(.class("in-line")) {
        for day in overview.days {
          li {
            a(
              .href(Self.path.adding("hari", day.description)), .aria("current", day == chosen ? "page" : nil)
            ) { words.date(day) }
          }
        }
      }
    }
  }

  private func list(_ appointments: [Appointment], on day: CivilDate, _ words: Words) -> Node {
    card(title: words.longDate(day)) {
      dataTable(
        caption: words("appointment.console.list"),
        columns: ["time", "code", "service", "line", "state"].map {
          words(MessageKey("appointment.column", named: $0))
        },
        rows: appointments.flatMap { appointment in
          appointment.visits.map { visit in
            [
              .text(visit.at.spoken), code(.untranslated) { visit.code.description },
              .text(words(house.serviceName(visit.service))),
              .text(words(MessageKey("appointment.kind", named: appointment.kind.rawValue))),
              .text(words(MessageKey("appointment.state", named: appointment.state.rawValue))),
            ]
          }
        }, empty: words("appointment.console.empty"))
    }
  }

  // MARK: exceptions

  private func exceptions(
    _ exceptions: [SupervisorDesk.Exception], _ input: FormInput, _ request: Request
  ) -> Node {
    let words = request.words
    return card(title: words("appointment.exception.title")) {
      p { words("appointment.exception.text") }
      folded(words("appointment.exception.submit"), input) {
        formNode(
          request.context, to: "/petugas/janji/kecualikan", submission: PublicCode(from: house.random).description,
          fields: exceptionFields(words), input: input, submitLabel: words("appointment.exception.submit"))
      }
      dataTable(
        caption: words("appointment.exception.list"), captionIsSeen: true,
        columns: ["when", "kind", "code", "reason", "officer"].map {
          words(MessageKey("appointment.column", named: $0))
        },
        rows: exceptions.map { exception in
          [
            .text(
              "\(words.date(house.zone.date(of: exception.madeAt))) \(words.time(exception.madeAt, in: house.zone))"),
            .text(words(MessageKey("appointment.exception-kind", named: exception.kind.rawValue))),
            code(.untranslated) { exception.code.description }, .text(exception.reason),
            .text(exception.officer.description),
          ]
        }, empty: words("appointment.exception.none"))
    }
  }

  private func exceptionFields(_ words: Words) -> [Field] {
    [
      .text("kode", label: words("appointment.receipt.code"), kind: .code),
      .choice(
        "izin", label: words("appointment.exception.kind"),
        options: ExceptionKind.allCases.map {
          Field.Option($0.rawValue, words(MessageKey("appointment.exception-kind", named: $0.rawValue)))
        }),
      .text(
        "alasan", label: words("appointment.exception.reason"), hint: words("appointment.exception.reason-hint"),
        kind: .multiline(rows: 2, max: SupervisorDesk.reasonCharacterCountMax)),
    ]
  }

  private func allow(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    exceptionFields(words).check(&input, words)
    if input.isAcceptable, PublicCode(input["kode"]) == nil {
      input.refuse("kode", Problem(.invalid, "appointment.unknown").mend(words))
    }
    guard input.isAcceptable, let code = PublicCode(input["kode"]), let kind = ExceptionKind(rawValue: input["izin"]),
      let officer = request.officer
    else { return try await page(request, exception: input, status: .unprocessable) }
    do {
      try await supervisor.allow(
        kind, for: code, because: input["alasan"], by: officer.id, submission: try submission(input))
      return .redirect(Self.path)
    } catch let problem as Problem where ["appointment.unknown", "appointment.ended"].contains(problem.code) {
      input.refuse("kode", problem.title(words) + " " + problem.mend(words))
    } catch let problem as Problem where problem.code == "appointment.reason-missing" {
      input.refuse("alasan", problem.title(words) + " " + problem.mend(words))
    }
    return try await page(request, exception: input, status: .unprocessable)
  }

  private func submission(_ input: FormInput) throws -> String {
    guard !input.submission.isEmpty else { throw Problem(.invalid, "bad-request") }
    return input.submission
  }

  // MARK: capacity

  private func capacityCard(
    _ changes: [SupervisorDesk.CapacityChange], _ input: FormInput, _ request: Request
  ) -> Node {
    let words = request.words
    return card(title: words("appointment.capacity.title")) {
      p { words("appointment.capacity.text") }
      folded(words("appointment.capacity.submit"), input) {
        formNode(
          request.context, to: "/petugas/janji/kapasitas", submission: PublicCode(from: house.random).description,
          fields: capacityFields(words), input: input, submitLabel: words("appointment.capacity.submit"))
      }
      dataTable(
        caption: words("appointment.capacity.list"), captionIsSeen: true,
        columns: ["day", "service", "time", "places", "reason", "officer"].map {
          words(MessageKey("appointment.column", named: $0))
        }, numeric: [3],
        rows: changes.map { change in
          [
            .text(words.longDate(change.day)),
            .text(change.service.map { words(house.serviceName($0)) } ?? words("appointment.capacity.all")),
            .text("\(change.span.from.spoken)–\(change.span.to.spoken)"), .text(String(change.places)),
            .text(change.reason), .text(change.officer.description),
          ]
        }, empty: words("appointment.capacity.none"))
    }
  }

  private func capacityFields(_ words: Words) -> [Field] {
    [
      .text("hari", label: words("appointment.column.day"), kind: .date),
      .select(
        "layanan", label: words("appointment.column.service"), required: false, options: serviceOptions(words)),
      .text(
        "dari", label: words("appointment.capacity.from"), hint: words("appointment.capacity.time-hint"),
        kind: .short(5)),
      .text(
        "sampai", label: words("appointment.capacity.to"), hint: words("appointment.capacity.time-hint"),
        kind: .short(5)),
      .text("tempat", label: words("appointment.capacity.places"), kind: .numeric(digits: 3)),
      .text(
        "alasan-kapasitas", label: words("appointment.exception.reason"),
        kind: .multiline(rows: 2, max: SupervisorDesk.reasonCharacterCountMax)),
    ]
  }

  private func serviceOptions(_ words: Words) -> [Field.Option] {
    house.rules.now.services.map { Field.Option($0.code.rawValue, words(house.serviceName($0.code))) }
  }

  private func changePlaces(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    capacityFields(words).check(&input, words)
    for field in ["dari", "sampai"] where input.isAcceptable && clock(input[field]) == nil {
      input.refuse(field, words("appointment.capacity.time-hint"))
    }
    guard input.isAcceptable, let day = CivilDate(iso: input["hari"]), let from = clock(input["dari"]),
      let to = clock(input["sampai"]), let places = Int(input["tempat"]), let officer = request.officer
    else { return try await page(request, capacity: input, status: .unprocessable) }
    let service = input["layanan"].isEmpty ? nil : ServiceCode(input["layanan"])
    do {
      try await supervisor.change(
        day, DayPlan.Change(service: service, span: OpeningSpan(from: from, to: to), places: places),
        because: input["alasan-kapasitas"], by: officer.id, submission: try submission(input))
      return .redirect(Self.path.adding("hari", day.description))
    } catch let problem as Problem where problem.code == "appointment.change-times" {
      input.refuse("sampai", problem.title(words) + " " + problem.mend(words))
    } catch let problem as Problem where problem.code == "appointment.reason-missing" {
      input.refuse("alasan-kapasitas", problem.title(words) + " " + problem.mend(words))
    }
    return try await page(request, capacity: input, status: .unprocessable)
  }

  /// `08.30` as well as `08:30`.
  private func clock(_ text: String) -> CivilTime? {
    CivilTime(text.split(separator: ".", omittingEmptySubsequences: false).joined(separator: ":"))
  }

  // MARK: draws

  private func draws(_ draws: [Draw], _ input: FormInput, _ request: Request) -> Node {
    let words = request.words
    return card(title: words("appointment.draw.title")) {
      p { words("appointment.draw.console") }
      ul(.class("in-line")) {
        for draw in draws {
          li {
            a(.href("/undian/\(draw.id)")) {
              "\(words(house.serviceName(draw.service))): "
              words("appointment.draw.days", ["from": words.longDate(draw.first), "to": words.longDate(draw.last)])
            }
          }
        }
      }
      folded(words("appointment.draw.announce"), input) {
        formNode(
          request.context, to: "/petugas/janji/undian", submission: PublicCode(from: house.random).description,
          fields: drawFields(words), input: input, submitLabel: words("appointment.draw.announce"))
      }
    }
  }

  private func drawFields(_ words: Words) -> [Field] {
    [
      .select("layanan-undian", label: words("appointment.column.service"), options: serviceOptions(words)),
      .text("hari-pertama", label: words("appointment.draw.first"), kind: .date),
      .text("hari-terakhir", label: words("appointment.draw.last"), kind: .date),
      .text("tutup", label: words("appointment.draw.closes-day"), kind: .date),
      .text(
        "jam-tutup", label: words("appointment.draw.closes-time"), hint: words("appointment.capacity.time-hint"),
        kind: .short(5)),
    ]
  }

  private func announce(_ request: Request) async throws -> Response {
    var input = request.form
    let words = request.words
    drawFields(words).check(&input, words)
    if input.isAcceptable, clock(input["jam-tutup"]) == nil {
      input.refuse("jam-tutup", words("appointment.capacity.time-hint"))
    }
    guard input.isAcceptable, let first = CivilDate(iso: input["hari-pertama"]),
      let last = CivilDate(iso: input["hari-terakhir"]), let closes = CivilDate(iso: input["tutup"]),
      let time = clock(input["jam-tutup"]), let officer = request.officer
    else { return try await page(request, draw: input, status: .unprocessable) }
    let plan = DrawTable.Plan(
      service: ServiceCode(input["layanan-undian"]), first: first, last: last,
      closes: house.zone.instant(closes, time), submission: try submission(input))
    do {
      let draw = try await DrawDesk(house: house).announce(
        plan, by: SignedInPrincipal(id: officer.id, principal: officer.principal))
      return .redirect("/undian/\(draw.id)")
    } catch let problem as Problem where ["appointment.draw-empty", "appointment.draw-days"].contains(problem.code) {
      input.refuse("hari-pertama", problem.title(words) + " " + problem.mend(words))
      return try await page(request, draw: input, status: .unprocessable)
    }
  }
}
