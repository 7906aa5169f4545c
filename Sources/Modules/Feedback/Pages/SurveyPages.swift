internal import Core
internal import HTML
internal import Web

/// `/survei`: how a finished visit went.
struct SurveyPages: Sendable {
  let surveys: SurveyService
  let random: any RandomSource

  func routes() -> [Route] {
    [
      Route(.get, "/survei", for: .everyone, show),
      Route(.post, "/survei", for: .everyone, givesWay: true, send),
      Route(.get, "/survei/terima-kasih", for: .everyone) { thanks($0) },
    ]
  }

  @Sendable private func show(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    let code = try code(request.query(SurveyForm.ticketField) ?? "")
    if try await surveys.isAnswered(code) { return .redirect("/survei/terima-kasih") }
    return page(request, code)
  }

  @Sendable private func send(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    let code = try code(request.form[SurveyForm.ticketField])
    var input = request.form
    let answers = form(request.words).read(&input)
    guard input.isAcceptable else { return page(request, code, input: input, status: .unprocessable) }
    switch try await surveys.keep(answers, of: code) {
    case .kept, .repeated: return .redirect("/survei/terima-kasih")
    case .keptWithoutComment: return .redirect("/survei/terima-kasih?komentar=tidak")
    }
  }

  private func code(_ text: String) throws -> PublicCode {
    guard let code = PublicCode(text) else { throw Problem(.conflict, "feedback.not-finished") }
    return code
  }

  private func form(_ words: Words) -> SurveyForm { SurveyForm(words: words, takesComment: surveys.vault != nil) }

  private func page(
    _ request: Request, _ code: PublicCode, input: FormInput = FormInput(), status: Status = .ok
  ) -> Response {
    let words = request.words
    let title = words("feedback.survey.title")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("feedback.survey.lead"))
      if surveys.vault == nil { notice(.info) { p { words("feedback.survey.no-comment") } } }
      formNode(
        request.context, to: "/survei", submission: PublicCode(from: random).description,
        fields: [.hidden(SurveyForm.ticketField, code.description)] + form(words).fields, input: input,
        submitLabel: words("feedback.survey.submit"))
    }
  }

  private func thanks(_ request: Request) -> Response {
    let words = request.words
    let title = words("feedback.thanks.title")
    return .page(request, title: title) {
      pageHeading(title, lead: words("feedback.thanks.lead"))
      if request.query("komentar") == "tidak" { notice(.warning) { p { words("feedback.survey.no-comment") } } }
      div(.class("actions")) {
        linkButton(words("feedback.complaint.title"), to: "/pengaduan")
        linkButton(words("feedback.home"), to: "/", style: .quiet)
      }
    }
  }
}
