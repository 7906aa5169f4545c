internal import Core
internal import Web

/// Asks a signed-in officer for their own password once more: a console that was left open is no place to make a way in
/// that lasts, or to take one away.
struct OwnPasswordQuestion: Sendable {
  static let fieldName = "sandi-sendiri"

  let staff: StaffService

  func field(_ words: Words) -> Field {
    .text(Self.fieldName, label: words("officers.password.own"), kind: .password)
  }

  /// What the page says instead of going on.
  struct Refusal: Sendable {
    let status: Status
    /// Before another try is allowed; nil where one is at once.
    let wait: Duration?
  }

  /// Checks what was written, which refuses the field where it is wrong.
  ///
  /// - Returns: nil where it is right.
  func refusal(of input: inout FormInput, _ request: Request) async throws -> Refusal? {
    let words = request.words
    guard let id = request.officer?.id, let username = try await staff.username(of: id) else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    let attempt = SignIn.Attempt(request, username.description, password: Personal(input[Self.fieldName]))
    if try await !staff.proof.knows(attempt) { try request.allow(.signIn) }
    switch try await staff.proof.check(attempt, wrong: .wrongAgain, { _, _ in }) {
    case .right: return nil
    case .wrong:
      request.note(.signInFailed)
      input.refuse(Self.fieldName, words("officers.password.own-wrong"))
      return Refusal(status: .unprocessable, wait: nil)
    case .wait(let wait):
      request.note(.signInHeld)
      input.refuse(Self.fieldName, words("officers.sign-in.wait", ["wait": words.wait(wait)]))
      return Refusal(status: .tooManyRequests, wait: wait)
    }
  }
}
