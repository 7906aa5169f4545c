internal import Core
internal import HTML

/// What stands between an officer's request and its route, besides who may call it: a session that is locked, and a proof
/// that is too old for what is asked. Both are asked for on a page that keeps what was sent.
extension RequestHandler {
  /// Where a locked session is opened, and where a proof is given before a page is shown or a file sent; the module that
  /// keeps sessions answers there.
  private static let lockLink: Link = "/petugas/terkunci"
  private static let proofLink: Link = "/petugas/bukti"

  /// How the session of a request stands. Officers' pages need to know; others are the better for it, but do without.
  func standing(_ request: Request, for route: Route) async throws -> SessionStanding {
    guard let gatekeeper, let token = request.officerToken, !token.isEmpty else { return .over }
    if route.access == .everyone { return (try? await gatekeeper.standing(of: token, isAct: request.isAct)) ?? .over }
    return try await gatekeeper.standing(of: token, isAct: request.isAct)
  }

  /// What is answered to a form of officers while the session is locked; nil where it is not, or was opened with what the form
  /// brings.
  func lockDetour(
    _ call: Call, _ request: inout Request, _ visitor: Visitor, _ standing: inout SessionStanding
  ) async throws -> Response? {
    // A form of ours has its token at least; what no page can keep is refused as without a session.
    guard case .locked = standing, call.route.access != .everyone, call.route.method.mayChange, let gatekeeper,
      call.route.accepts == .form, !request.form.entries.isEmpty, !request.wantsDocument
    else { return nil }
    guard provesOrigin(call, request, visitor) else { return untrusted(call, request) }
    let answer = try await gatekeeper.unlock(request)
    return try await goOn(with: answer, &request, &standing)
  }

  /// Where a page of officers is found once its reader is let in.
  ///
  /// - Throws: `Problem` `sign-in-needed` or `session-locked` for what is no page.
  func wayIn(_ call: Call, _ request: Request) throws(Problem) -> Response {
    let isLocked = request.context.isLocked
    guard call.route.method == .get, request.asksForPage else {
      throw isLocked ? Problem(.signInNeeded, "session-locked") : Problem(.signInNeeded, "sign-in-needed")
    }
    let link = isLocked ? Self.lockLink : SignInOffer.link
    return .redirect(link.adding("kembali", request.context.address.description))
  }

  /// What is answered before an act that needs a fresh proof; nil where the officer has proven lately who they are, or does
  /// so with what the form brings.
  ///
  /// - Throws: `Problem` `proof-needed` for a program.
  func proofDetour(
    _ call: Call, _ request: inout Request, _ standing: SessionStanding
  ) async throws -> Response? {
    guard call.route.isFresh else { return nil }
    guard case .open(_, isProven: false) = standing, let gatekeeper else {
      request.form.drop(prefix: ProofAnswer.fieldPrefix)
      return nil
    }
    guard !request.wantsDocument else { throw Problem(.forbidden, "proof-needed") }
    if call.route.method == .get {
      return .redirect(Self.proofLink.adding("kembali", request.context.address.description))
    }
    let answer = try await gatekeeper.prove(request)
    var standing = standing
    return try await goOn(with: answer, &request, &standing)
  }

  /// Goes on under the session's new token once there is one.
  private func goOn(
    with answer: ProofAnswer, _ request: inout Request, _ standing: inout SessionStanding
  ) async throws -> Response? {
    switch answer {
    case .asked(let response): return response
    case .given(let token):
      request.officerToken = token
      request.form.drop(prefix: ProofAnswer.fieldPrefix)
      standing = try await gatekeeper?.standing(of: token, isAct: true) ?? .over
      request.context.officer = standing.officer
      request.context.isLocked = false
      return nil
    }
  }

  /// The answer with the token that the session got on the way, whatever came of the act; what the act itself says of the
  /// session goes before it.
  func keepingSession(_ response: Response, _ request: Request, _ visitor: Visitor) -> Response {
    guard let token = request.officerToken, token != visitor.officerToken else { return response }
    let cookie = Cookie.officer(token: token)
    return response.cookies.contains { $0.name == cookie.name } ? response : response.setting(cookie)
  }

  /// Has the events of an officers' page end with the session.
  func follow(_ response: Response, _ call: Call, _ request: Request) {
    guard call.route.access != .everyone, case .events(let stream) = response.body, let token = request.officerToken
    else { return }
    officerStreams.follow(stream, of: token)
  }

  /// The way to sign in, or to open the session, below a problem; and what was sent, to be sent again after that.
  static func wayIn(from problem: Problem, _ context: PageContext, resending: Node) -> Node {
    guard problem.code == "session-locked" else { return SignInOffer.node(context, resending: resending) }
    return p { linkButton(context.words("web.unlock"), to: lockLink, style: .primary, icon: .lock) }
  }
}

extension Request {
  /// Whether a person asks, and not a page that follows the hall by itself.
  var isAct: Bool {
    header("x-gapura-live") == nil && header("accept")?.contains("text/event-stream") != true
  }

  /// Whether the answer will be shown as a page, and may lead to another one.
  var asksForPage: Bool {
    (header("accept").map { $0.contains("text/html") || $0.contains("*/*") } ?? true) && !wantsDocument
  }
}
