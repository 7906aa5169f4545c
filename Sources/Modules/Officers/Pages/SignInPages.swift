internal import Core
internal import HTML
internal import Web

/// `/petugas/masuk` and `/petugas/keluar`.
struct SignInPages: Sendable {
  private static let nameField = "nama"
  private static let passwordField = "sandi"
  private static let deviceCookie: StaticString = "perangkat"

  let signIn: SignIn
  let sessions: Sessions

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
      return .redirect(session.account.mustChangePassword ? "/petugas/sandi" : target)
    }
    let hasLeft = request.query("keluar") == "ya"
    return page(request, target: target, news: hasLeft ? request.words("officers.sign-in.signed-out") : nil)
  }

  @Sendable private func enter(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    var input = request.form
    fields(request.words).check(&input, request.words)
    guard input.isAcceptable else { return page(request, target: target, input: input, status: .unprocessable) }
    let attempt = SignIn.Attempt(
      username: input[Self.nameField], password: Personal(input[Self.passwordField]),
      address: request.remoteAddress.networkBytes, device: request.cookie(Self.deviceCookie))
    // What others send from the same address does not take a known browser's turn; its own lane is narrow enough.
    if try await !signIn.knows(attempt) { try request.allow(.signIn) }
    switch try await signIn.make(attempt) {
    case .opened(let token, let device, let mustChangePassword):
      let next: Link = mustChangePassword ? "/petugas/sandi" : target
      return Response.redirect(next).setting(.officer(token: token.exposed)).setting(
        Cookie(
          Self.deviceCookie, device.exposed, secondsToLive: Int(DeviceTable.memory.milliseconds / 1000)))
    case .refused:
      input.refuse(Self.nameField, request.words("officers.sign-in.refused"))
      return page(request, target: target, input: input, status: .unprocessable)
    case .wait(let wait):
      input.refuse(Self.nameField, request.words("officers.sign-in.wait", ["wait": request.words.wait(wait)]))
      let seconds = String(max(1, wait.milliseconds / 1000))
      return page(request, target: target, input: input, status: .tooManyRequests).setting(
        header: "Retry-After", seconds)
    }
  }

  /// Signing out works for anybody who asks: without a session there is nothing to end.
  @Sendable private func leave(_ request: Request) async throws -> Response {
    _ = try await sessions.end(request.officerToken)
    return Response.redirect("/petugas/masuk?keluar=ya").setting(.officerGone)
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(Self.nameField, label: words("officers.sign-in.name"), kind: .username(max: Username.characterCountMax)),
      .text(Self.passwordField, label: words("officers.sign-in.password"), kind: .password),
    ]
  }

  private func page(
    _ request: Request, target: Link, input: FormInput = FormInput(), news: String? = nil, status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("officers.sign-in.title")
    return .page(request, title: title, status: status, face: .plain) {
      pageHeading(title, lead: words("officers.sign-in.lead"))
      if let news { notice(.success, title: news, isNews: true) }
      formNode(
        request.context, to: "/petugas/masuk", submission: nil,
        fields: fields(words) + [.hidden(ReturnPath.field, target.description)], input: input,
        submitLabel: words("officers.sign-in.submit"), errorTitle: "officers.sign-in.not-yet")
      p(.class("muted")) { words("officers.sign-in.forgotten") }
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
