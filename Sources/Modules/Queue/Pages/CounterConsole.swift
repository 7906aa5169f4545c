import Contracts
import Core
import HTML
import Store
import Web

/// The officers' pages of the queue: the counters, and one counter at work.
struct CounterConsole: Sendable {
  let desk: QueueDesk
  let feed: BoardFeed
  let office: Office
  let applications: (any ApplicationService)?
  let accessibility: (any AccessibilityService)?
  let counters: CounterDesk

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/loket", for: .officers(atLeast: .clerk)) { request in try await list(request) },
      Route(.get, "/petugas/loket/peristiwa", for: .officers(atLeast: .clerk)) { _ in events() },
      Route(.get, "/petugas/loket/:loket", for: .officers(atLeast: .clerk)) { request in
        try await page(request, counters.counter(request.parameter("loket")))
      },
      Route(.post, "/petugas/loket/:loket/panggil", for: .officers(atLeast: .clerk)) { request in
        try await call(request, counters.counter(request.parameter("loket")))
      },
      Route(.post, "/petugas/loket/:loket/:tindakan", for: .officers(atLeast: .clerk)) { request in
        try await act(request, counters.counter(request.parameter("loket")))
      },
    ]
  }

  // MARK: pages

  private func list(_ request: Request) async throws -> Response {
    let words = request.words
    let inHand = try await desk.store.read { database in
      try office.counters.map { try TicketTable.inHand(of: $0.number, in: database)?.number }
    }
    let cards = zip(office.counters, inHand).map { counter, ticket in
      linkCard(
        words("queue.counter", ["counter": String(counter.number)]),
        to: "/petugas/loket/\(String(counter.number))", icon: .counter,
        text: ticket.map { words("queue.console.serving", ["number": $0]) } ?? words("queue.console.free"),
        facts: counter.services.map { words(desk.serviceName($0)) })
    }
    return .page(request, title: words("queue.console.counters"), face: .console) {
      pageHeading(words("queue.console.counters"), lead: words("queue.console.choose"))
      cardGrid(cards)
    }
  }

  private func page(_ request: Request, _ counter: Office.Counter, problem: Problem? = nil) async throws -> Response {
    let work = try await work(at: counter, for: request)
    var context = request.context
    context.officer?.counter = request.words("queue.counter", ["counter": String(counter.number)])
    let view = CounterView(counter: counter, work: work, context: context, problem: problem)
    var shown = request
    shown.context = context
    return .page(
      shown, title: request.words("queue.counter", ["counter": String(counter.number)]),
      status: problem == nil ? .ok : .conflict, face: .console
    ) {
      view.node
      Layout.script(.console, context)
    }
  }

  private func events() -> Response {
    feed.response(()) { stream, update, _ in
      stream.send(ServerEvent(id: String(update.sequence), data: "antrean"))
    }
  }

  // MARK: actions

  private func call(_ request: Request, _ counter: Office.Counter) async throws -> Response {
    guard let officer = request.officer else { throw Problem(.signInNeeded, "sign-in-needed") }
    do {
      let called = try await counters.callNext(to: counter, by: officer.id, named: officer.name)
      let path: Link = "/petugas/loket/\(String(counter.number))"
      return .redirect(called == nil ? path.adding("kosong", "ya") : path)
    } catch let problem as Problem where problem.kind == .conflict {
      return try await page(request, counter, problem: problem)
    }
  }

  private func act(_ request: Request, _ counter: Office.Counter) async throws -> Response {
    guard let action = TicketAction(rawValue: request.parameter("tindakan")) else {
      throw Problem(.notFound, "not-found")
    }
    guard let ticket = Int64(request.form["tiket"]) else { throw Problem(.invalid, "bad-request") }
    do {
      try await counters.act(action, on: TicketID(ticket), at: counter, by: request.principal)
      return .redirect("/petugas/loket/\(String(counter.number))")
    } catch let problem as Problem where problem.kind == .conflict {
      return try await page(request, counter, problem: problem)
    }
  }

  // MARK: what is shown

  /// What lies on the counter. Opening the case leaves its audit rows, so only a whole page does it: what
  /// a live part asks for is the line, which names nobody.
  private func work(at counter: Office.Counter, for request: Request) async throws -> CounterWork {
    let lines = try await lines(of: counter)
    guard !request.isForLivePart else { return CounterWork(hand: nil, lines: lines, nobodyWaits: false) }
    let principal = request.principal
    let hand = try await desk.store.write { transaction -> CounterWork.Hand? in
      guard let ticket = try TicketTable.inHand(of: counter.number, in: transaction) else { return nil }
      let file = try ticket.application.flatMap {
        try applications?.caseFile($0, for: .service, as: principal, in: transaction)
      }
      return CounterWork.Hand(
        ticket: ticket, serviceName: desk.serviceName(ticket.service),
        needs: try accessibility?.needs(of: ticket.id, in: transaction) ?? Needs(), file: file)
    }
    return CounterWork(hand: hand, lines: lines, nobodyWaits: request.query("kosong") == "ya")
  }

  private func lines(of counter: Office.Counter) async throws -> [CounterWork.Waiting] {
    let day = office.zone.date(of: desk.clock.now)
    let waiting = try await desk.store.read { try TicketTable.waiting(on: day, limit: 200, in: $0) }
    return waiting.filter { counter.serves($0.service) }.map {
      CounterWork.Waiting(
        number: $0.number, serviceName: desk.serviceName($0.service), isPriority: $0.isPriority, since: $0.issuedAt)
    }
  }
}

/// What an officer has before them.
struct CounterWork: Sendable {
  /// The ticket that was called or is being served.
  struct Hand: Sendable {
    let ticket: TicketRecord
    let serviceName: LocalizedText
    let needs: Needs
    /// The application, opened; nil for a ticket without one.
    let file: CaseFile?
  }

  /// Somebody who waits: a number and a service, never a name.
  struct Waiting: Sendable {
    let number: String
    let serviceName: LocalizedText
    let isPriority: Bool
    let since: Instant
  }

  let hand: Hand?
  let lines: [Waiting]
  /// Whether the officer has just called and nobody was there.
  let nobodyWaits: Bool
}

extension Request {
  /// Whether a script asks for the live parts of a page that is shown already.
  fileprivate var isForLivePart: Bool { header("x-gapura-live") != nil }
}
