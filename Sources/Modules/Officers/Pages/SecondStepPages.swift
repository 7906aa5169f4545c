internal import Core
internal import HTML
internal import Web

/// `/petugas/faktor/kode` and `/petugas/faktor/cadangan`: the second step of signing in, by the code of an app or by one of the
/// paper; or by a passkey, which is shown as it is without a password. Open to a session that may do nothing else yet, so they
/// look at the session themselves.
struct SecondStepPages: Sendable {
  private static let codeField = "kode"

  let step: SecondStep
  let factors: FactorService
  let sessions: Sessions
  let signIn: SignIn
  /// Nil where the office's address is none for which browsers have passkeys.
  let passkeys: PasskeyOffer?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/faktor/kode", for: .everyone) { try await show(.timeCode, $0) },
      Route(.post, "/petugas/faktor/kode", for: .everyone) { try await take(.timeCode, $0) },
      Route(.get, "/petugas/faktor/cadangan", for: .everyone) { try await show(.recovery, $0) },
      Route(.post, "/petugas/faktor/cadangan", for: .everyone) { try await take(.recovery, $0) },
    ]
  }

  private func show(_ kind: Factor.Kind, _ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.query(ReturnPath.field))
    guard let session = try await sessions.session(holding: request.officerToken) else { return askPassword(target) }
    let next = try await factors.next(for: session)
    guard next == .code else { return .redirect(next.link(before: target)) }
    return page(kind, request, try await ways(of: session), target: target)
  }

  private func take(_ kind: Factor.Kind, _ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let session = try await sessions.session(holding: request.officerToken) else { return askPassword(target) }
    var input = request.form
    fields(kind, request.words).check(&input, request.words)
    let ways = try await ways(of: session)
    guard input.isAcceptable else {
      return page(kind, request, ways, target: target, input: input, status: .unprocessable)
    }
    let account = session.account
    let attempt = SignIn.Attempt(request, account.username.description, password: Personal(""))
    if try await !signIn.knows(attempt) { try request.allow(.signIn) }
    switch try await step.take(Personal(input[Self.codeField]), attempt) {
    case .opened(let tokens):
      return Response.redirect(account.mustChangePassword ? "/petugas/sandi" : target).setting(tokens)
    case .gone: return askPassword(target)
    case .ended:
      request.note(.signInFailed)
      return Response.redirect("/petugas/masuk?tutup=kode").setting(.officerGone)
    case .wrong:
      request.note(.signInFailed)
      input.refuse(Self.codeField, request.words(MessageKey("officers.second", named: "\(kind.rawValue).wrong")))
      return page(kind, request, ways, target: target, input: input, status: .unprocessable)
    case .wait(let wait):
      request.note(.signInHeld)
      input.refuse(Self.codeField, request.words("officers.sign-in.wait", ["wait": request.words.wait(wait)]))
      return page(kind, request, ways, target: target, input: input, status: .tooManyRequests).retried(after: wait)
    }
  }

  private func ways(of session: Session) async throws -> FactorService.Ways {
    var ways = try await factors.ways(of: session.account.id)
    if passkeys == nil { ways.hasPasskey = false }
    return ways
  }

  /// There is no session: the password is asked for, or what comes after it.
  private func askPassword(_ target: Link) -> Response { .redirect(ReturnPath.adding(target, to: "/petugas/masuk")) }

  private func fields(_ kind: Factor.Kind, _ words: Words) -> [Field] {
    [
      .text(
        Self.codeField, label: words(MessageKey("officers.second", named: "\(kind.rawValue).field")),
        hint: words(MessageKey("officers.second", named: "\(kind.rawValue).hint")),
        kind: kind == .recovery ? .code : .oneTimeCode(digits: TimeCode.digitCount))
    ]
  }

  private func page(
    _ kind: Factor.Kind, _ request: Request, _ ways: FactorService.Ways, target: Link, input: FormInput = FormInput(),
    status: Status = .ok
  ) -> Response {
    let words = request.words
    let isPaper = kind == .recovery
    // Without an app its page is that of the passkey.
    let isTyped = isPaper || ways.hasApp
    let said = isTyped ? kind : .passkey
    let title = words(MessageKey("officers.second", named: "\(said.rawValue).title"))
    let office = words(request.context.officeName)
    return .page(request, title: title, status: status, face: .plain, scripts: [.passkey]) {
      pageHeading(
        title, lead: words(MessageKey("officers.second", named: "\(said.rawValue).lead"), ["office": office]))
      if isTyped {
        formNode(
          request.context, to: isPaper ? "/petugas/faktor/cadangan" : "/petugas/faktor/kode", submission: nil,
          fields: fields(kind, words) + [.hidden(ReturnPath.field, target.description)], input: input,
          submitLabel: words("officers.sign-in.submit"), errorTitle: "officers.sign-in.not-yet")
      }
      if ways.hasPasskey, let passkeys {
        if !isTyped { PasskeyOffer.unable(words, at: passkeys.origin) }
        passkeys.node(request.context, target: target)
      }
      otherWay(kind, ways, words, target: target)
      p(.class("muted")) { words("officers.second.lost") }
      OfficersModule.guideLink(request.context)
      actionButton(request.context, to: "/petugas/keluar", label: words("layout.sign-out"), icon: .signOut)
    }
    .setting(header: "Cache-Control", "no-store")
  }

  /// From the app or the passkey to the paper, and back.
  @NodeBuilder private func otherWay(
    _ kind: Factor.Kind, _ ways: FactorService.Ways, _ words: Words, target: Link
  ) -> Node {
    if kind == .recovery {
      let back: MessageKey = ways.hasApp ? "officers.second.recovery.other" : "officers.second.recovery.other-passkey"
      p(.class("own-line")) { a(.href(ReturnPath.adding(target, to: "/petugas/faktor/kode"))) { words(back) } }
    } else if ways.hasPaper {
      let paper: MessageKey = ways.hasApp ? "officers.second.time-code.other" : "officers.second.passkey.other"
      p(.class("own-line")) { a(.href(ReturnPath.adding(target, to: "/petugas/faktor/cadangan"))) { words(paper) } }
    }
  }
}

extension Response {
  /// This response with the cookies of a session that has just been opened.
  func setting(_ tokens: OpenedTokens) -> Response {
    setting(.officer(token: tokens.session.exposed)).setting(.device(tokens.device))
  }
}

extension Cookie {
  /// The cookie by which a browser is known in which an officer has signed in.
  static func device(_ token: SessionToken) -> Cookie {
    Cookie(
      SignIn.Attempt.deviceCookie, token.exposed, secondsToLive: Int(DeviceTable.memory.milliseconds / 1000))
  }
}
