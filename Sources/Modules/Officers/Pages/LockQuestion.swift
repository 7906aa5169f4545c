internal import Core
internal import HTML
internal import Web

/// Asks the officer of a locked session for the PIN or the own proof, and opens the session with it. What was sent to a
/// locked session goes on from there: nothing that was typed is lost.
struct LockQuestion: Sendable {
  static let link: Link = "/petugas/terkunci"
  private static let pinField = "\(ProofAnswer.fieldPrefix)pin"

  /// What can be asked of the officer of a session.
  private struct Ways {
    let hasPIN: Bool
    let own: FactorService.Ways
  }

  let sessions: Sessions
  let lock: SessionLock
  let form: OwnProofForm

  /// Takes what the request's form has for it, or asks.
  ///
  /// - Throws: `Problem` `sign-in-needed` where there is no such session, `officers.pin-tries` where it has just ended.
  func answer(_ request: Request) async throws -> ProofAnswer {
    guard let session = try await sessions.held(request.officerToken), session.stage == .open,
      let token = request.officerToken.flatMap(SessionToken.init)
    else { throw Problem(.signInNeeded, "sign-in-needed") }
    let ways = try await ways(of: session.account.id)
    let (pin, own) = (request.form[Self.pinField], form.answer(in: request, of: session.account))
    guard own != nil || request.form.has(Self.pinField) else {
      return .asked(page(request, session, ways, request.carried))
    }
    if own?.isPasskey != true {
      var input = typed(request)
      check(&input, ways, request.words)
      guard input.isAcceptable else {
        return .asked(page(request, session, ways, request.carried, input.withoutAnswers, .unprocessable))
      }
    }
    let opening = try await open(token, session, ways.hasPIN ? pin : "", own, request)
    return try answer(opening, request) { (status, input, news) in
      page(request, session, ways, request.carried, input, status, news: news)
    }
  }

  private func ways(of account: OfficerID) async throws -> Ways {
    Ways(hasPIN: try await lock.hasPIN(account), own: try await form.ways(of: account))
  }

  private func typed(_ request: Request) -> FormInput {
    FormInput([FormInput.Entry(Self.pinField, request.form[Self.pinField])] + form.typed(request).entries)
  }

  /// Something must have been typed.
  private func check(_ input: inout FormInput, _ ways: Ways, _ words: Words) {
    fields(words, ways).check(&input, words)
    let pin = ways.hasPIN ? input[Self.pinField] : ""
    guard input.isAcceptable, pin.isEmpty, input[OwnProofForm.passwordField].isEmpty else { return }
    input.refuse(ways.hasPIN ? Self.pinField : OwnProofForm.passwordField, words("officers.lock.empty"))
  }

  private func open(
    _ token: SessionToken, _ session: Session, _ pin: String, _ own: OwnAnswer?, _ request: Request
  ) async throws -> SessionLock.Opening {
    if !pin.isEmpty, own?.isPasskey != true { return try await lock.open(token, pin: Personal(pin)) }
    guard let own else { return .refused(.wrongPassword) }
    try await form.allow(own, request)
    return try await lock.open(token, of: session, own)
  }

  private func answer(
    _ opening: SessionLock.Opening, _ request: Request, _ page: (Status, FormInput, Node) -> Response
  ) throws -> ProofAnswer {
    let words = request.words
    switch opening {
    case .opened(let token): return .given(token: token.exposed)
    case .ended:
      request.note(.signInFailed)
      throw Problem(.signInNeeded, "officers.pin-tries")
    case .wrongPIN(let left):
      request.note(.signInFailed)
      var input = FormInput()
      input.refuse(Self.pinField, words("officers.lock.wrong-pin", ["count": String(left)]))
      return .asked(page(.unprocessable, input, .empty))
    case .refused(let refusal):
      if let event = refusal.event { request.note(event) }
      return .asked(
        page(refusal.status, refusal.input(words), refusal.news(words)).retried(after: refusal.wait))
    }
  }

  private func fields(_ words: Words, _ ways: Ways) -> [Field] {
    let own = form.fields(
      ways.own, words, label: ways.hasPIN ? "officers.lock.or-password" : "officers.password.own", required: false)
    guard ways.hasPIN else { return own }
    let pin = Field.text(
      Self.pinField, label: words("officers.lock.pin"), required: false,
      kind: .secretNumber(digits: PINRule.digitCountMax))
    return [pin] + own
  }

  /// The page of a session that is locked.
  ///
  /// - Parameter carried: what goes along to where the form is sent.
  func page(_ request: Request, _ session: Session, _ carried: [Field]) async throws -> Response {
    page(request, session, try await ways(of: session.account.id), carried)
  }

  /// The page. It shows the officer's own name and nothing of what stood on the page before.
  private func page(
    _ request: Request, _ session: Session, _ ways: Ways, _ carried: [Field], _ input: FormInput = FormInput(),
    _ status: Status = .ok, news: Node = .empty
  ) -> Response {
    let words = request.words
    let title = words("officers.lock.title")
    let fields = fields(words, ways)
    return .page(request, title: title, status: status, face: .plain, scripts: [.passkey]) {
      section(.class("locked"), .data("locked", title), .data("carries", "")) {
        pageHeading(title, lead: words(lead(ways)), eyebrow: session.account.name)
        news
        if !fields.isEmpty {
          formNode(
            request.context, to: request.ownLink, submission: nil, fields: fields + carried, input: input,
            submitLabel: words("officers.lock.submit"), errorTitle: "officers.lock.not-yet")
        }
        form.passkey(request, ways.own, carried)
        p(.class("muted")) { words("officers.lock.stays") }
        actionButton(request.context, to: "/petugas/keluar", label: words("officers.lock.leave"), icon: .signOut)
      }
    }
  }

  private func lead(_ ways: Ways) -> MessageKey {
    if ways.hasPIN { return "officers.lock.lead" }
    let isByPasskey = !ways.own.isPasswordOfUse || ways.own.hasPasskey && !ways.own.hasApp
    return isByPasskey ? "officers.lock.lead-passkey" : "officers.lock.lead-password"
  }
}
