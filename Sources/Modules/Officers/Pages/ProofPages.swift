internal import Core
internal import HTML
internal import Web

/// `/petugas/bukti`: a fresh proof before a page is shown or a file is sent. An act asks for it under its own address.
struct ProofPages: Sendable {
  let question: ProofQuestion

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/bukti", for: .officers(atLeast: .clerk)) { request in
        question.page(
          request, [.hidden(ReturnPath.field, ReturnPath.link(request.query(ReturnPath.field)).description)])
      },
      Route(.post, "/petugas/bukti", for: .officers(atLeast: .clerk)) { request in
        switch try await question.answer(request) {
        case .asked(let page): return page
        case .given(let token):
          return Response.redirect(ReturnPath.link(request.form[ReturnPath.field])).setting(.officer(token: token))
        }
      },
    ]
  }
}
