internal import Core
internal import HTML
internal import Web

/// What an officer is asked again on a page before something is done there: the own password and, for one who has any, a code.
struct OwnProofForm: Sendable {
  private static let passwordField = "sandi-sendiri"
  private static let codeField = "kode-sendiri"

  /// Why it was not accepted.
  struct Mistake {
    let field: String
    let words: String
    let status: Status
    /// Before another try is allowed; nil where one is at once.
    var wait: Duration?
  }

  let proof: any OwnProof
  let staff: StaffService
  let factors: FactorService

  func fields(_ request: Request) async throws -> [Field] {
    let words = request.words
    let own = try await factors.overview(of: try id(request))
    let password = Field.text(Self.passwordField, label: words("officers.password.own"), kind: .password)
    guard own.recoveryCodesLeft != nil || own.proofs.contains(where: \.kind.isTyped) else { return [password] }
    return [
      password,
      .text(
        Self.codeField, label: words("officers.factor.own-code"), hint: words("officers.factor.own-code-hint"),
        kind: .code),
    ]
  }

  /// Compares what was typed.
  ///
  /// - Returns: nil where it is right.
  func mistake(in request: Request) async throws -> Mistake? {
    let words = request.words
    let id = try id(request)
    guard let username = try await staff.username(of: id) else { throw Problem(.signInNeeded, "sign-in-needed") }
    let attempt = SignIn.Attempt(
      request, username.description, password: Personal(request.form[Self.passwordField]))
    if try await !staff.proof.knows(attempt) { try request.allow(.signIn) }
    switch try await proof.isRight(OwnAnswer(attempt: attempt, code: Personal(request.form[Self.codeField])), of: id) {
    case .right: return nil
    case .wrongPassword:
      request.note(.signInFailed)
      return Mistake(
        field: Self.passwordField, words: words("officers.password.own-wrong"), status: .unprocessable)
    case .wrongCode:
      request.note(.signInFailed)
      return Mistake(field: Self.codeField, words: words("officers.factor.own-code-wrong"), status: .unprocessable)
    case .wait(let wait):
      request.note(.signInHeld)
      return Mistake(
        field: Self.passwordField, words: words("officers.sign-in.wait", ["wait": words.wait(wait)]),
        status: .tooManyRequests, wait: wait)
    }
  }

  /// Acts once what the question asks for was typed; else the page that asks is shown again.
  ///
  /// - Parameter check: what is looked at besides, before a code is used up.
  func proven(
    _ request: Request, _ question: Confirmation, checking check: (inout FormInput) -> Void = { _ in },
    act: (FormInput) async throws -> Response
  ) async throws -> Response {
    var input = request.form
    question.fields.check(&input, request.words)
    check(&input)
    guard input.isAcceptable else {
      return question.page(request, input: withoutCode(input), status: .unprocessable)
    }
    guard let mistake = try await mistake(in: request) else { return try await act(input) }
    var again = withoutCode(input)
    again.refuse(mistake.field, mistake.words)
    return question.page(request, input: again, status: mistake.status).retried(after: mistake.wait)
  }

  /// What was typed, without the code: a right one never stands on a page.
  func withoutCode(_ input: FormInput) -> FormInput {
    var again = FormInput(input.entries.filter { $0.name != Self.codeField })
    for error in input.errors { again.refuse(error.field, error.message) }
    return again
  }

  private func id(_ request: Request) throws -> OfficerID {
    guard let id = request.officer?.id else { throw Problem(.signInNeeded, "sign-in-needed") }
    return id
  }
}
