internal import Core
internal import HTML
internal import Passkeys
internal import Web

/// `/petugas/masuk/kunci`: what a browser is to ask for, and the passkey that was shown.
struct PasskeySignInPages: Sendable {
  /// What binds a challenge to the browser for which it was made.
  private static let browserCookie: StaticString = "tantangan"
  private static let signInPage: Link = "/petugas/masuk"

  let signIn: PasskeySignIn

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/masuk/kunci", for: .everyone, ask),
      Route(.post, "/petugas/masuk/kunci", for: .everyone, enter),
    ]
  }

  /// Keeps nothing: the challenge says itself when and for whom it was made.
  @Sendable private func ask(_ request: Request) async throws -> Response {
    let browser = browser(of: request) ?? SessionToken(from: signIn.random)
    let seconds = Int(PasskeyChallenges.lifetime.milliseconds / 1000)
    return try Response.json(signIn.options(in: browser))
      .setting(Cookie(Self.browserCookie, browser.exposed, secondsToLive: seconds))
  }

  @Sendable private func enter(_ request: Request) async throws -> Response {
    let target = ReturnPath.link(request.form[ReturnPath.field])
    guard let browser = browser(of: request) else { return refused(.late, target, request) }
    let attempt = SignIn.Attempt(request, "", password: Personal(""))
    switch try await signIn.make(request.form.assertionResponse, attempt, in: browser) {
    case .opened(let tokens, let mustChangePassword):
      return Response.redirect(mustChangePassword ? "/petugas/sandi" : target).setting(tokens)
        .setting(.removing(Self.browserCookie))
    case .refused(let refusal): return refused(refusal, target, request)
    }
  }

  private func browser(of request: Request) -> SessionToken? {
    request.cookie(Self.browserCookie).flatMap(SessionToken.init)
  }

  private func refused(_ refusal: PasskeyRefusal, _ target: Link, _ request: Request) -> Response {
    if let event = refusal.event { request.note(event) }
    let words = request.words
    let title = words("officers.passkey.refused")
    return .page(request, title: title, status: .unprocessable, face: .plain, scripts: [.passkey]) {
      pageHeading(title)
      refusal.node(words)
      PasskeyOffer(origin: signIn.check.verifier.party.origin).node(request.context, target: target)
      p {
        linkButton(
          words("officers.passkey.by-password"), to: Self.signInPage.adding("kembali", target.description))
      }
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
