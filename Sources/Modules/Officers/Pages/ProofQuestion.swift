internal import Core
internal import HTML
internal import Web

/// Asks an officer for a fresh proof before an act, on a page from which the act's own form goes on with all that it holds.
///
/// A script of the console shows it over the page on which the form stands.
struct ProofQuestion: Sendable {
  private static let passwordField = "\(ProofAnswer.fieldPrefix)sandi"

  let sessions: Sessions
  let proof: FreshProof

  /// Takes what the request's form has for it, or asks.
  ///
  /// - Throws: `Problem` `sign-in-needed` where there is no such session.
  func answer(_ request: Request) async throws -> ProofAnswer {
    guard let session = try await sessions.session(holding: request.officerToken),
      let token = request.officerToken.flatMap(SessionToken.init)
    else { throw Problem(.signInNeeded, "sign-in-needed") }
    guard request.form.has(Self.passwordField) else { return .asked(page(request, request.carried)) }
    let words = request.words
    var input = FormInput([FormInput.Entry(Self.passwordField, request.form[Self.passwordField])])
    fields(words).check(&input, words)
    guard input.isAcceptable else { return .asked(page(request, request.carried, input, .unprocessable)) }
    let attempt = SignIn.Attempt(
      request, session.account.username.description, password: Personal(input[Self.passwordField]))
    if try await !proof.proof.knows(attempt) { try request.allow(.signIn) }
    switch try await proof.give(attempt, in: token) {
    case .given(let token): return .given(token: token.exposed)
    case .wrong:
      request.note(.signInFailed)
      input.refuse(Self.passwordField, words("officers.password.own-wrong"))
      return .asked(page(request, request.carried, input, .unprocessable))
    case .wait(let wait):
      request.note(.signInHeld)
      input.refuse(Self.passwordField, words("officers.sign-in.wait", ["wait": words.wait(wait)]))
      return .asked(page(request, request.carried, input, .tooManyRequests).retried(after: wait))
    }
  }

  private func fields(_ words: Words) -> [Field] {
    [.text(Self.passwordField, label: words("officers.password.own"), kind: .password)]
  }

  /// The page.
  ///
  /// - Parameter carried: what goes along to where the form is sent.
  func page(
    _ request: Request, _ carried: [Field], _ input: FormInput = FormInput(), _ status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("officers.proof.title")
    return .page(request, title: title, status: status, face: .console) {
      section(.class("proof-question"), .data("viewer", ""), .data("carries", "")) {
        pageHeading(title, lead: words("officers.proof.lead"))
        formNode(
          request.context, to: request.ownLink, submission: nil, fields: fields(words) + carried, input: input,
          submitLabel: words("officers.proof.submit"), errorTitle: "officers.proof.not-yet")
        p { a(.href(back(request)), .data("close", ""), .class("button quiet")) { words("officers.proof.back") } }
      }
    }
  }

  /// The page from which the reader came, as far as it is known.
  private func back(_ request: Request) -> Link {
    let page = request.context.address
    return page.path.hasPrefix("/petugas/bukti") ? ReturnPath.home : page
  }
}
