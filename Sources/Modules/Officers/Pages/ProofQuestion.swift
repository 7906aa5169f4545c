internal import Core
internal import HTML
internal import Web

/// Asks an officer for a fresh proof before an act, on a page from which the act's own form goes on with all that it holds.
///
/// A script of the console shows it over the page on which the form stands.
struct ProofQuestion: Sendable {
  let sessions: Sessions
  let proof: FreshProof
  let form: OwnProofForm

  /// Takes what the request's form has for it, or asks.
  ///
  /// - Throws: `Problem` `sign-in-needed` where there is no such session.
  func answer(_ request: Request) async throws -> ProofAnswer {
    guard let session = try await sessions.session(holding: request.officerToken), session.stage == .open,
      let token = request.officerToken.flatMap(SessionToken.init)
    else { throw Problem(.signInNeeded, "sign-in-needed") }
    let ways = try await form.ways(of: session.account.id)
    guard let answer = form.answer(in: request, of: session.account) else {
      return .asked(page(request, ways, request.carried))
    }
    if !answer.isPasskey {
      var input = form.typed(request)
      fields(ways, request.words).check(&input, request.words)
      guard input.isAcceptable else {
        return .asked(page(request, ways, request.carried, input.withoutAnswers, .unprocessable))
      }
    }
    try await form.allow(answer, request)
    switch try await proof.give(answer, in: token, of: session) {
    case .right(let token): return .given(token: token.exposed)
    case .refused(let refusal):
      if let event = refusal.event { request.note(event) }
      let words = request.words
      return .asked(
        page(request, ways, request.carried, refusal.input(words), refusal.status, news: refusal.news(words))
          .retried(after: refusal.wait))
    }
  }

  private func fields(_ ways: FactorService.Ways, _ words: Words) -> [Field] {
    form.fields(ways, words, label: "officers.password.own", required: true)
  }

  /// The page that asks for nothing but the proof.
  ///
  /// - Parameter carried: what goes along to where the form is sent.
  func page(_ request: Request, _ carried: [Field]) async throws -> Response {
    guard let id = request.officer?.id else { throw Problem(.signInNeeded, "sign-in-needed") }
    return page(request, try await form.ways(of: id), carried)
  }

  private func page(
    _ request: Request, _ ways: FactorService.Ways, _ carried: [Field], _ input: FormInput = FormInput(),
    _ status: Status = .ok, news: Node = .empty
  ) -> Response {
    let words = request.words
    let title = words("officers.proof.title")
    let fields = fields(ways, words)
    return .page(request, title: title, status: status, face: .console) {
      section(.class("proof-question"), .data("viewer", ""), .data("carries", "")) {
        pageHeading(title, lead: words("officers.proof.lead"))
        news
        if !fields.isEmpty {
          formNode(
            request.context, to: request.ownLink, submission: nil, fields: fields + carried, input: input,
            submitLabel: words("officers.proof.submit"), errorTitle: "officers.proof.not-yet")
        }
        form.passkey(request, ways, carried)
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
