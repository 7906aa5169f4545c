import Contracts
import Core
import Forecast
import HTML
import Store
import Web

/// The officers' pages of the queue: the counters, and one counter at work.
struct CounterConsole: Sendable {
  let queue: HallQueue
  let feed: HallFeed
  let office: Office
  let applications: (any ApplicationService)?
  let accessibility: (any AccessibilityService)?
  let counters: CounterService
  /// nil where no module keeps accounts.
  let officers: (any OfficerDirectory)?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/loket", for: .officers(with: .serve)) { request in try await list(request) },
      Route(.get, "/petugas/loket/peristiwa", for: .officers(with: .serve)) { _ in events() },
      Route(.get, "/petugas/loket/:loket", for: .officers(with: .serve)) { request in
        try await page(request, counters.counter(request.parameter("loket")))
      },
      // Where the back button or another language leads after something was refused.
      Route(.get, "/petugas/loket/:loket/:tindakan", for: .officers(with: .serve)) { request in
        .redirect("/petugas/loket/\(String(try counters.counter(request.parameter("loket")).number))")
      },
      Route(.post, "/petugas/loket/:loket/panggil", for: .officers(with: .serve), call),
      Route(.post, "/petugas/loket/:loket/panggil-khusus", for: .officers(with: .serve), callChosen),
      Route(.post, "/petugas/loket/:loket/ambil-alih", for: .officers(with: .serve), takeOver),
      Route(.post, "/petugas/loket/:loket/urungkan", for: .officers(with: .serve)) { request in
        try await tried(request) {
          try await counters.undo(Int64(request.form["tindakan"]), at: $0, by: request.principal)
        }
      },
      Route(.post, "/petugas/loket/:loket/buka", for: .officers(with: .serve), open),
      Route(.post, "/petugas/loket/:loket/jeda", for: .officers(with: .serve), pause),
      Route(.post, "/petugas/loket/:loket/tutup", for: .officers(with: .serve), close),
      Route(.post, "/petugas/loket/:loket/:tindakan", for: .officers(with: .serve), act),
    ]
  }

  // MARK: pages

  private func list(_ request: Request) async throws -> Response {
    let words = request.words
    let seats = try await queue.store.read { database in
      try office.counters.map {
        (
          counter: $0, post: try CounterPostTable.post($0.number, in: database),
          number: try TicketTable.inHand(of: $0.number, in: database)?.number
        )
      }
    }
    let cards = seats.map { seat in
      linkCard(
        words("queue.counter", ["counter": String(seat.counter.number)]),
        to: "/petugas/loket/\(String(seat.counter.number))", icon: .counter,
        text: CounterState(post: seat.post, number: seat.number, words: words).text,
        facts: served(at: seat.counter, seat.post, words))
    }
    return .page(request, title: words("queue.console.counters"), face: .console) {
      pageHeading(words("queue.console.counters"), lead: words("queue.console.choose"))
      cardGrid(cards)
    }
  }

  /// What a counter is for: what a supervisor gave it for now, else its services of the configuration.
  private func served(at counter: Office.Counter, _ post: CounterPost?, _ words: Words) -> [String] {
    let given = post?.services ?? []
    let services = given.isEmpty ? counter.services : given
    return services.isEmpty
      ? [words("queue.console.all-services")] : services.map { words(queue.serviceName($0)) }
  }

  private func page(
    _ request: Request, _ counter: Office.Counter, refusal: CounterRefusal? = nil
  ) async throws -> Response {
    switch try await reading(of: counter, for: request, refusal) {
    case .taken(let view): return page(request, counter, refusal: refusal) { view.node }
    case .work(let work):
      var shown = request
      // The officer does not sit at a counter that was lost, or not opened yet.
      if work.isOpened {
        shown.context.officer?.counter = request.words("queue.counter", ["counter": String(counter.number)])
      }
      let view = CounterView(
        counter: counter, office: office, work: work, services: offered, rules: queue.rules.now, context: shown.context,
        refusal: refusal)
      return page(shown, counter, refusal: refusal) { view.node }
    }
  }

  private func page(
    _ request: Request, _ counter: Office.Counter, refusal: CounterRefusal?, body: () -> Node
  ) -> Response {
    .page(
      request, title: request.words("queue.counter", ["counter": String(counter.number)]),
      status: refusal.map { Status($0.problem) } ?? .ok, face: .console, body: body)
  }

  var offered: [OfferedService] { queue.catalogue?.services(on: office.zone.date(of: queue.clock.now)) ?? [] }

  private func events() -> Response {
    feed.response(()) { stream, snapshot, _ in
      stream.send(ServerEvent(id: String(snapshot.sequence), data: "antrean"))
    }
  }

  // MARK: actions

  @Sendable private func call(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let counter = try counters.counter(request.parameter("loket"))
    do {
      let called = try await counters.callNext(to: counter, by: officer.principal, named: officer.name)
      let path: Link = "/petugas/loket/\(String(counter.number))"
      return .redirect(called == nil ? path.adding("kosong", "ya") : path)
    } catch let problem as Problem where problem.kind == .conflict {
      return try await page(request, counter, refusal: CounterRefusal(problem, of: nil, request))
    }
  }

  /// Takes the counter over from the officer whom the page named: a colleague who came meanwhile is not driven away.
  @Sendable private func takeOver(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let former = Int64(request.form["dari"]).map { OfficerID($0) }
    return try await tried(request) {
      try await counters.takeOver($0, from: former, by: officer.principal, named: officer.name)
    }
  }

  @Sendable private func callChosen(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = request.form["alasan-khusus"]
    let wanted = request.form["nomor"].uppercased()
    return try await tried(request, .callChosen) { counter in
      let day = office.zone.date(of: queue.clock.now)
      guard let letter = wanted.first(where: \.isLetter), let sequence = Int(wanted.filter(\.isNumber)),
        let ticket = try await queue.store.read({
          try TicketTable.ticket(letter: String(letter), sequence: sequence, on: day, in: $0)
        })
      else { throw Problem(.conflict, "queue.no-such-number") }
      guard ticket.state == .waiting else {
        throw Problem(.conflict, "queue.not-waiting", ["number": ticket.number])
      }
      _ = try await counters.callChosen(
        ticket.id, to: counter, by: officer.principal, named: officer.name, reason: reason)
    }
  }

  @Sendable private func open(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let known = Set(request.context.languages)
    let languages = Set(request.form.all("bahasa-petugas").map { Language(rawValue: $0) }).intersection(known)
    return try await tried(request, .languages) {
      try await counters.open($0, by: officer.principal, named: officer.name, languages: languages)
    }
  }

  @Sendable private func pause(_ request: Request) async throws -> Response {
    let officer = try signedIn(request)
    let reason = PauseReason(rawValue: request.form["alasan-jeda"])
    return try await tried(request, .pause) {
      try await counters.pause($0, by: officer.principal, named: officer.name, reason: reason?.rawValue ?? "")
    }
  }

  @Sendable private func close(_ request: Request) async throws -> Response {
    let hand: (action: TicketAction, detail: ActionDetail)? =
      switch TicketAction(rawValue: request.form["sisa"]) {
      case .giveBack: (.giveBack, ActionDetail())
      case .noShow: (.noShow, ActionDetail())
      case .hold: (.hold, ActionDetail(reason: HoldReason.colleague.rawValue))
      case nil, .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .resume, .release,
        .transfer, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
        nil
      }
    let reason = CloseReason(rawValue: request.form[CloseReasonField.name])
    return try await tried(request, .close) {
      try await counters.close($0, by: request.principal, hand: hand, reason: reason)
    }
  }

  @Sendable private func act(_ request: Request) async throws -> Response {
    guard let action = TicketAction(rawValue: request.parameter("tindakan")) else {
      throw Problem(.notFound, "not-found")
    }
    guard let ticket = Int64(request.form["tiket"]) else { throw Problem(.invalid, "bad-request") }
    let seated = try await queue.store.read { try CounterPostTable.seated(in: $0) }.compactMap(\.officer)
    let form = request.form
    return try await tried(request, CounterPanel(rawValue: action.rawValue)) {
      let detail = try detail(of: action, in: form, seated: seated)
      try await counters.act(action, on: TicketID(ticket), at: $0, by: request.principal, detail)
    }
  }

  /// - Parameter seated: officers at a counter: a person can be sent to these alone, since no other would call them.
  private func detail(of action: TicketAction, in form: FormInput, seated: [OfficerID]) throws -> ActionDetail {
    switch action {
    case .hold:
      let most = queue.rules.now.holdMinutesMax
      guard form["menit"].isEmpty || Int(form["menit"]).map({ (1...most).contains($0) }) == true else {
        throw Problem(.invalid, "queue.minutes-wrong", ["max": String(most)])
      }
      return ActionDetail(
        reason: HoldReason(rawValue: form["alasan-tunda"])?.rawValue, holdMinutes: Int(form["menit"]))
    case .transfer:
      let parts = form["tujuan"].split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return ActionDetail() }
      let keepsPosition = form["tempat"] != "akhir"
      let isConfirmed = !form["tanpa-petugas"].isEmpty
      switch parts[0] {
      case "layanan" where offered.contains { $0.code.rawValue == parts[1] }:
        return ActionDetail(service: ServiceCode(parts[1]), keepsPosition: keepsPosition, isConfirmed: isConfirmed)
      case "loket":
        return ActionDetail(
          target: Int(parts[1]).map { .counter($0) }, keepsPosition: keepsPosition, isConfirmed: isConfirmed)
      case "petugas":
        let officer = Int64(parts[1]).map { OfficerID($0) }.flatMap { seated.contains($0) ? $0 : nil }
        return ActionDetail(target: officer.map { .officer($0) }, keepsPosition: keepsPosition)
      default: return ActionDetail()
      }
    case .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .resume, .release,
      .giveBack, .noShow, .comeBack, .cancel, .withdraw, .settle, .breakPromise, .undo:
      return ActionDetail()
    }
  }

  /// Does something at the counter and shows it. What clashes, or lacks something, is said above the counter as it
  /// is now: a page that was stale is mended by that.
  private func tried(
    _ request: Request, _ panel: CounterPanel? = nil, _ work: (Office.Counter) async throws -> Void
  ) async throws -> Response {
    let counter = try counters.counter(request.parameter("loket"))
    do {
      try await work(counter)
      return .redirect("/petugas/loket/\(String(counter.number))")
    } catch let problem as Problem where [.conflict, .invalid, .forbidden].contains(problem.kind) {
      return try await page(request, counter, refusal: CounterRefusal(problem, of: panel, request))
    }
  }

  private func signedIn(_ request: Request) throws(Problem) -> SignedInOfficer {
    guard let officer = request.officer else { throw Problem(.signInNeeded, "sign-in-needed") }
    return officer
  }
}

extension Request {
  /// Whether a script asks for the live parts of a page that is shown already.
  var isForLivePart: Bool { header("x-gapura-live") != nil }
}
