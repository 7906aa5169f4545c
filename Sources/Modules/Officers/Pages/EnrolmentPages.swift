internal import Core
internal import HTML
internal import QR
internal import Store
internal import Web

/// `/petugas/faktor/baru`: an officer sets one-time codes up. `/petugas/faktor/pertama` is the same for a session that has to do
/// that before all else: it is open to all, and looks at the session itself.
struct EnrolmentPages: Sendable {
  private static let codeField = "kode"
  private static let labelField = "nama-aplikasi"
  private static let labelCharacterCountMax = 40
  private static let page: Link = "/petugas/faktor/baru"
  private static let firstPage: Link = "/petugas/faktor/pertama"

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

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/faktor/pertama", for: .everyone, show),
      Route(.post, "/petugas/faktor/pertama", for: .everyone, confirm),
      Route(.get, "/petugas/faktor/baru", for: .officers(atLeast: .clerk), fresh: true, show),
      Route(.post, "/petugas/faktor/baru", for: .officers(atLeast: .clerk), fresh: true, confirm),
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
    case .done(let tokens, let isOpened, let codes): return done(request, visit, tokens, isOpened: isOpened, codes)
    case .gone: return askPassword(target)
    case .wrong:
      input.refuse(Self.codeField, request.words("officers.enrolment.wrong"))
      return try page(request, visit, input: input, status: .unprocessable)
    }
  }

  private func done(
    _ request: Request, _ visit: Visit, _ tokens: OpenedTokens, isOpened: Bool, _ codes: Personal<[String]>?
  ) -> Response {
    let account = visit.account
    factors.note("officer.factor-added", by: .officer(account.id, account.role))
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
    let isFirst = Self.firstPage.path == request.path
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
    _ request: Request, _ visit: Visit, input: FormInput = FormInput(), status: Status = .ok
  ) throws -> Response {
    let words = request.words
    let title = words("officers.enrolment.title")
    let fields = fields(words) + [.hidden(ReturnPath.field, visit.target.description)]
    let offer = try enrolment.offer(in: visit.session)
    return .page(request, title: title, status: status, face: visit.isFirst ? .plain : .console) {
      pageHeading(title, lead: words(visit.isFirst ? "officers.enrolment.first" : "officers.enrolment.lead"))
      ol {
        li { words("officers.enrolment.install") }
        li { words("officers.enrolment.scan") }
        li { words("officers.enrolment.type") }
      }
      card(title: words("officers.enrolment.secret-title")) { secret(offer, visit.account, request) }
      formNode(
        request.context, to: visit.isFirst ? Self.firstPage : Self.page, submission: nil, fields: fields, input: input,
        submitLabel: words("officers.enrolment.submit"), errorTitle: "officers.enrolment.not-yet")
      // The console's frame has it on every other page.
      if visit.isFirst {
        actionButton(request.context, to: "/petugas/keluar", label: words("layout.sign-out"), icon: .signOut)
      }
    }
    .setting(header: "Cache-Control", "no-store")
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

extension Response {
  /// This response with the session's new token, and with the device's where the session has been opened by it.
  fileprivate func setting(_ tokens: OpenedTokens, isOpened: Bool) -> Response {
    isOpened ? setting(tokens) : setting(.officer(token: tokens.session.exposed))
  }
}
