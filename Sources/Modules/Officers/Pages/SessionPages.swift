internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/petugas/sesi`: an officer's own sessions, in this browser and in others, and the PIN that opens a locked one.
struct SessionPages: Sendable {
  static let field = "sesi"
  private static let link: Link = "/petugas/sesi"

  let sessions: Sessions
  let lock: SessionLock
  let seats: OfficerSeats?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/sesi", for: .signedIn, show),
      Route(.post, "/petugas/sesi/akhiri", for: .signedIn) { request in
        let id = Int64(request.form[Self.field])
        return try await end(request) { session, own in session.id == id && id != own }
      },
      Route(.post, "/petugas/sesi/akhiri-lain", for: .signedIn) { request in
        try await end(request) { session, own in session.id != own }
      },
    ]
  }

  private func end(
    _ request: Request, _ chosen: @escaping @Sendable (Session, _ own: Int64) -> Bool
  ) async throws -> Response {
    let own = try await present(request)
    let count = try await sessions.end(of: own.account.id, by: request.principal) { chosen($0, own.id) }
    return .redirect(Self.link.adding("ditutup", String(count)))
  }

  /// The session in which the page is asked for.
  private func present(_ request: Request) async throws -> Session {
    guard let session = try await sessions.session(holding: request.officerToken) else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    return session
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let own = try await present(request)
    let now = request.context.now
    let all = try await sessions.live(of: own.account.id, at: now)
    let (hasPIN, sitting) = (
      try await lock.hasPIN(own.account.id), try await seats?.of(own.account.id) ?? []
    )
    let (words, view) = (request.words, SessionView(context: request.context))
    let title = words("officers.session.title")
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("officers.session.lead"))
      view.news(request)
      if request.query("berhasil") == "ya" {
        notice(.success, title: words("officers.pin.done"), isNews: true)
      }
      summaryList([SummaryRow(words("officers.session.place"), view.places(sitting))])
      list(all, own, view, words)
      div(.class("actions")) {
        if all.count > 1 {
          actionButton(
            request.context, to: "/petugas/sesi/akhiri-lain", label: words("officers.session.end-others"),
            style: .danger)
        }
        if request.officer?.rights.shows(.accounts) == true {
          linkButton(words("officers.session.of-all"), to: "/petugas/sesi/petugas", icon: .people)
        }
      }
      card(title: words("officers.pin.title")) {
        p { words(hasPIN ? "officers.pin.set" : "officers.pin.none") }
        linkButton(words(hasPIN ? "officers.pin.change" : "officers.pin.make"), to: "/petugas/sesi/pin", icon: .lock)
      }
      OfficersModule.guideLink(request.context)
    }
  }

  private func list(_ all: [Session], _ own: Session, _ view: SessionView, _ words: Words) -> Node {
    dataTable(
      caption: words("officers.session.title"),
      columns: view.columns(["device", "signed-in", "last-use", "state", "action"]),
      rows: all.map { session in
        [
          .text(view.device(session)), view.moment(session.signedInAt), view.moment(session.lastUsedAt),
          view.state(session),
          session.id == own.id
            ? .text(words("officers.session.this"))
            : actionButton(
              view.context, to: "/petugas/sesi/akhiri",
              label: words("officers.session.end", ["device": view.device(session)]),
              fields: [Self.field: String(session.id)]),
        ]
      })
  }
}
