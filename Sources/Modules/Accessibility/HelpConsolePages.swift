internal import Contracts
internal import Core
internal import HTML
internal import Store
internal import Web

/// `/petugas/bantuan`: the people who wait for help, and the button that says "I am coming".
struct HelpConsolePages: Sendable {
  let help: HelpService

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/bantuan", for: .officers(with: .help), page),
      Route(.get, "/petugas/bantuan/peristiwa", for: .officers(with: .help), events),
      Route(.post, "/petugas/bantuan/:bantuan/datang", for: .officers(with: .help), answer),
    ]
  }

  @Sendable private func answer(_ request: Request) async throws -> Response {
    guard let id = Int64(request.parameter("bantuan")) else { throw Problem(.notFound, "accessibility.unknown-call") }
    try await help.answer(ID(id), by: request.principal)
    return .redirect("/petugas/bantuan")
  }

  @Sendable private func page(_ request: Request) async throws -> Response {
    let calls = try await help.openCalls()
    let words = request.words
    let title = words("accessibility.console.title")
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("accessibility.console.hint"))
      liveRegion("panggilan", events: "/petugas/bantuan/peristiwa", isAnnounced: true) {
        if calls.isEmpty {
          p(.class("empty")) { words("accessibility.console.empty") }
        } else {
          for call in calls { entry(call, request) }
        }
      }
    }
  }

  private func entry(_ call: HelpRequest, _ request: Request) -> Node {
    let words = request.words
    let origin = HelpOrigin.label(call.origin, words)
    let minutes = max(0, (request.context.now - call.requestedAt).milliseconds / 60_000)
    return card(title: origin) {
      p {
        words("accessibility.console.since", ["time": words.time(call.requestedAt, in: request.context.zone)]) + " "
        if minutes >= 3 { tag(words("accessibility.console.waiting", ["minutes": String(minutes)]), .warning) }
      }
      actionButton(
        request.context, to: "/petugas/bantuan/\(call.id)/datang",
        label: words("accessibility.console.come", ["place": origin]), style: .primary, icon: .check)
    }
  }

  /// Tells the page that a call came or was answered; the page then fetches itself again.
  @Sendable private func events(_ request: Request) async throws -> Response {
    let stream = EventStream()
    let journal = help.store.journal
    let start = try await journal.latestSequence()
    let task = Task {
      // However it ends: a browser whose stream was closed asks again.
      defer { stream.close() }
      for try await batch in journal.follow(after: start) {
        for recorded in batch where ["help.requested", "help.answered"].contains(recorded.kind) {
          stream.send(ServerEvent(id: String(recorded.sequence), data: recorded.kind.description))
        }
      }
    }
    stream.onClose { task.cancel() }
    return .events(stream)
  }
}
