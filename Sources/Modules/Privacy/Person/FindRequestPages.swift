import Contracts
import Core
import HTML
import Web

/// `/permintaan-data`: how a request stands, for a person who has its number and PIN, as after asking at a counter.
struct FindRequestPages: Sendable {
  static let link: Link = "/permintaan-data"
  private static let numberField = "nomor"
  private static let pinField = "pin"

  let requests: RightsRequestService

  var routes: [Route] {
    [
      Route(.get, "/permintaan-data", for: .everyone) { request in
        page(request, FormInput(prefilled: [Self.numberField: request.query("nomor") ?? ""]))
      },
      Route(.post, "/permintaan-data", for: .everyone) { try await find($0) },
    ]
  }

  private func fields(_ words: Words) -> [Field] {
    [
      .text(
        Self.numberField, label: words("privacy.status.number"),
        hint: words("privacy.find.number-hint", ["example": TypedNumber.example(.dataRequest)]), kind: .caseNumber),
      .text(
        Self.pinField, label: words("form.pin.label"), hint: words("form.pin.hint"),
        kind: .grouped(digits: CasePIN.digitCount)),
    ]
  }

  private func find(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    var input = request.form
    let number = input.number(of: DataRequestKind.self, in: Self.numberField, request.words)
    fields(request.words).check(&input, request.words)
    guard let number, input.errors.isEmpty else { return page(request, input, status: .unprocessable) }
    do {
      let found = try await requests.request(number, pin: Personal(input[Self.pinField]), from: request.client)
      return .redirect("/permintaan-data/\(found.code)")
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return page(request, input, status: Status(problem), problem: problem)
    }
  }

  private func page(
    _ request: Request, _ input: FormInput, status: Status = .ok, problem: Problem? = nil
  ) -> Response {
    let words = request.words
    let title = words("privacy.find.title")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("privacy.find.lead"))
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      otherNumberNotice(input[Self.numberField], wanted: .dataRequest, request.context)
      formNode(
        request.context, to: Self.link, submission: nil, fields: fields(words), input: input,
        submitLabel: words("privacy.find.submit"))
    }
  }
}
