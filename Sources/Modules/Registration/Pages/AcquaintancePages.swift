import Contracts
import Core
import HTML
import Web

/// `/petugas/permohonan/NOMOR/kenal`: an officer says that they know the person, and leaves the case to a colleague.
struct AcquaintancePages: Sendable {
  let applications: Applications

  var routes: [Route] {
    [
      Route(.post, "/petugas/permohonan/:nomor/kenal", for: .officers(with: .cases)) { try await leave($0) }
        .confirmed { ask($0) }
    ]
  }

  /// The form on the case's page.
  static func form(for number: ApplicationNumber, _ context: PageContext) -> Node {
    let words = context.words
    return card(title: words("registration.known.title")) {
      p { words("registration.known.why") }
      actionButton(
        context, to: "/petugas/permohonan/\(number)/kenal", label: words("registration.known.submit"), icon: .people)
    }
  }

  private func ask(_ request: Request) -> Confirmation? {
    guard let number = ApplicationNumber(request.parameter("nomor")) else { return nil }
    let words = request.words
    return Confirmation(
      title: words("registration.known.ask"),
      consequences: ["colleague", "stages", "recorded"].map { words(MessageKey("registration.known", named: $0)) },
      facts: summaryList([SummaryRow(words("registration.case.number"), number.printed)]),
      submitLabel: words("registration.known.confirm"), back: "/petugas/permohonan")
  }

  private func leave(_ request: Request) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")),
      try await applications.leave(number, by: request.principal)
    else { throw Problem(.notFound, "registration.no-application") }
    let words = request.words
    let title = words("registration.known.done")
    return .page(request, title: title, face: .console) {
      pageHeading(title, eyebrow: number.printed)
      notice(.success, title: words("registration.known.done-text"), isNews: true)
      div(.class("actions")) {
        if request.context.leads(to: "/petugas/loket"), request.officer?.rights.contains(.serve) == true {
          linkButton(words("registration.known.counters"), to: "/petugas/loket", style: .primary, icon: .counter)
        }
        linkButton(words("registration.case.another"), to: "/petugas/permohonan", icon: .search)
      }
    }
  }
}
