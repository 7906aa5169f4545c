import Contracts
import Core
import HTML
import Store
import Web

/// Shows receipts, to the browser that has applied and to a person who knows the date of birth.
struct ApplicationReceiptPages: Sendable {
  let applications: Applications
  /// nil without keys: then nothing is opened.
  let access: ApplicationAccess?
  let address: PublicAddress?
  let takesDocuments: Bool
  /// Nil where no calendar is kept.
  let openings: (any OpeningTimesService)?
  /// nil where no module knows with what people come.
  let coming: ComingVisits?
  let papers: (any PaperLinks)?
  /// What the code on a receipt gives.
  let paperPass: CasePass?

  /// How long the code on a receipt leads to it.
  private static let paperLifetime = Duration.hours(365 * 24)

  var routes: [Route] {
    [
      Route(.get, "/permohonan/:nomor", for: .everyone) { try await show($0) },
      Route(.post, "/permohonan/:nomor", for: .everyone) { try await open($0) },
    ]
  }

  private func number(_ request: Request) throws(Problem) -> ApplicationNumber {
    guard let number = ApplicationNumber(request.parameter("nomor")) else {
      throw Problem(.notFound, "registration.no-application")
    }
    return number
  }

  /// A reader who has not opened it is asked for the date of birth, whether or not there is an application of that number.
  private func show(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    let number = try number(request)
    let opened = access?.opened(number, by: request.cookie)
    guard opened != nil || paperPass?.holds(request.cookie(CasePass.paperCookie), for: number) == true else {
      return ask(number, request)
    }
    guard var found = try await page(number, request.context, isPaper: opened == nil) else {
      throw Problem(.notFound, "registration.no-application")
    }
    // A person who comes with the paper alone sees what stands on it.
    if let coming, let opened { found.coming = try await coming.of(opened) }
    found.paper = try? await papers?.code(
      of: .application(number), until: found.summary.registeredAt + Self.paperLifetime)
    let page = found
    return .page(request, title: page.title) {
      page.node(isChangedRepeat: request.query("sudah") != nil)
    }
    .setting(header: "Cache-Control", "no-store")
  }

  private func open(_ request: Request) async throws -> Response {
    let number = try number(request)
    var input = request.form
    guard let born = ApplicationQuestions.born(&input, request.words) else {
      return ask(number, request, input, status: .unprocessable)
    }
    do {
      try request.allow(.lookUp)
      guard let access else { throw Problem(.notFound, "tracking.not-found") }
      let opened = try await access.open(number, bornOn: Personal(born), as: .applicant, from: request.client)
      return .redirect("/permohonan/\(number)").setting(access.cookie(for: opened, in: request))
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return ask(number, request, input, status: Status(problem), problem: problem)
    }
  }

  private func ask(
    _ number: ApplicationNumber, _ request: Request, _ input: FormInput = FormInput(), status: Status = .ok,
    problem: Problem? = nil
  ) -> Response {
    let words = request.words
    let title = words("registration.receipt.closed")
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: words("registration.receipt.closed-lead"), eyebrow: number.printed)
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      formNode(
        request.context, to: "/permohonan/\(number)", submission: nil,
        fields: [ApplicationQuestions.bornField(words)], input: input,
        submitLabel: words("registration.receipt.open"))
      proofWay(request.context)
    }
  }

  /// - Parameter isPaper: as it was printed after applying, without what has come since.
  private func page(
    _ number: ApplicationNumber, _ context: PageContext, isPaper: Bool
  ) async throws -> ReceiptPage? {
    let hall = try await openings?.hall()
    return try await applications.store.read { snapshot in
      guard let summary = try ApplicationTable.application(number, in: snapshot) else { return nil }
      let stage = isPaper ? nil : try applications.tracking?.timeline(of: number, in: snapshot)?.current
      return ReceiptPage(
        summary: summary, fees: try ApplicationTable.fees(of: number, in: snapshot),
        service: applications.catalogue?.service(summary.service), address: address,
        proof: try applications.ledger?.receipt(on: .application, about: number.description, in: snapshot),
        takesDocuments: takesDocuments,
        step: NextStep(stage: stage, availability: hall?[summary.service]), context: context)
    }
  }
}
