internal import Core
internal import Passkeys
internal import Store

/// Whether the person at the keyboard is the officer who is signed in there: asked again before what must not be done at a
/// console that was left open, and where a locked console is opened.
struct OwnProof: Sendable {
  let password: PasswordAndCode
  /// Nil where the office's address is none for which browsers have passkeys.
  let passkey: PasskeyProof?

  /// Looks at what the officer has given. A code in it is used up where the password is right, and a passkey has counted on.
  ///
  /// - Parameter done: what is done with the right answer, in the transaction that finds it right.
  func isRight<Value: Sendable>(
    _ answer: OwnAnswer, of session: Session,
    _ done: @escaping @Sendable (borrowing Transaction, Instant) throws -> Value
  ) async throws -> OwnVerdict<Value> {
    switch answer {
    case .password(let attempt, let code):
      try await password.isRight(attempt, code: code, of: session.account.id, done)
    case .passkey(let response, let attempt):
      try await passkey?.isRight(response, attempt, of: session, done) ?? .refused(.passkey(.unknown))
    }
  }
}

/// What an officer gives to prove it.
enum OwnAnswer: Sendable {
  /// The own password, from where and in which browser, and a code of the app or of the paper; empty where the account has
  /// neither.
  case password(SignIn.Attempt, code: Personal<String>)
  /// What the browser gave of a passkey; name and password of the attempt are empty.
  case passkey(AssertionResponse, SignIn.Attempt)

  var isPasskey: Bool { if case .passkey = self { true } else { false } }
}

/// How it was found.
enum OwnVerdict<Value: Sendable>: Sendable {
  case right(Value)
  case refused(OwnRefusal)
}

/// Why it was not accepted.
enum OwnRefusal: Equatable, Sendable {
  case wrongPassword
  case wrongCode
  case passkey(PasskeyRefusal)
  /// Too many failures: no try is allowed for so long.
  case wait(Duration)
}

/// The proof by what is typed: the password, and a code where the account has a second factor. Where that is a passkey alone,
/// the password proves nothing.
struct PasswordAndCode: Sendable {
  let proof: PasswordProof
  let check: FactorCheck

  func isRight<Value: Sendable>(
    _ attempt: SignIn.Attempt, code: Personal<String>, of account: OfficerID,
    _ done: @escaping @Sendable (borrowing Transaction, Instant) throws -> Value
  ) async throws -> OwnVerdict<Value> {
    let result = try await proof.check(attempt, wrong: .wrongAgain) { transaction, proven -> OwnVerdict<Value> in
      guard proven.account.id == account else { return .refused(.wrongPassword) }
      if let refusal = try refusal(of: code, proven, in: transaction) { return .refused(refusal) }
      return .right(try done(transaction, proven.at))
    }
    switch result {
    case .right(let verdict): return verdict
    case .wrong: return .refused(.wrongPassword)
    case .wait(let wait): return .refused(.wait(wait))
    }
  }

  private func refusal(
    of code: Personal<String>, _ proven: PasswordProof.Proven, in transaction: borrowing Transaction
  ) throws -> OwnRefusal? {
    let account = proven.account.id
    guard try FactorTable.hasAny(of: account, in: transaction) else { return nil }
    switch try check.check(code, of: account, by: proven.claimant, at: proven.at, in: transaction) {
    case .right: return nil
    case .wait(let wait): return .wait(wait)
    case .wrong:
      try SignInLog.append(
        .wrongCode, account: account, addressMark: proven.claimant.addressMark, at: proven.at, in: transaction)
      return .wrongCode
    }
  }
}
