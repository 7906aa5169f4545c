import Contracts
import Core
import HTML
import Store
import Web

/// The supervisors' pages of the hall.
struct HallPages: Sendable {
  let queue: HallQueue
  let counters: CounterService
  let dayEnd: DayEnd
  let round: HallRound
  /// nil where no module keeps accounts.
  let officers: (any OfficerDirectory)?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/ruang", for: .officers(with: .hall)) { try await hall($0) },
      Route(.post, "/petugas/ruang/lepas", for: .officers(with: .hall)) { try await release($0) },
      Route(.post, "/petugas/ruang/tutup-hari", for: .officers(with: .hall)) { try await closeDay($0) },
      Route(.post, "/petugas/ruang/buka-hari", for: .officers(with: .hall)) { request in
        try await DayClose(counters: counters)
          .reopen(queue.zone.date(of: queue.clock.now), by: request.principal)
        return .redirect("/petugas/ruang")
      },
      Route(.post, "/petugas/ruang/sisa-hari", for: .officers(with: .hall)) { request in
        guard request.form["setuju"] == "ya" else { throw Problem(.invalid, "queue.close-unconfirmed") }
        let settled = try await round.endLeftover(by: request.principal)
        return .redirect(Link("/petugas/ruang").adding("sisa", String(settled.total + settled.missed)))
      },
      Route(.get, "/petugas/ruang/loket/:loket", for: .officers(with: .hall)) { request in
        try await counterPage(request, counters.counter(request.parameter("loket")))
      },
      Route(.post, "/petugas/ruang/loket/:loket/layanan", for: .officers(with: .hall)) { request in
        try await assign(request, counters.counter(request.parameter("loket")))
      },
      Route(.post, "/petugas/ruang/loket/:loket/pindah", for: .officers(with: .hall)) { request in
        try await move(request, counters.counter(request.parameter("loket")))
      },
      Route(.post, "/petugas/ruang/loket/:loket/tutup", for: .officers(with: .hall)) { request in
        let counter = try counters.counter(request.parameter("loket"))
        let reason = CloseReason(rawValue: request.form[CloseReasonField.name])
        return try await tried(request, counter) {
          try await counters.closeFromHall(counter, by: request.principal, reason: reason)
        }
      },
    ]
  }

  private func hall(_ request: Request) async throws -> Response {
    let now = queue.clock.now
    var overview = try await queue.store.read { try HallOverview.read(queue, counters, officers, at: now, in: $0) }
    let ends = dayEnd.end(of: queue.zone.date(of: now))
    overview.dayEnds = ends > now ? ends : nil
    overview.leftover = round.leftover
    return .page(request, title: request.words("queue.hall.title"), face: .console) {
      if let settled = request.query("ditutup") {
        notice(.success, title: request.words("queue.hall.day-closed", ["count": settled]), isNews: true)
      }
      if let settled = request.query("sisa") {
        // Two supervisors may have looked at the same time.
        if settled == "0" {
          notice(.info, title: request.words("queue.hall.left-gone"), isNews: true)
        } else {
          notice(.success, title: request.words("queue.hall.left-ended", ["count": settled]), isNews: true)
        }
      }
      HallView(overview: overview, queue: queue, context: request.context).node
    }
  }

  private func closeDay(_ request: Request) async throws -> Response {
    guard request.form["setuju"] == "ya" else { throw Problem(.invalid, "queue.close-unconfirmed") }
    let settled = try await DayClose(counters: counters)
      .close(queue.zone.date(of: queue.clock.now), by: request.principal)
    return .redirect(Link("/petugas/ruang").adding("ditutup", String(settled.total)))
  }

  /// Lets a person who was sent to a counter without an officer be called by every counter of the service.
  private func release(_ request: Request) async throws -> Response {
    guard let ticket = Int64(request.form["tiket"]) else { throw Problem(.invalid, "bad-request") }
    try await counters.act(.transfer, on: TicketID(ticket), at: nil, by: request.principal)
    return .redirect("/petugas/ruang")
  }

  // MARK: one counter

  private func counterPage(
    _ request: Request, _ counter: Office.Counter, problem: Problem? = nil
  ) async throws -> Response {
    let (post, hand) = try await queue.store.read { database in
      (
        try CounterPostTable.post(counter.number, in: database),
        try TicketTable.inHand(of: counter.number, in: database)
      )
    }
    let words = request.words
    let title = words("queue.counter", ["counter": String(counter.number)])
    let path: Link = "/petugas/ruang/loket/\(String(counter.number))"
    return .page(
      request, title: title, status: problem.map { Status($0) } ?? .ok, face: .console
    ) {
      pageHeading(title, lead: words("queue.hall.counter-lead"))
      if let problem { notice(.warning, title: problem.title(words), isNews: true) { p { problem.mend(words) } } }
      card {
        summaryList([
          SummaryRow(words("queue.hall.state"), node: PostView(post: post, words: words).state),
          SummaryRow(words("queue.hall.officer"), post?.officerName ?? "–"),
          SummaryRow(words("queue.console.number"), hand?.number ?? "–"),
        ])
      }
      card(title: words("queue.hall.services")) {
        formNode(
          request, to: "\(path)/layanan", submission: nil, fields: [serviceField(words)],
          input: FormInput((post?.services ?? []).map { .init("layanan", $0.rawValue) }),
          submitLabel: words("queue.hall.services-save"))
      }
      if let post, post.state != .closed, post.officer != nil { officerCards(counter, path, request) }
      linkButton(words("queue.hall.back"), to: "/petugas/ruang", icon: .back)
    }
  }

  /// What can be done with the officer at a counter: sending them to another one, and closing it.
  @NodeBuilder private func officerCards(_ counter: Office.Counter, _ path: Link, _ request: Request) -> Node {
    let words = request.words
    card(title: words("queue.hall.move")) {
      formNode(
        request, to: "\(path)/pindah", submission: nil, fields: [moveField(from: counter, words)],
        submitLabel: words("queue.hall.move-submit"))
    }
    card(title: words("queue.post.close")) {
      formNode(
        request.context, to: "\(path)/tutup", submission: nil, fields: [CloseReasonField.field(words)],
        submitLabel: words("queue.post.close"), style: .danger)
    }
  }

  private func serviceField(_ words: Words) -> Field {
    let services = queue.catalogue?.services(on: queue.zone.date(of: queue.clock.now)) ?? []
    return .checkboxes(
      "layanan", label: words("queue.hall.services-label"), hint: words("queue.hall.services-hint"),
      options: services.map { Field.Option($0.code.rawValue, words($0.name)) })
  }

  private func moveField(from counter: Office.Counter, _ words: Words) -> Field {
    .select(
      "tujuan", label: words("queue.hall.move-to"),
      options: counters.office.counters.filter { $0.number != counter.number }.map {
        Field.Option(String($0.number), words("queue.counter", ["counter": String($0.number)]))
      })
  }

  private func assign(_ request: Request, _ counter: Office.Counter) async throws -> Response {
    let offered = Set((queue.catalogue?.services(on: queue.zone.date(of: queue.clock.now)) ?? []).map(\.code))
    let chosen = request.form.all("layanan").map { ServiceCode($0) }.filter(offered.contains)
    return try await tried(request, counter) {
      try await counters.assign(counter, services: chosen, by: request.principal)
    }
  }

  private func move(_ request: Request, _ counter: Office.Counter) async throws -> Response {
    let target = try counters.counter(request.form["tujuan"])
    return try await tried(request, counter) {
      try await counters.move(from: counter, to: target, by: request.principal)
    }
  }

  /// Does something and shows the hall; what clashes with the present state is said on the counter's page.
  private func tried(
    _ request: Request, _ counter: Office.Counter, _ work: () async throws -> Void
  ) async throws -> Response {
    do {
      try await work()
      return .redirect("/petugas/ruang")
    } catch let problem as Problem where problem.kind == .conflict || problem.kind == .invalid {
      return try await counterPage(request, counter, problem: problem)
    }
  }
}
