internal import Contracts
internal import Core
internal import Crypto
internal import Passkeys
internal import Store

/// The proof by a passkey of the officer who is signed in: for what is done next, or to open a locked console. What others fail
/// at holds it up nowhere.
struct PasskeyProof: Sendable {
  let store: Store
  let clock: any WallClock
  let keyed: any KeyedHash
  let check: PasskeyCheck

  /// What a browser is to be asked: one of the passkeys of that session's officer.
  func options(for session: Session) async throws -> PasskeyRequestOptions {
    let account = session.account.id
    let passkeys = try await store.read { try PasskeyTable.all(of: account, in: $0) }
    return PasskeyRequestOptions(
      challenge: check.challenges.fresh(for: .proof, in: Self.browser(of: session)), for: check.verifier.party,
      allowed: passkeys.filter { $0.copiedAt == nil })
  }

  /// One try.
  func isRight<Value: Sendable>(
    _ response: AssertionResponse, _ attempt: SignIn.Attempt, of session: Session,
    _ done: @escaping @Sendable (borrowing Transaction, Instant) throws -> Value
  ) async throws -> OwnVerdict<Value> {
    let account = session.account.id
    let known = try await store.read { try PasskeyTable.all(of: account, in: $0) }
    guard let passkey = known.first(where: { $0.credentialID == response.credentialID }) else {
      return .refused(.passkey(.unknown))
    }
    let shown: VerifiedAssertion
    do throws(PasskeyFailure) {
      shown = try check.assertion(in: response, by: passkey, for: .proof, in: Self.browser(of: session))
    } catch {
      return .refused(.passkey(PasskeyRefusal(error)))
    }
    let (claimant, now) = (PasswordProof.Claimant(attempt, keyed: keyed), clock.now)
    return try await store.write { transaction -> OwnVerdict<Value> in
      switch try check.take(shown, of: passkey.factor, by: claimant, at: now, in: transaction) {
      case .right: .right(try done(transaction, now))
      case .refused(let refusal): .refused(.passkey(refusal))
      }
    }
  }

  /// What binds a challenge to the session, whatever token it has.
  private static func browser(of session: Session) -> String { Hexadecimal.text(session.seed) }
}
