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
        try await page(CounterQuestion(counters.counter(request.parameter("loket")), request))
      },
      // Where the back button or another language leads after something was refused.
      Route(.get, "/petugas/loket/:loket/:tindakan", for: .officers(with: .serve)) { request in
        .redirect("/petugas/loket/\(String(try counters.counter(request.parameter("loket")).number))")
      },
      Route(.post, "/petugas/loket/:loket/panggil", for: .officers(with: .serve), call),
      Route(.post, "/petugas/loket/:loket/panggil-khusus", for: .officers(with: .serve), callChosen),
      Route(.post, "/petugas/loket/:loket/ambil-alih", for: .officers(with: .serve), takeOver),
      Route(.post, "/petugas/loket/:loket/urungkan", for: .officers(with: .serve), undo),
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

  func page(_ question: CounterQuestion) async throws -> Response {
    page(question, try await reading(question))
  }

  func page(_ question: CounterQuestion, _ reading: CounterReading) -> Response {
    let title = question.request.words("queue.counter", ["counter": String(question.counter.number)])
    let status = question.refusal.map { Status($0.problem) } ?? .ok
    switch reading {
    case .taken(let view):
      return .page(question.request, title: title, status: status, face: .console) { view.node }
    case .work(let work):
      var shown = question.request
      // The officer does not sit at a counter that was lost, or not opened yet.
      if work.isOpened { shown.context.officer?.counter = title }
      let view = CounterView(
        counter: question.counter, office: office, work: work, services: offered, rules: queue.rules.now,
        context: shown.context, refusal: question.refusal)
      return .page(shown, title: title, status: status, face: .console) { view.node }
    }
  }

  var offered: [OfferedService] { queue.catalogue?.services(on: office.zone.date(of: queue.clock.now)) ?? [] }

  private func events() -> Response {
    feed.response(()) { stream, snapshot, _ in
      stream.send(ServerEvent(id: String(snapshot.sequence), data: "antrean"))
    }
  }
}

extension Request {
  /// Whether a script asks for the live parts of a page that is shown already.
  var isForLivePart: Bool { header("x-gapura-live") != nil }
}
