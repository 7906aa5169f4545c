internal import Core
internal import Store

/// Whether the person at the keyboard is the officer who is signed in there: asked again before what must not be done at a
/// console that was left open.
protocol OwnProof: Sendable {
  /// Compares what the officer has typed. A code in it is used up where the password is right.
  func isRight(_ answer: OwnAnswer, of account: OfficerID) async throws -> OwnVerdict
}

/// What an officer types to prove it.
struct OwnAnswer: Sendable {
  /// The own password, from where and in which browser.
  let attempt: SignIn.Attempt
  /// A code of the app or of the paper; empty where the account has neither.
  let code: Personal<String>
}

/// How it was found.
enum OwnVerdict: Sendable, Equatable {
  case right
  case wrongPassword
  case wrongCode
  /// Too many failures: no try is allowed for so long.
  case wait(Duration)
}

/// The proof that every officer can give: the password, and a code where the account has any.
struct PasswordAndCode: OwnProof {
  let proof: PasswordProof
  let check: FactorCheck

  func isRight(_ answer: OwnAnswer, of account: OfficerID) async throws -> OwnVerdict {
    let result = try await proof.check(answer.attempt, wrong: .wrongAgain) { transaction, proven -> OwnVerdict in
      guard proven.account.id == account else { return .wrongPassword }
      guard try FactorTable.all(of: account, in: transaction).contains(where: \.kind.isTyped) else {
        return .right
      }
      switch try check.check(answer.code, of: account, by: proven.claimant, at: proven.at, in: transaction) {
      case .right: return .right
      case .wait(let wait): return .wait(wait)
      case .wrong:
        try SignInLog.append(
          .wrongCode, account: account, addressMark: proven.claimant.addressMark, at: proven.at, in: transaction)
        return .wrongCode
      }
    }
    switch result {
    case .right(let verdict): return verdict
    case .wrong: return .wrongPassword
    case .wait(let wait): return .wait(wait)
    }
  }
}
