import Contracts
import Core
import HTML
import Store
import Web

/// Shows receipts.
struct ReceiptPages: Sendable {
  let applications: Applications
  let address: PublicAddress?
  let takesDocuments: Bool
  /// Nil where no calendar is kept.
  let openings: (any OpeningTimesService)?

  var routes: [Route] {
    [Route(.get, "/permohonan/:nomor", for: .everyone) { try await show($0) }]
  }

  private func show(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    guard let number = ApplicationNumber(request.parameter("nomor")),
      let page = try await page(number, request.context)
    else { throw Problem(.notFound, "registration.no-application") }
    return .page(request, title: page.title, face: .plain) {
      page.node(isChangedRepeat: request.query("sudah") != nil)
    }
  }

  private func page(_ number: ApplicationNumber, _ context: PageContext) async throws -> ReceiptPage? {
    let hall = try await openings?.hall()
    return try await applications.store.read { snapshot in
      guard let summary = try ApplicationTable.application(number, in: snapshot) else { return nil }
      let stage = try applications.tracking?.timeline(of: number, in: snapshot)?.current
      return ReceiptPage(
        summary: summary, fees: try ApplicationTable.fees(of: number, in: snapshot),
        service: applications.catalogue?.service(summary.service), address: address,
        proof: try applications.ledger?.receipt(on: .application, about: number.description, in: snapshot),
        takesDocuments: takesDocuments,
        step: NextStep(stage: stage, availability: hall?[summary.service]), context: context)
    }
  }
}
