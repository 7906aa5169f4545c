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
        form(request.words).page(
          request, FormInput(prefilled: [Self.numberField: request.query("nomor") ?? ""]))
      },
      Route(.post, "/permintaan-data", for: .everyone) { try await find($0) },
    ]
  }

  private func form(_ words: Words) -> LookUpForm {
    LookUpForm(
      to: Self.link, wanted: .dataRequest, title: words("privacy.find.title"), lead: words("privacy.find.lead"),
      fields: [
        .text(
          Self.numberField, label: words("privacy.status.number"),
          hint: words("privacy.find.number-hint", ["example": TypedNumber.example(.dataRequest)]), kind: .caseNumber),
        .text(
          Self.pinField, label: words("form.pin.label"), hint: words("form.pin.hint"),
          kind: .grouped(digits: CasePIN.digitCount)),
      ], submitLabel: words("privacy.find.submit"))
  }

  private func find(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    let form = form(request.words)
    var input = request.form
    let number = input.number(of: DataRequestKind.self, in: Self.numberField, request.words)
    form.fields.check(&input, request.words)
    guard let number, input.errors.isEmpty else { return form.page(request, input, status: .unprocessable) }
    let pin = Personal(input[Self.pinField])
    return try await form.answer(request, input) {
      let found = try await requests.request(number, pin: pin, from: request.client)
      return .redirect("/permintaan-data/\(found.code)")
    }
  }
}
