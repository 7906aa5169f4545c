import Contracts
import Core
import HTML
import Web

/// `/petugas/permohonan/NOMOR/kode`: an officer who has looked at an identity document hands out a code.
struct CodePages: Sendable {
  static let seenField = "identitas"

  let codes: CounterCodes

  var routes: [Route] {
    [
      Route(.post, "/petugas/permohonan/:nomor/kode", for: .officers(with: .cases)) { try await give($0) }
    ]
  }

  private func give(_ request: Request) async throws -> Response {
    let words = request.words
    guard let number = ApplicationNumber(request.parameter("nomor")) else {
      throw Problem(.notFound, "registration.no-application")
    }
    guard request.form[Self.seenField] == "ya" else { throw Problem(.invalid, "counter-code.identity-unseen") }
    guard let code = try await codes.give(for: number, by: request.principal) else {
      throw Problem(.notFound, "registration.no-application")
    }
    let title = words("registration.code.title")
    return Response.page(request, title: title, face: .console) {
      pageHeading(title, lead: words("registration.code.lead"), eyebrow: number.printed)
      keepCode(code.exposed, label: words("registration.code.label"))
      p { words("registration.code.until", ["minutes": String(CounterCodes.lifetime.milliseconds / 60_000)]) }
      div(.class("actions")) {
        linkButton(
          words("registration.case.another"), to: "/petugas/permohonan", icon: .search)
      }
    }
    .setting(header: "Cache-Control", "no-store")
  }

  /// The form on the case's page.
  static func form(for number: ApplicationNumber, _ context: PageContext) -> Node {
    let words = context.words
    return card(title: words("registration.code.title")) {
      p { words("registration.code.why") }
      formNode(
        context, to: "/petugas/permohonan/\(number)/kode", submission: nil,
        fields: [.checkbox(seenField, label: words("registration.code.seen"))], input: FormInput(),
        submitLabel: words("registration.code.give"))
    }
  }
}
