internal import Core
internal import HTML
internal import Passkeys
internal import Web

/// What an officer gives to prove anew who they are: the own password with a code where the account has any, or a
/// passkey. On the page before an act, and on the page of a locked console.
struct OwnProofForm: Sendable {
  static let passwordField = "\(ProofAnswer.fieldPrefix)sandi"
  static let codeField = "\(ProofAnswer.fieldPrefix)kode"
  /// Where the script of a page asks what to ask the browser for.
  static let optionsLink: Link = "/petugas/bukti/kunci"

  let proof: OwnProof
  let factors: FactorService

  /// What can be asked of the officer of a session.
  func ways(of account: OfficerID) async throws -> FactorService.Ways {
    var ways = try await factors.ways(of: account)
    if proof.passkey == nil { ways.hasPasskey = false }
    return ways
  }

  /// - Parameter required: whether there is nothing else to be typed.
  func fields(_ ways: FactorService.Ways, _ words: Words, label: MessageKey, required: Bool) -> [Field] {
    guard ways.isPasswordOfUse else { return [] }
    let password = Field.text(Self.passwordField, label: words(label), required: required, kind: .password)
    guard ways.hasCodes else { return [password] }
    return [
      password,
      .text(
        Self.codeField, label: words("officers.factor.own-code"),
        hint: words(ways.hasApp ? "officers.factor.own-code-hint" : "officers.factor.own-paper-hint"),
        required: required, kind: .code),
    ]
  }

  /// What the request's form has of it; nil where it has none.
  func answer(in request: Request, of account: Account) -> OwnAnswer? {
    let form = request.form
    if !form["\(ProofAnswer.fieldPrefix)\(PasskeyForm.Part.signature.rawValue)"].isEmpty {
      return .passkey(
        form.assertionResponse(prefix: ProofAnswer.fieldPrefix),
        SignIn.Attempt(request, "", password: Personal("")))
    }
    guard form.has(Self.passwordField) else { return nil }
    return .password(
      SignIn.Attempt(request, account.username.description, password: Personal(form[Self.passwordField])),
      code: Personal(form[Self.codeField]))
  }

  /// What was typed of it.
  func typed(_ request: Request) -> FormInput {
    FormInput([Self.passwordField, Self.codeField].map { FormInput.Entry($0, request.form[$0]) })
  }

  /// Guesses from an address are bounded, but in a browser that is known.
  func allow(_ answer: OwnAnswer, _ request: Request) async throws {
    guard case .password(let attempt, _) = answer else { return }
    if try await !proof.password.proof.knows(attempt) { try request.allow(.signIn) }
  }

  /// The button for a passkey, and what is said where there is no other way and the browser has none.
  ///
  /// - Parameter carried: what goes along to where the form is sent.
  @NodeBuilder func passkey(_ request: Request, _ ways: FactorService.Ways, _ carried: [Field]) -> Node {
    if ways.hasPasskey, let party = proof.passkey?.check.verifier.party {
      if !ways.isPasswordOfUse { PasskeyOffer.unable(request.words, at: party.origin) }
      PasskeyForm(
        question: .get(from: Self.optionsLink), action: request.ownLink, origin: party.origin,
        label: request.words("officers.passkey.prove"), hidden: carried, prefix: ProofAnswer.fieldPrefix
      ).node(request.context)
    }
  }
}

extension OwnRefusal {
  /// What those who watch the office learn of it.
  var event: SecurityEvent? {
    switch self {
    case .wrongPassword, .wrongCode: .signInFailed
    case .wait: .signInHeld
    case .passkey(let refusal): refusal.event
    }
  }

  /// What is said beside the field.
  func input(_ words: Words) -> FormInput {
    var input = FormInput()
    switch self {
    case .wrongPassword: input.refuse(OwnProofForm.passwordField, words("officers.password.own-wrong"))
    case .wrongCode: input.refuse(OwnProofForm.codeField, words("officers.factor.own-code-wrong"))
    case .wait(let wait):
      input.refuse(OwnProofForm.passwordField, words("officers.sign-in.wait", ["wait": words.wait(wait)]))
    case .passkey: break
    }
    return input
  }

  /// What is said above the form.
  func news(_ words: Words) -> Node {
    if case .passkey(let refusal) = self { refusal.node(words) } else { .empty }
  }

  /// Before another try is allowed; nil where one is at once.
  var wait: Duration? { if case .wait(let wait) = self { wait } else { nil } }

  var status: Status { wait == nil ? .unprocessable : .tooManyRequests }
}

extension FormInput {
  /// What was said of it, without what was typed: a right code never stands on a page.
  var withoutAnswers: FormInput {
    var again = FormInput()
    for error in errors { again.refuse(error.field, error.message) }
    return again
  }
}
