internal import Core
internal import HTML
internal import Web

/// `/petugas/masuk` and `/petugas/keluar`.
struct SignInPages: Sendable {
  private static let nameField = "nama"
  private static let passwordField = "sandi"

  let signIn: SignIn
  let sessions: Sessions
  let factors: FactorService
  /// Nil where the office's address is none for which browsers have passkeys.
  var passkeys: PasskeyOffer?

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/masuk", for: .everyone, show),
      Route(.post, "/petugas/masuk", for: .everyone, enter),
      Route(.post, "/petugas/keluar", for: .everyone, leave),
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.query(ReturnPath.field))
    if let session = try await sessions.session(holding: request.officerToken) {
      return .redirect(try await factors.next(for: session).link(before: target))
    }
    return page(request, target: target, news: news(request))
  }

  /// Why there is no session any more.
  private func news(_ request: Request) -> Node {
    let words = request.words
    if request.query("tutup") == "kode" { return notice(.warning, title: words("officers.second.ended"), isNews: true) }
    guard request.query("keluar") == "ya" else { return .empty }
    return notice(.success, title: words("officers.sign-in.signed-out"), isNews: true)
  }

  @Sendable private func enter(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    var input = request.form
    fields(request.words).check(&input, request.words)
    guard input.isAcceptable else { return page(request, target: target, input: input, status: .unprocessable) }
    let attempt = SignIn.Attempt(request, input[Self.nameField], password: Personal(input[Self.passwordField]))
    // What others send from the same address does not take a known browser's turn; its own lane is narrow enough.
    if try await !signIn.knows(attempt) { try request.allow(.signIn) }
    switch try await signIn.make(attempt) {
    case .opened(let token, let device, let mustChangePassword):
      let next: Link = mustChangePassword ? "/petugas/sandi" : target
      return Response.redirect(next).setting(.officer(token: token.exposed)).setting(
        Cookie(
          SignIn.Attempt.deviceCookie, device.exposed, secondsToLive: Int(DeviceTable.memory.milliseconds / 1000)))
    case .halfway(let token, let next):
      return Response.redirect(next.link(before: target)).setting(.officer(token: token.exposed))
    case .refused:
      request.note(.signInFailed)
      input.refuse(Self.nameField, request.words("officers.sign-in.refused"))
      return page(request, target: target, input: input, status: .unprocessable)
    case .expired:
      request.note(.signInFailed)
      input.refuse(Self.passwordField, request.words("officers.sign-in.expired"))
      return page(request, target: target, input: input, status: .unprocessable)
    case .wait(let wait):
      request.note(.signInHeld)
      input.refuse(Self.nameField, request.words("officers.sign-in.wait", ["wait": request.words.wait(wait)]))
      return page(request, target: target, input: input, status: .tooManyRequests).retried(after: wait)
    }
  }

  /// Signing out works for every caller: without a session there is nothing to end.
  @Sendable private func leave(_ request: Request) async throws -> Response {
    _ = try await sessions.end(request.officerToken)
    return Response.redirect("/petugas/masuk?keluar=ya").setting(.officerGone).clearingBrowser()
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(Self.nameField, label: words("officers.sign-in.name"), kind: .username(max: Username.characterCountMax)),
      .text(Self.passwordField, label: words("officers.sign-in.password"), kind: .password),
    ]
  }

  private func page(
    _ request: Request, target: Link, input: FormInput = FormInput(), news: Node = .empty, status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("officers.sign-in.title")
    return .page(request, title: title, status: status, face: .plain, scripts: [.passkey]) {
      pageHeading(title, lead: words("officers.sign-in.lead"))
      news
      formNode(
        request.context, to: "/petugas/masuk", submission: nil,
        fields: fields(words) + [.hidden(ReturnPath.field, target.description)], input: input,
        submitLabel: words("officers.sign-in.submit"), errorTitle: "officers.sign-in.not-yet")
      passkeys?.node(request.context, target: target)
      p(.class("muted")) { words("officers.sign-in.forgotten") }
      OfficersModule.guideLink(request.context)
    }
    .setting(header: "Cache-Control", "no-store")
  }
}

extension SignIn.Attempt {
  static let deviceCookie: StaticString = "perangkat"

  /// The attempt as it came with a form.
  init(_ request: Request, _ username: String, password: Personal<String>) {
    self.init(
      username: username, password: password, address: request.remoteAddress.networkBytes,
      device: request.cookie(Self.deviceCookie), session: request.officerToken,
      userAgent: request.header("user-agent"))
  }
}

extension Response {
  /// This response with how long to wait before the next try, which was told as a held sign-in; as it is where there is none
  /// to wait for.
  func retried(after wait: Duration?) -> Response {
    guard let wait else { return self }
    return setting(header: "Retry-After", String(max(1, wait.milliseconds / 1000))).noted()
  }
}
