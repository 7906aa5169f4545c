internal import Core
internal import HTML
internal import Web

/// `/petugas/sesi/pin`: an officer sets the PIN with which they open their locked sessions. With a fresh proof, so that no
/// stranger sets one at a console that was left open.
struct PINPages: Sendable {
  private static let newField = "pin-baru"
  private static let repeatedField = "pin-ulang"

  let lock: SessionLock

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/sesi/pin", for: .signedIn, fresh: true) { page($0) },
      Route(.post, "/petugas/sesi/pin", for: .signedIn, fresh: true, set),
    ]
  }

  @Sendable private func set(_ request: Request) async throws -> Response {
    let words = request.words
    guard let officer = request.officer else { throw Problem(.signInNeeded, "sign-in-needed") }
    var input = request.form
    fields(words).check(&input, words)
    if input.isAcceptable {
      if let refusal = PINRule.refusal(of: input[Self.newField]) {
        input.refuse(Self.newField, words(MessageKey("officers.pin.refused", named: refusal.rawValue)))
      } else if input[Self.newField] != input[Self.repeatedField] {
        input.refuse(Self.repeatedField, words("officers.pin.differs"))
      }
    }
    guard input.isAcceptable else { return page(request, input, .unprocessable) }
    try await lock.setPIN(Personal(input[Self.newField]), of: officer.id, by: request.principal)
    return .redirect("/petugas/sesi?berhasil=ya")
  }

  private func fields(_ words: Words) -> [Field] {
    let kind = TextKind.secretNumber(digits: PINRule.digitCountMax)
    return [
      .text(Self.newField, label: words("officers.pin.new"), hint: words("officers.pin.rule"), kind: kind),
      .text(Self.repeatedField, label: words("officers.pin.repeated"), kind: kind),
    ]
  }

  private func page(_ request: Request, _ input: FormInput = FormInput(), _ status: Status = .ok) -> Response {
    let words = request.words
    let title = words("officers.pin.title")
    return .page(request, title: title, status: status, face: .console) {
      pageHeading(title, lead: words("officers.pin.lead"))
      formNode(
        request.context, to: "/petugas/sesi/pin", submission: nil, fields: fields(words), input: input,
        submitLabel: words("officers.pin.submit"), cancel: (words("officers.pin.back"), "/petugas/sesi"))
    }
  }
}
