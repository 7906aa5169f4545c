internal import Core
internal import HTML
internal import Web

/// `/petugas/sesi/kunci` locks the session in this browser, `/petugas/terkunci` opens it again, and `/petugas/sesi/keadaan`
/// lets pages ask by themselves how it stands.
struct LockPages: Sendable {
  let question: LockQuestion

  private var sessions: Sessions { question.sessions }

  func routes() -> [Route] {
    [
      Route(.post, "/petugas/sesi/kunci", for: .signedIn, lock),
      Route(.get, "/petugas/sesi/keadaan", for: .signedIn) { _ in .noContent },
      // Open to all: a locked session opens no page of officers.
      Route(.get, "/petugas/terkunci", for: .everyone, show),
      Route(.post, "/petugas/terkunci", for: .everyone, open),
    ]
  }

  @Sendable private func lock(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let token = try await question.lock.lock(request.officerToken) else { return signIn(target) }
    return Response.redirect(LockQuestion.link.adding("kembali", target.description))
      .setting(.officer(token: token.exposed))
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.query(ReturnPath.field))
    guard let session = try await sessions.held(request.officerToken) else { return signIn(target) }
    guard session.isLocked(at: request.context.now) else { return .redirect(target) }
    return try await question.page(request, session, [.hidden(ReturnPath.field, target.description)])
  }

  @Sendable private func open(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let session = try await sessions.held(request.officerToken) else { return signIn(target) }
    guard session.isLocked(at: request.context.now) else { return .redirect(target) }
    switch try await question.answer(request) {
    case .asked(let page): return page
    case .given(let token): return Response.redirect(target).setting(.officer(token: token))
    }
  }

  private func signIn(_ target: Link) -> Response {
    let page: Link = "/petugas/masuk"
    return .redirect(page.adding("kembali", target.description))
  }
}
