import Contracts
import Core
import HTML
import Store
import Web

/// The supervisors' page of personal data: what people have asked for and by when, and who opened what.
struct SupervisionPages: Sendable {
  static let link: Link = "/petugas/hak-data"
  static let decisionField = "putusan"
  static let reachField = "ikut"
  /// Sent along from the page that shows what a correction would change.
  static let comparedField = "dibandingkan"
  static let referenceField = "nomor-laporan"

  private static let waitingMax = 200
  private static let decidedMax = 20
  private static let breakGlassMax = 20
  static let openingsPerPage = 50

  let requests: RightsRequestService
  let tracking: (any TrackingService)?
  let names: OfficerNames

  var routes: [Route] {
    [
      Route(.get, "/petugas/hak-data", for: .officers(with: .dataRights)) { try await list($0) },
      Route(.get, "/petugas/hak-data/pembukaan", for: .officers(with: .oversight)) { try await openings($0) },
      Route(.get, "/petugas/hak-data/kasus/:kode", for: .officers(with: .dataRights)) { request in
        show(try await page(try await found(request), request), FormInput(), request)
      },
      // Looking at what would change opens it, so it is a POST.
      Route(.post, "/petugas/hak-data/kasus/:kode/buka", for: .officers(with: .dataRights)) { request in
        let found = try await found(request)
        let differences = try await requests.differences(of: found, as: request.principal)
        return show(try await page(found, request, differences), FormInput(), request)
      },
      Route(.post, "/petugas/hak-data/kasus/:kode", for: .officers(with: .dataRights), fresh: true) {
        try await decide($0)
      }
      .confirmed { try await askDecide($0) },
    ]
  }

  private func list(_ request: Request) async throws -> Response {
    let now = requests.clock.now
    let page = try await requests.store.read { snapshot in
      let glass = try requests.oversight.breakGlassOpenings(before: nil, limit: Self.breakGlassMax, in: snapshot)
      return SupervisionPage(
        waiting: try RequestTable.waiting(at: now, limit: Self.waitingMax, in: snapshot),
        counts: try RequestTable.counts(at: now, in: snapshot),
        decided: try RequestTable.decided(limit: Self.decidedMax, in: snapshot), breakGlass: glass,
        names: try names.all(glass.map(\.principal), in: snapshot), concerned: try concerned(glass, in: snapshot),
        now: now, context: request.context)
    }
    return .page(request, title: request.words("privacy.supervision.title"), face: .console) { page.node }
      .setting(header: "Cache-Control", "no-store")
  }

  private func openings(_ request: Request) async throws -> Response {
    let before = request.query("sebelum").flatMap { Int64($0) }
    let page = try await requests.store.read { snapshot in
      let openings = try requests.oversight.openings(before: before, limit: Self.openingsPerPage, in: snapshot)
      return OpeningsPage(
        openings: openings, names: try names.all(openings.map(\.principal), in: snapshot),
        concerned: try concerned(openings, in: snapshot),
        mayHaveMore: openings.count == Self.openingsPerPage, context: request.context)
    }
    return .page(request, title: request.words("privacy.openings.title"), face: .console) { page.node }
      .setting(header: "Cache-Control", "no-store")
  }

  /// The applications of whom openings concerned: one each, as long as each makes a person of its own.
  private func concerned(
    _ openings: [Opening], in database: borrowing some Queryable & ~Copyable
  ) throws -> Concerned {
    var applications: [SubjectID: ApplicationNumber] = [:]
    for subject in Set(openings.map(\.subject)) {
      applications[subject] = try requests.applications.applications(of: subject, in: database).first
    }
    return Concerned(applications: applications)
  }

  private func found(_ request: Request) async throws -> RightsRequest {
    guard let code = PublicCode(request.parameter("kode")), let found = try await requests.request(code) else {
      throw Problem(.notFound, "privacy.no-request")
    }
    return found
  }

  private func page(
    _ found: RightsRequest, _ request: Request, _ differences: [RightsRequestService.Difference]? = nil
  ) async throws -> RequestCasePage {
    try await requests.store.read { snapshot in
      RequestCasePage(
        request: found, timeline: try tracking?.timeline(of: found.application, in: snapshot),
        differences: differences, reachesHoldings: requests.holdings != nil && found.kind.reachesHoldings,
        holdings: try requests.holdings(for: found, in: snapshot), now: requests.clock.now,
        context: request.context)
    }
  }

  private func show(
    _ page: RequestCasePage, _ input: FormInput, _ request: Request, status: Status = .ok
  ) -> Response {
    .page(request, title: page.title, status: status, face: .console) { page.node(input) }
      .setting(header: "Cache-Control", "no-store")
  }

  /// Nothing is asked where the form is refused anyway.
  private func askDecide(_ request: Request) async throws -> Confirmation? {
    let page = try await page(try await found(request), request)
    var input = request.form
    page.fields.check(&input, request.words)
    guard let decision = RequestDecision(named: input[Self.decisionField]), input.errors.isEmpty else { return nil }
    let words = request.words
    let isRefused = if case .refuse = decision { true } else { false }
    let outcome = isRefused ? "refused" : page.request.kind.rawValue
    return Confirmation(
      title: words(isRefused ? "privacy.decide.refuse-title" : "privacy.decide.title"),
      consequences: [
        words(MessageKey("privacy.decide", named: outcome)), words("privacy.decide.told"),
        words("privacy.decide.final"),
      ],
      facts: summaryList([
        SummaryRow(words("privacy.decide.request"), words(page.request.kind.name)),
        SummaryRow(words("form.application.number"), page.request.application.description),
      ]),
      submitLabel: words(isRefused ? "privacy.decide.refuse-submit" : "privacy.decide.submit"),
      back: "/petugas/hak-data/kasus/\(page.request.code)")
  }

  private func decide(_ request: Request) async throws -> Response {
    let found = try await found(request)
    var input = request.form
    let isCompared = found.kind == .rectification && found.state == .open && input[Self.comparedField] == "ya"
    let differences = isCompared ? try await requests.differences(of: found, as: request.principal) : nil
    let page = try await page(found, request, differences)
    if !page.mayCarryOut, IdentityCheck(rawValue: input[Self.decisionField]) != nil {
      input.refuse(Self.decisionField, request.words("privacy.case.compare-first"))
    }
    page.fields.check(&input, request.words)
    let references = input[Self.referenceField].split { ",;\n".contains($0) }.map(String.init)
    if let unknown = try await requests.unknown(references).first {
      input.refuse(Self.referenceField, request.words("privacy.case.reference-unknown", ["number": unknown]))
    }
    guard let decision = RequestDecision(named: input[Self.decisionField]), input.errors.isEmpty else {
      return show(page, input, request, status: .unprocessable)
    }
    let ticked = input.all(Self.reachField).compactMap { Int64($0) }.map { SubjectID($0) }
    _ = try await requests.decide(
      page.request.code, decision, reaching: Reach(ticked: Set(ticked), references: references), by: request.principal)
    return .redirect("/petugas/hak-data/kasus/\(page.request.code)")
  }
}
