import Contracts
import Core
import Crypto
import HTML
import PageParts
import Store
import Web

/// `/undian`: the draws, entering one, one's own entry, and everything that is needed to check a draw.
struct DrawPages: Sendable {
  private static let listedCountMax = 20

  let draws: DrawService
  private let lists = DrawnLists()

  init(draws: DrawService) { self.draws = draws }

  private var booking: BookingContext { draws.booking }
  private var holder: HolderQuestions { HolderQuestions(access: booking.access) }

  func routes() -> [Route] {
    [
      Route(.get, "/undian", for: .everyone) { request in try await list(request) },
      Route(.get, "/undian/:undian", for: .everyone) { request in
        try await show(request, input: FormInput(prefilled: ["nomor": request.query("nomor") ?? ""]), status: .ok)
      },
      Route(.post, "/undian/:undian", for: .everyone) { request in try await enter(request) },
      Route(.get, "/undian/:undian/daftar", for: .everyone) { request in try await file(request) },
      Route(.get, "/undian/entri/:kode", for: .everyone) { request in try await entry(request) },
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let latest = try await booking.store.read { try DrawTable.latest(limit: Self.listedCountMax, in: $0) }
    let words = request.words
    let now = booking.clock.now
    return .page(request, title: words("appointment.draw.title")) {
      pageHeading(words("appointment.draw.title"), lead: words("appointment.draw.lead"))
      if latest.isEmpty {
        notice(.info) { p { words("appointment.draw.none") } }
      } else {
        cardGrid(
          latest.map { draw in
            linkCard(
              words(booking.serviceName(draw.service)), to: "/undian/\(draw.id)", icon: .ticket,
              text: days(draw, words), facts: [state(draw, at: now, words)])
          })
      }
    }
  }

  private func days(_ draw: Draw, _ words: Words) -> String {
    words("appointment.draw.days", ["from": words.longDate(draw.first), "to": words.longDate(draw.last)])
  }

  private func state(_ draw: Draw, at now: Instant, _ words: Words) -> String {
    if draw.drawnAt != nil { return words("appointment.draw.drawn") }
    guard draw.isOpen(at: now) else { return words("appointment.draw.closed") }
    return words(
      "appointment.draw.open",
      [
        "date": words.longDate(booking.zone.date(of: draw.closes)), "time": words.time(draw.closes, in: booking.zone),
      ])
  }

  private func draw(_ request: Request) async throws -> (draw: Draw, entries: Int) {
    guard let id = Int64(request.parameter("undian")).map({ DrawID($0) }),
      let found = try await booking.store.read({ snapshot -> (Draw, Int)? in
        guard let draw = try DrawTable.draw(id, in: snapshot) else { return nil }
        return (draw, try DrawTable.entryCount(of: id, in: snapshot))
      })
    else { throw Problem(.notFound, "appointment.unknown-draw") }
    return (found.0, found.1)
  }

  /// - Parameter existing: what a person who was refused has already.
  private func show(
    _ request: Request, input: FormInput, status: Status, existing: [Way] = []
  ) async throws -> Response {
    let (draw, entries) = try await draw(request)
    let recorded = try await Recorded.read(draw, draws)
    let words = request.words
    let now = booking.clock.now
    return .page(request, title: words("appointment.draw.title"), status: status) {
      pageHeading(words("appointment.draw.title"), lead: words(booking.serviceName(draw.service)))
      card {
        summaryList([
          SummaryRow(words("appointment.draw.for"), days(draw, words)),
          SummaryRow(words("appointment.draw.places"), String(draw.slots)),
          SummaryRow(words("appointment.draw.entries"), String(entries)),
          SummaryRow(words("appointment.draw.state"), state(draw, at: now, words)),
        ])
      }
      for way in existing { wayNotice(way.title, label: way.label, to: way.path) }
      let isOpen = draw.isOpen(at: now)
      formNode(
        request.context, to: "/undian/\(draw.id)", submission: nil,
        fields: question(request, input) + (isOpen ? wishes(draw, words) : []), input: input,
        submitLabel: words(isOpen ? "appointment.draw.submit" : "appointment.draw.find"))
      proofWay(request.context)
      proof(draw, recorded, words)
    }
  }

  private func question(_ request: Request, _ input: FormInput) -> [Field] {
    holder.fields(
      request, input, label: request.words("appointment.book.numbers"),
      hint: request.words("appointment.draw.number-hint"))
  }

  private func wishes(_ draw: Draw, _ words: Words) -> [Field] {
    var days: [Field.Option] = [Field.Option("", words("appointment.draw.any-day"))]
    var day = draw.first
    // A draw for months would have a list too long to read; then any day will do.
    while day <= draw.last, days.count <= 31 {
      if !(booking.openings?.openingTimes(on: day) ?? []).isEmpty {
        days.append(Field.Option(day.description, words.longDate(day)))
      }
      day = day.adding(days: 1)
    }
    return [
      .choice("hari", label: words("appointment.draw.wish"), required: false, options: days),
      .checkbox("hanya", label: words("appointment.draw.strict"), required: false),
    ]
  }

  private func enter(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    let (draw, _) = try await draw(request)
    var input = request.form
    wishes(draw, request.words).check(&input, request.words)
    let opening = try await holder.open(&input, request)
    guard input.isAcceptable, let application = opening.application else {
      return try await show(request, input: input, status: opening.status)
    }
    do {
      let entry = try await draws.enter(
        draw.id, with: application.number, wish: CivilDate(iso: input["hari"]), isStrict: input["hanya"] == "ya")
      return Response.redirect("/undian/entri/\(entry.code)").setting(opening.cookie)
    } catch let problem as Problem
      where PartyForm.isAboutNumbers(problem)
      || ["appointment.draw-entered", "appointment.draw-closed"].contains(problem.code)
    {
      input.refuse("nomor", problem.title(request.words) + " " + problem.mend(request.words))
      let existing = try await existing(in: draw, after: problem, with: application, request)
      return try await show(request, input: input, status: .unprocessable, existing: existing).setting(opening.cookie)
    }
  }

  private typealias Way = (title: String, label: String, path: String)

  /// The entries or the appointments because of which a person was refused, as far as this browser has opened them: a
  /// person may have come with another application before.
  private func existing(
    in draw: Draw, after problem: Problem, with application: OpenedApplication, _ request: Request
  ) async throws -> [Way] {
    let opened = Set([application] + (booking.access?.opened(by: request.cookie) ?? [])).map(\.number)
    let words = request.words
    switch problem.code {
    case "appointment.draw-entered":
      return try await booking.store.read { try DrawTable.entries(of: opened, in: draw.id, $0) }.map { entry in
        (
          words("appointment.draw.entered", ["number": entry.application.printed]),
          words("appointment.draw.open-entry"), "/undian/entri/\(entry.code)"
        )
      }
    case "appointment.one-at-a-time":
      let hall = AppointmentsInHall(booking: booking)
      let appointments = try await booking.store.read { database in
        try opened.compactMap { try hall.next(for: $0, in: database) }
      }
      return appointments.reduce(into: [ComingVisit.Appointment]()) { once, appointment in
        if !once.contains(where: { $0.code == appointment.code }) { once.append(appointment) }
      }.flatMap { ComingVisit($0).ways(words, in: booking.zone) }
    default: return []
    }
  }

  // MARK: one's own entry

  private func entry(_ request: Request) async throws -> Response {
    guard let code = PublicCode(request.parameter("kode")), let digest = draws.digest,
      let found = try await booking.store.read({ snapshot -> (DrawEntry, Draw, Appointment?)? in
        guard let entry = try DrawTable.entry(code, in: snapshot),
          let draw = try DrawTable.draw(entry.draw, in: snapshot)
        else { return nil }
        return (entry, draw, try entry.appointment.flatMap { try AppointmentTable.appointment($0, in: snapshot) })
      })
    else {
      try request.allow(.lookUp)
      throw Problem(.notFound, "appointment.unknown-entry")
    }
    let (entry, draw, appointment) = found
    let words = request.words
    let label = try DrawLots(digest: digest).label(of: code)
    return .page(request, title: words("appointment.entry.title")) {
      pageHeading(words("appointment.entry.title"), lead: words(booking.serviceName(draw.service)))
      result(entry, draw, appointment, words)
      card(title: words("appointment.entry.keep")) {
        keepCode(label, label: words("appointment.entry.label"))
        p { words("appointment.entry.again") }
        p { words("appointment.entry.secret") }
        p { linkButton(words("appointment.entry.draw"), to: "/undian/\(draw.id)") }
      }
    }
  }

  @NodeBuilder private func result(
    _ entry: DrawEntry, _ draw: Draw, _ appointment: Appointment?, _ words: Words
  ) -> Node {
    if draw.drawnAt == nil {
      notice(.info, title: words("appointment.entry.in")) {
        p { state(draw, at: booking.clock.now, words) }
        p { wish(of: entry, words) }
      }
    } else if let appointment {
      notice(.success, title: words("appointment.entry.won")) {
        p { words("appointment.entry.rank", ["rank": String(entry.rank ?? 0)]) }
      }
      p { linkButton(words("appointment.entry.to-appointment"), to: "/janji/\(appointment.code)", style: .primary) }
    } else {
      notice(.warning, title: words("appointment.entry.lost")) {
        p { words("appointment.entry.rank", ["rank": String(entry.rank ?? 0)]) }
        p { words("appointment.entry.lost-text") }
      }
    }
  }

  /// The day that was wished for, and whether another will do.
  private func wish(of entry: DrawEntry, _ words: Words) -> String {
    guard let day = entry.wish else { return words("appointment.entry.any-day") }
    let key: MessageKey = entry.isStrict ? "appointment.entry.only-day" : "appointment.entry.wish"
    return words(key, ["date": words.longDate(day)])
  }

  // MARK: checking

  /// What the ledger holds of a draw.
  private struct Recorded: Sendable {
    var commitment: LedgerRecord?
    var outcome: LedgerRecord?
    static func read(_ draw: Draw, _ draws: DrawService) async throws -> Recorded {
      try await draws.booking.store.read { snapshot in
        var recorded = Recorded()
        recorded.commitment = try draws.ledgerEntry(.drawCommitment, of: draw.id, in: snapshot)
        guard draw.drawnAt != nil else { return recorded }
        recorded.outcome = try draws.ledgerEntry(.drawOutcome, of: draw.id, in: snapshot)
        return recorded
      }
    }
  }

  private func proof(_ draw: Draw, _ recorded: Recorded, _ words: Words) -> Node {
    card(title: words("appointment.proof.title")) {
      p { words("appointment.proof.text") }
      keepCode(Hexadecimal.text(draw.commitment), label: words("appointment.proof.commitment"))
      if draw.drawnAt != nil {
        keepCode(Hexadecimal.text(draw.seed), label: words("appointment.proof.seed"))
        keepCode(Hexadecimal.text(draw.entriesHash ?? []), label: words("appointment.proof.entries"))
        if let list = draw.listHash {
          keepCode(Hexadecimal.text(list), label: words("appointment.proof.list"))
        }
      }
      ledger(recorded, words)
      ol { for step in ["1", "2", "3", "4", "5"] { li { words(MessageKey("appointment.proof.step", named: step)) } } }
      ul(.class("in-line")) {
        li { a(.href("/undian/\(draw.id)/daftar")) { words("appointment.proof.file") } }
        li { a(.href("/aset/undian.py")) { words("appointment.proof.script") } }
      }
    }
  }

  @NodeBuilder private func ledger(_ recorded: Recorded, _ words: Words) -> Node {
    if let record = recorded.commitment {
      p { words("appointment.proof.committed", ["entry": String(record.entry), "date": moment(record.at, words)]) }
    }
    if let record = recorded.outcome {
      p { words("appointment.proof.recorded", ["entry": String(record.entry), "date": moment(record.at, words)]) }
    }
  }

  private func moment(_ instant: Instant, _ words: Words) -> String {
    words.moment(instant, in: booking.zone)
  }

  private func file(_ request: Request) async throws -> Response {
    let (draw, _) = try await draw(request)
    if let text = lists.text(of: draw.id) { return .text(text) }
    guard let list = try await DrawList.read(draw.id, draws) else {
      throw Problem(.notFound, "appointment.unknown-draw")
    }
    let text = try list.text()
    if list.draw.drawnAt != nil { lists.keep(text, of: draw.id) }
    return .text(text)
  }
}
