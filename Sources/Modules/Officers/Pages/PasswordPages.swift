internal import Core
internal import HTML
internal import Web

/// `/petugas/sandi`: an officer replaces their own password. Open also to a session that may do nothing
/// else yet, because its password was set by another officer; so it looks at the session itself.
struct PasswordPages: Sendable {
  private static let oldField = "sandi-lama"
  private static let newField = "sandi-baru"
  private static let repeatedField = "sandi-ulang"

  let staff: StaffService
  let sessions: Sessions

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/sandi", for: .everyone, show),
      Route(.post, "/petugas/sandi", for: .everyone, change),
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    guard let session = try await sessions.passwordSession(holding: request.officerToken) else { return signIn }
    let isDone = request.query("berhasil") == "ya"
    return try await page(request, session, news: isDone ? request.words("officers.password.done") : nil)
  }

  @Sendable private func change(_ request: Request) async throws -> Response {
    guard let session = try await sessions.passwordSession(holding: request.officerToken),
      let token = request.officerToken.flatMap(SessionToken.init)
    else { return signIn }
    let owner = try await staff.passwordOwner(session.account.username)
    var input = request.form
    fields(owner, request.words).check(&input, request.words)
    if input.isAcceptable { check(&input, owner, request.words) }
    guard input.isAcceptable else { return try await page(request, session, input: input, status: .unprocessable) }
    let attempt = SignIn.Attempt(
      request, session.account.username.description, password: Personal(input[Self.oldField]))
    if try await !staff.proof.knows(attempt) { try request.allow(.signIn) }
    switch try await staff.changePassword(attempt, in: token, to: Personal(input[Self.newField])) {
    case .changed(let token):
      return .redirect(session.account.mustChangePassword ? ReturnPath.home : "/petugas/sandi?berhasil=ya")
        .setting(.officer(token: token.exposed))
    case .wrong:
      request.note(.signInFailed)
      input.refuse(Self.oldField, request.words("officers.password.own-wrong"))
      return try await page(request, session, input: input, status: .unprocessable)
    case .wait(let wait):
      request.note(.signInHeld)
      input.refuse(Self.oldField, request.words("officers.sign-in.wait", ["wait": request.words.wait(wait)]))
      return try await page(request, session, input: input, status: .tooManyRequests).retried(after: wait)
    }
  }

  private func check(_ input: inout FormInput, _ owner: PasswordOwner, _ words: Words) {
    let new = input[Self.newField]
    if let problem = staff.rule.refusal(of: Personal(new), for: owner)?.problem {
      input.refuse(Self.newField, "\(problem.title(words)) \(problem.mend(words))")
    } else if new == input[Self.oldField] {
      input.refuse(Self.newField, words("officers.password.unchanged"))
    } else if new != input[Self.repeatedField] {
      input.refuse(Self.repeatedField, words("officers.password.differs"))
    }
  }

  private var signIn: Response { .redirect("/petugas/masuk?kembali=%2Fpetugas%2Fsandi") }

  private func fields(_ owner: PasswordOwner, _ words: Words) -> [Field] {
    [
      .text(Self.oldField, label: words("officers.password.own"), kind: .password),
      .text(
        Self.newField, label: words("officers.password.new"),
        hint: words("officers.password.rule", ["count": String(owner.characterCountMin)]), kind: .newPassword),
      .text(Self.repeatedField, label: words("officers.password.repeated"), kind: .newPassword),
    ]
  }

  private func page(
    _ request: Request, _ session: Session, input: FormInput = FormInput(), news: String? = nil, status: Status = .ok
  ) async throws -> Response {
    let words = request.words
    let title = words("officers.password.title")
    let isFirst = session.account.mustChangePassword
    let lead: MessageKey =
      session.account.mustLengthenPassword
      ? "officers.password.longer" : isFirst ? "officers.password.first" : "officers.password.lead"
    let fields = fields(try await staff.passwordOwner(session.account.username), words)
    return .page(request, title: title, status: status, face: isFirst ? .plain : .console) {
      pageHeading(title, lead: words(lead))
      if let news { notice(.success, title: news, isNews: true) }
      formNode(
        request.context, to: "/petugas/sandi", submission: nil, fields: fields, input: input,
        submitLabel: words("officers.password.submit"))
      // The console's frame has it on every other page.
      if isFirst {
        actionButton(request.context, to: "/petugas/keluar", label: words("layout.sign-out"), icon: .signOut)
      }
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
