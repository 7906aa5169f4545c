internal import Core
internal import HTML
internal import Web

/// `/petugas/bukti`: a fresh proof before a page is shown or a file is sent. An act asks for it under its own address.
struct ProofPages: Sendable {
  let question: ProofQuestion

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/bukti", for: .signedIn) { request in
        try await question.page(
          request, [.hidden(ReturnPath.field, ReturnPath.link(request.query(ReturnPath.field)).description)])
      },
      Route(.post, "/petugas/bukti", for: .signedIn) { request in
        switch try await question.answer(request) {
        case .asked(let page): return page
        case .given(let token):
          return Response.redirect(ReturnPath.link(request.form[ReturnPath.field])).setting(.officer(token: token))
        }
      },
      // Open to all: a locked session opens no page of officers, and is opened with it.
      Route(.get, "/petugas/bukti/kunci", for: .everyone, options),
    ]
  }

  /// What a browser is to be asked for a passkey of the officer whose session it holds.
  @Sendable private func options(_ request: Request) async throws -> Response {
    guard let session = try await question.sessions.held(request.officerToken), session.stage == .open else {
      throw Problem(.signInNeeded, "sign-in-needed")
    }
    guard let passkey = question.form.proof.passkey else { throw Problem(.notFound, "officers.no-passkeys") }
    return try Response.json(await passkey.options(for: session))
  }
}
