internal import Core
internal import HTML
internal import Passkeys
internal import QR
internal import Store
internal import Web

/// `/petugas/faktor/baru`: an officer sets one-time codes up. `/petugas/faktor/pertama` is the same for a session that has to do
/// that before all else, and offers a passkey in its place: it is open to all, and looks at the session itself.
struct EnrolmentPages: Sendable {
  private static let codeField = "kode"
  private static let labelField = "nama-aplikasi"
  private static let labelCharacterCountMax = 40
  private static let page: Link = "/petugas/faktor/baru"
  private static let firstPage: Link = "/petugas/faktor/pertama"
  private static let passkeyAction: Link = "/petugas/faktor/pertama/kunci"

  /// The session that sets a factor up, and where its officer wanted to go.
  private struct Visit {
    let session: Session
    let token: SessionToken
    let target: Link

    var account: Account { session.account }
    /// Whether the officer comes here from the password, and can do nothing else yet.
    var isFirst: Bool { session.stage == .password }
  }

  let enrolment: Enrolment
  let factors: FactorService
  let sessions: Sessions
  let passkey: FirstPasskey

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/faktor/pertama", for: .everyone, show),
      Route(.post, "/petugas/faktor/pertama", for: .everyone, confirm),
      Route(.get, "/petugas/faktor/pertama/kunci", for: .everyone, askPasskey),
      Route(.post, "/petugas/faktor/pertama/kunci", for: .everyone, takePasskey),
      Route(.get, "/petugas/faktor/baru", for: .signedIn, fresh: true, show),
      Route(.post, "/petugas/faktor/baru", for: .signedIn, fresh: true, confirm),
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.query(ReturnPath.field))
    guard let visit = try await visit(request, target: target) else { return askPassword(target) }
    return try page(request, visit)
  }

  @Sendable private func confirm(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let visit = try await visit(request, target: target) else { return askPassword(target) }
    var input = request.form
    fields(request.words).check(&input, request.words)
    guard input.isAcceptable else { return try page(request, visit, input: input, status: .unprocessable) }
    let account = visit.account
    let attempt = SignIn.Attempt(request, account.username.description, password: Personal(""))
    let result = try await enrolment.confirm(
      Personal(input[Self.codeField]), label: input[Self.labelField], in: visit.token, attempt)
    switch result {
    case .done(let tokens, let isOpened, let codes):
      return done("officer.factor-added", request, visit, tokens, isOpened: isOpened, codes)
    case .gone: return askPassword(target)
    case .wrong:
      input.refuse(Self.codeField, request.words("officers.enrolment.wrong"))
      return try page(request, visit, input: input, status: .unprocessable)
    }
  }

  private func done(
    _ event: EventKind, _ request: Request, _ visit: Visit, _ tokens: OpenedTokens, isOpened: Bool,
    _ codes: Personal<[String]>?
  ) -> Response {
    let account = visit.account
    factors.note(event, by: .officer(account.id, sessions.rights(of: account)))
    let next: Link = isOpened ? visit.target : "/petugas/faktor?berhasil=ya"
    let response = codes.map { codes in
      RecoveryCodesPage(codes: codes, account: account.username.description, next: next)
        .response(request, face: isOpened ? .plain : .console)
    }
    return (response ?? .redirect(next)).setting(tokens, isOpened: isOpened)
  }

  /// The visit of an officer who may set a factor up now, on that page.
  private func visit(_ request: Request, target: Link) async throws -> Visit? {
    guard let token = request.officerToken.flatMap(SessionToken.init),
      let session = try await sessions.session(holding: token.exposed)
    else { return nil }
    let isFirst = request.path != Self.page.path
    let next = try await factors.next(for: session)
    guard next == (isFirst ? .enrolment : .nothing) else { return nil }
    return Visit(session: session, token: token, target: target)
  }

  /// The page that knows what comes first; from there the way leads to where the officer wanted to go.
  private func askPassword(_ target: Link) -> Response { .redirect(ReturnPath.adding(target, to: "/petugas/masuk")) }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(
        Self.codeField, label: words("officers.enrolment.code"), hint: words("officers.enrolment.code-hint"),
        kind: .oneTimeCode(digits: TimeCode.digitCount)),
      .text(
        Self.labelField, label: words("officers.enrolment.label"), hint: words("officers.enrolment.label-hint"),
        required: false, kind: .short(Self.labelCharacterCountMax)),
    ]
  }

  private func page(
    _ request: Request, _ visit: Visit, input: FormInput = FormInput(), refusal: PasskeyRefusal? = nil,
    status: Status = .ok
  ) throws -> Response {
    let words = request.words
    let offer = try enrolment.offer(in: visit.session)
    guard visit.isFirst else {
      let title = words("officers.enrolment.title")
      return .page(request, title: title, status: status, face: .console) {
        pageHeading(title, lead: words("officers.enrolment.lead"))
        app(offer, request, visit, input)
      }
      .setting(header: "Cache-Control", "no-store")
    }
    let title = words("officers.enrolment.first-title")
    return .page(request, title: title, status: status, face: .plain, scripts: [.passkey]) {
      pageHeading(title, lead: words("officers.enrolment.first"))
      if let refusal { refusal.node(words) }
      passkeyCard(request, visit)
      h2 { words("officers.enrolment.title") }
      p { words("officers.enrolment.lead") }
      app(offer, request, visit, input)
      withoutPasskeys(words)
      OfficersModule.guideLink(request.context)
      // The console's frame has it on every other page.
      actionButton(request.context, to: "/petugas/keluar", label: words("layout.sign-out"), icon: .signOut)
    }
    .setting(header: "Cache-Control", "no-store")
  }

  /// How an app is set up, and the form for its first code.
  @NodeBuilder private func app(
    _ offer: Enrolment.Offer, _ request: Request, _ visit: Visit, _ input: FormInput
  ) -> Node {
    let words = request.words
    ol {
      li { words("officers.enrolment.install") }
      li { words("officers.enrolment.scan") }
      li { words("officers.enrolment.type") }
    }
    card(title: words("officers.enrolment.secret-title")) { secret(offer, visit.account, request) }
    formNode(
      request.context, to: visit.isFirst ? Self.firstPage : Self.page, submission: nil,
      fields: fields(words) + [.hidden(ReturnPath.field, visit.target.description)], input: input,
      submitLabel: words("officers.enrolment.submit"), errorTitle: "officers.enrolment.not-yet")
  }

  /// The secret as a picture for the app, and as text for a reader who cannot scan it.
  @NodeBuilder private func secret(_ offer: Enrolment.Offer, _ account: Account, _ request: Request) -> Node {
    let words = request.words
    let address = offer.address(
      issuer: words(request.context.officeName), account: account.username.description)
    if let code = try? QRCode(text: address.exposed) { qrCode(code, label: words("officers.enrolment.qr")) }
    keepCode(grouped(offer.secret.exposed), label: words("officers.enrolment.secret"))
    p(.class("muted")) { words("officers.enrolment.secret-note") }
  }

  /// In groups of four, which apps let people type.
  private func grouped(_ text: String) -> String {
    let symbols = Array(text)
    return stride(from: 0, to: symbols.count, by: 4)
      .map { String(symbols[$0..<min($0 + 4, symbols.count)]) }.joined(separator: " ")
  }
}

