import Contracts
import Core
import HTML
import Store
import Web

/// Lets an officer note what a person asks for at the counter (UU 27/2022, article 14: a request need not be electronic).
struct CounterPages: Sendable {
  static let link: Link = "/petugas/permintaan-data"
  private static let numberField = "nomor"
  private static let kindField = "jenis"

  let requests: RightsRequestService

  var routes: [Route] {
    [
      Route(.get, "/petugas/permintaan-data", for: .officers(with: .requests)) { show(FormInput(), $0) },
      Route(.post, "/petugas/permintaan-data", for: .officers(with: .requests)) { try await take($0) },
    ]
  }

  private func fields(_ context: PageContext) -> [Field] {
    let words = context.words
    return [
      .text(Self.numberField, label: words("form.application.number"), kind: .caseNumber),
      .choice(
        Self.kindField, label: words("privacy.counter.kind"),
        options: RequestKind.decided.map { .init($0.rawValue, words($0.name), hint: words($0.explanationForOfficers)) }),
      .heading(words("privacy.counter.correction"), hint: words("privacy.counter.correction-hint")),
    ] + requests.correctionForm(nil, context).fields
  }

  private func take(_ request: Request) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    let words = request.words
    let isCorrection = input[Self.kindField] == RequestKind.rectification.rawValue
    Array(fields(request.context).prefix(2)).check(&input, words)
    let number = input.number(of: ApplicationKind.self, in: Self.numberField, words)
    guard let number, let kind = RequestKind(rawValue: input[Self.kindField]), input.errors.isEmpty else {
      return show(input, request, status: .unprocessable)
    }
    guard let summary = try await requests.application(number) else {
      input.refuse(Self.numberField, words("privacy.glass.unknown"))
      return show(input, request, status: .notFound)
    }
    let wish = isCorrection ? requests.correctionForm(summary, request.context).read(&input) : nil
    guard input.isAcceptable else { return show(input, request, status: .unprocessable) }
    let taken = try await requests.take(kind, for: summary, wish: wish, by: request.principal)
    return .redirect("/permintaan-data/\(taken.code)")
  }

  private func show(_ input: FormInput, _ request: Request, status: Status = .ok) -> Response {
    let words = request.words
    return .page(request, title: words("privacy.counter.title"), status: status, face: .console) {
      pageHeading(words("privacy.counter.title"), lead: words("privacy.counter.lead"))
      formNode(
        request.context, to: Self.link, submission: nil, fields: fields(request.context), input: input,
        submitLabel: words("privacy.counter.send"))
    }
  }
}
