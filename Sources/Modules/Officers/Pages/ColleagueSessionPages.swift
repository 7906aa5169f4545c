internal import Contracts
internal import Core
internal import HTML
internal import Web

/// `/petugas/sesi/petugas`: a supervisor sees every officer's sessions, and ends one, or all of an officer's. The one in which
/// they do so stays: out of that they sign.
struct ColleagueSessionPages: Sendable {
  private static let accountField = "akun"
  private static let link: Link = "/petugas/sesi/petugas"

  let sessions: Sessions
  let seats: OfficerSeats?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/sesi/petugas", for: .officers(with: .accounts), show),
      Route(.post, "/petugas/sesi/petugas/akhiri", for: .officers(with: .accounts)) { request in
        let id = Int64(request.form[SessionPages.field])
        return try await end(request) { $0.id == id }
      },
      Route(.post, "/petugas/sesi/petugas/akhiri-semua", for: .officers(with: .accounts)) { request in
        try await end(request) { _ in true }
      },
    ]
  }

  private func end(
    _ request: Request, _ chosen: @escaping @Sendable (Session) -> Bool
  ) async throws -> Response {
    guard let number = Int64(request.form[Self.accountField]) else {
      throw Problem(.notFound, "officers.unknown-account")
    }
    let own = try await sessions.session(holding: request.officerToken)?.id
    let count = try await sessions.end(of: OfficerID(number), by: request.principal) { $0.id != own && chosen($0) }
    return .redirect(Self.link.adding("ditutup", String(count)))
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let all = try await sessions.live(at: request.context.now)
    var places: [OfficerID: [OfficerSeat]] = [:]
    for id in Set(all.map(\.account.id)) { places[id] = try await seats?.of(id) ?? [] }
    let (words, view) = (request.words, SessionView(context: request.context))
    let title = words("officers.session.of-all")
    let own = try await sessions.session(holding: request.officerToken)?.id
    let mayEnd = request.officer?.rights.contains(.accounts) == true
    let rows = all.map { row($0, places[$0.account.id] ?? [], own, view, mayEnd: mayEnd) }
    return .page(request, title: title, face: .console) {
      pageHeading(title, lead: words("officers.session.of-all-lead"))
      view.news(request)
      dataTable(
        caption: title,
        columns: view.columns(["officer", "place", "device", "signed-in", "last-use", "state", "action"]), rows: rows)
      p { linkButton(words("officers.session.own"), to: "/petugas/sesi", icon: .back) }
    }
  }

  private func row(
    _ session: Session, _ seats: [OfficerSeat], _ own: Int64?, _ view: SessionView, mayEnd: Bool
  ) -> [Node] {
    let words = view.context.words
    let name = session.account.name
    return [
      strong(.untranslated) { name }, .text(view.places(seats)), .text(view.device(session)),
      view.moment(session.signedInAt), view.moment(session.lastUsedAt), view.state(session),
      session.id == own
        ? .text(words("officers.session.this"))
        : mayEnd ? ends(session, view) : .text("–"),
    ]
  }

  private func ends(_ session: Session, _ view: SessionView) -> Node {
    let words = view.context.words
    let (id, name) = (session.account.id, session.account.name)
    let account: KeyValuePairs<String, String> = [Self.accountField: id.description]
    return div(.class("actions")) {
      actionButton(
        view.context, to: "/petugas/sesi/petugas/akhiri",
        label: words("officers.session.end-of", ["name": name, "device": view.device(session)]),
        fields: [SessionPages.field: String(session.id), Self.accountField: id.description])
      actionButton(
        view.context, to: "/petugas/sesi/petugas/akhiri-semua",
        label: words("officers.session.end-all-of", ["name": name]), style: .danger, fields: account)
    }
  }
}