extension EnrolmentPages {
  // MARK: A passkey in the place of an app

  /// What the browser is to be asked for, once the button is pressed: setting up may take longer than a challenge holds.
  ///
  /// - Throws: `Problem` `sign-in-needed` where the session may not set a first factor up.
  @Sendable private func askPasskey(_ request: Request) async throws -> Response {
    guard let visit = try await visit(request, target: ReturnPath.home) else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    let options = try await passkey.passkeys.options(
      of: visit.account.id, in: visit.token, office: request.words(request.context.officeName))
    return try Response.json(options).setting(header: "Cache-Control", "no-store")
  }

  @Sendable private func takePasskey(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let visit = try await visit(request, target: target) else { return askPassword(target) }
    let attempt = SignIn.Attempt(request, visit.account.username.description, password: Personal(""))
    let result = try await passkey.confirm(
      request.form.attestationResponse,
      [Passkey.Transport](text: request.form[PasskeyForm.Part.transports.rawValue]),
      named: request.words("officers.passkey.unnamed", ["number": "1"]), in: visit.token, attempt)
    switch result {
    case .opened(let tokens, let codes):
      return done("officer.passkey-added", request, visit, tokens, isOpened: true, codes)
    case .gone: return askPassword(target)
    case .refused(let refusal): return try page(request, visit, refusal: refusal, status: .unprocessable)
    }
  }

  /// Shown by the script where the browser has passkeys; nothing where the office's address has none.
  @NodeBuilder private func passkeyCard(_ request: Request, _ visit: Visit) -> Node {
    if let party = passkey.passkeys.verifier?.party {
      PasskeyForm(
        question: .createOf(from: Self.passkeyAction), action: Self.passkeyAction, origin: party.origin,
        label: request.words("officers.passkey.touch.button"),
        hidden: [.hidden(ReturnPath.field, visit.target.description)]
      )
      .card(
        request.context, title: request.words("officers.enrolment.passkey-title"),
        lead: request.words("officers.enrolment.passkey"))
    }
  }

  /// Where a passkey can be made, for a browser that cannot make one here; the script takes it away where it can.
  @NodeBuilder private func withoutPasskeys(_ words: Words) -> Node {
    if let party = passkey.passkeys.verifier?.party {
      p(.class("muted"), .data("passkey-unable", "")) {
        words("officers.enrolment.no-passkey", ["address": party.origin])
      }
    }
  }
}

extension Response {
  /// This response with the session's new token, and with the device's where the session has been opened by it.
  fileprivate func setting(_ tokens: OpenedTokens, isOpened: Bool) -> Response {
    isOpened ? setting(tokens) : setting(.officer(token: tokens.session.exposed))
  }
}
