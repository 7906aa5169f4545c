internal import Core
internal import HTML
internal import Web

/// Asks the officer of a locked session for the PIN or the password, and opens the session with it. What was sent to a
/// locked session goes on from there: nothing that was typed is lost.
struct LockQuestion: Sendable {
  static let link: Link = "/petugas/terkunci"
  private static let pinField = "\(ProofAnswer.fieldPrefix)pin"
  private static let passwordField = "\(ProofAnswer.fieldPrefix)sandi"

  let sessions: Sessions
  let lock: SessionLock

  /// Takes what the request's form has for it, or asks.
  ///
  /// - Throws: `Problem` `sign-in-needed` where there is no such session, `officers.pin-tries` where it has just ended.
  func answer(_ request: Request) async throws -> ProofAnswer {
    guard let session = try await sessions.held(request.officerToken),
      let token = request.officerToken.flatMap(SessionToken.init)
    else { throw Problem(.signInNeeded, "sign-in-needed") }
    let hasPIN = try await lock.hasPIN(session.account.id)
    guard request.form.has(Self.pinField) || request.form.has(Self.passwordField) else {
      return .asked(page(request, session, hasPIN: hasPIN, request.carried))
    }
    var input = FormInput(
      [Self.pinField, Self.passwordField].map { FormInput.Entry($0, request.form[$0]) })
    fields(request.words, hasPIN: hasPIN).check(&input, request.words)
    let pin = hasPIN ? input[Self.pinField] : ""
    guard input.isAcceptable, !pin.isEmpty || !input[Self.passwordField].isEmpty else {
      if input.isAcceptable { input.refuse(first(hasPIN: hasPIN), request.words("officers.lock.empty")) }
      return .asked(page(request, session, hasPIN: hasPIN, request.carried, input, .unprocessable))
    }
    let opening =
      try await pin.isEmpty
      ? open(token, session, Personal(input[Self.passwordField]), request) : lock.open(token, pin: Personal(pin))
    return try answer(opening, request) { status in
      page(request, session, hasPIN: hasPIN, request.carried, refusal(of: opening, request.words), status)
    }
  }

  private func first(hasPIN: Bool) -> String { hasPIN ? Self.pinField : Self.passwordField }

  private func open(
    _ token: SessionToken, _ session: Session, _ password: Personal<String>, _ request: Request
  ) async throws -> SessionLock.Opening {
    let attempt = SignIn.Attempt(request, session.account.username.description, password: password)
    if try await !lock.proof.knows(attempt) { try request.allow(.signIn) }
    return try await lock.open(token, password: attempt)
  }

  private func answer(
    _ opening: SessionLock.Opening, _ request: Request, _ page: (Status) -> Response
  ) throws -> ProofAnswer {
    switch opening {
    case .opened(let token): return .given(token: token.exposed)
    case .ended:
      request.note(.signInFailed)
      throw Problem(.signInNeeded, "officers.pin-tries")
    case .wrongPIN, .wrongPassword:
      request.note(.signInFailed)
      return .asked(page(.unprocessable))
    case .wait(let wait):
      request.note(.signInHeld)
      return .asked(page(.tooManyRequests).retried(after: wait))
    }
  }

  /// What is said beside the field.
  private func refusal(of opening: SessionLock.Opening, _ words: Words) -> FormInput {
    var input = FormInput()
    switch opening {
    case .wrongPIN(let left):
      input.refuse(Self.pinField, words("officers.lock.wrong-pin", ["count": String(left)]))
    case .wrongPassword: input.refuse(Self.passwordField, words("officers.password.own-wrong"))
    case .wait(let wait):
      input.refuse(Self.passwordField, words("officers.sign-in.wait", ["wait": words.wait(wait)]))
    case .opened, .ended: break
    }
    return input
  }

  private func fields(_ words: Words, hasPIN: Bool) -> [Field] {
    let pin = Field.text(
      Self.pinField, label: words("officers.lock.pin"), required: false,
      kind: .secretNumber(digits: PINRule.digitCountMax))
    let password = Field.text(
      Self.passwordField, label: words(hasPIN ? "officers.lock.or-password" : "officers.password.own"),
      required: false, kind: .password)
    return hasPIN ? [pin, password] : [password]
  }

  /// The page. It shows the officer's own name and nothing of what stood on the page before.
  ///
  /// - Parameter carried: what goes along to where the form is sent.
  func page(
    _ request: Request, _ session: Session, hasPIN: Bool, _ carried: [Field], _ input: FormInput = FormInput(),
    _ status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("officers.lock.title")
    return .page(request, title: title, status: status, face: .plain) {
      section(.class("locked"), .data("locked", title), .data("carries", "")) {
        pageHeading(
          title, lead: words(hasPIN ? "officers.lock.lead" : "officers.lock.lead-password"),
          eyebrow: session.account.name)
        formNode(
          request.context, to: request.ownLink, submission: nil, fields: fields(words, hasPIN: hasPIN) + carried,
          input: input, submitLabel: words("officers.lock.submit"), errorTitle: "officers.lock.not-yet")
        p(.class("muted")) { words("officers.lock.stays") }
        actionButton(request.context, to: "/petugas/keluar", label: words("officers.lock.leave"), icon: .signOut)
      }
    }
  }
}
