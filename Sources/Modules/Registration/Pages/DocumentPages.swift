import Contracts
import Core
import HTML
import Store
import Web

/// Lets an applicant send documents: one form for each requirement, so that what has arrived stays when one fails after
/// it.
struct DocumentPages: Sendable {
  /// Phones send photographs larger than the limit; up to so many times as large they are read to the end and refused
  /// beside their field, beyond it the connection is cut.
  private static let refusedWithWordsFactor = 4

  let applications: Applications
  let documents: ApplicationDocuments
  let proof: ApplicantProof
  let codes: CounterCodes

  var routes: [Route] {
    let service = documents.service
    let byteCountMax = service.limits.byteCountMax * Self.refusedWithWordsFactor
    return [
      Route(.get, "/permohonan/:nomor/dokumen", for: .everyone) { try await show($0) },
      Route(.post, "/permohonan/:nomor/dokumen/bukti", for: .everyone) { try await prove($0) },
      Route(
        .post, "/permohonan/:nomor/dokumen/:syarat", for: .everyone, accepts: .upload(byteCountMax: byteCountMax),
        // The limit that the form names, not how far the server reads.
        tooLarge: { Problem(.tooLarge, "document.too-large", ["megabytes": service.limits.megabytes]) }
      ) { try await take($0) },
      Route(.post, "/permohonan/:nomor/dokumen/:syarat/hapus", for: .everyone) { try await remove($0) }
        .confirmed { try await askRemove($0) },
    ]
  }

  /// A reader without a proof is asked for it, whether or not there is an application of that number.
  private func show(_ request: Request) async throws -> Response {
    let number = try number(request)
    guard proof.isGiven(in: request, for: number) else { return ask(request, number) }
    return try await list(request, try await provenSummary(request), FormInput(), status: .ok)
  }

  // MARK: Proof

  private func ask(
    _ request: Request, _ number: ApplicationNumber, _ input: FormInput = FormInput(), status: Status = .ok,
    problem: Problem? = nil
  ) -> Response {
    Response.page(request, title: request.words("document.title"), status: status) {
      ProofPage(number: number, context: request.context).node(input, problem: problem)
    }
  }

  private func prove(_ request: Request) async throws -> Response {
    let number = try number(request)
    var input = request.form
    ProofPage.field(request.words).check(&input, request.words)
    guard input.errors.isEmpty else { return ask(request, number, input, status: .unprocessable) }
    do {
      try request.allow(.lookUp)
      try await codes.redeem(Personal(input[ProofPage.codeField]), for: number, from: request.client)
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return ask(request, number, input, status: Status(problem), problem: problem)
    }
    return .redirect(Self.link(number)).setting(proof.cookie(for: number, in: request))
  }

  // MARK: Documents

  private func take(_ request: Request) async throws -> Response {
    let summary = try await provenSummary(request)
    let requirement = try await requirement(request, summary)
    var input = FormInput()
    do {
      try request.allow(.submit)
      var uploads = request.uploads.makeAsyncIterator()
      guard let upload = try await uploads.next() else { throw Problem(.invalid, "document.not-chosen") }
      let document = try await documents.receive(upload.chunks, for: requirement, of: summary, from: request.client)
      let link = Self.link(summary.number).adding("masuk", requirement.code)
      return Response.redirect(document.state == .infected ? Self.link(summary.number) : link)
        .setting(proof.cookie(for: summary.number, in: request))
    } catch let problem as Problem where problem.kind != .fault {
      // A sender's own share is told of by its status.
      if problem.code == UploadQuota.Share.everybody.code {
        request.note(
          .requestLimited,
          ["web.route": "POST /permohonan/:nomor/dokumen/:syarat", "problem.code": problem.code])
      }
      input.refuse(
        DocumentPage.field(requirement.code), "\(problem.title(request.words)). \(problem.mend(request.words))")
      return try await list(request, summary, input, status: Status(problem))
    } catch is UploadEnded {
      throw Problem(.invalid, "bad-request")
    } catch is StoreError {
      let problem = Problem(.unavailable, "document.not-kept")
      input.refuse(
        DocumentPage.field(requirement.code), "\(problem.title(request.words)). \(problem.mend(request.words))")
      return try await list(request, summary, input, status: .unavailable)
    }
  }

  private func askRemove(_ request: Request) async throws -> Confirmation? {
    let summary = try await provenSummary(request)
    let words = request.words
    let requirement = try await requirement(request, summary)
    return Confirmation(
      title: words("document.remove.title", ["document": words(requirement.text)]),
      consequences: ["gone", "needed"].map { words(MessageKey("document.remove", named: $0)) },
      submitLabel: words("document.remove.submit"), back: Self.link(summary.number))
  }

  private func remove(_ request: Request) async throws -> Response {
    let summary = try await provenSummary(request)
    try await documents.remove(request.parameter("syarat"), of: summary)
    return .redirect(Self.link(summary.number))
  }

  private func list(
    _ request: Request, _ summary: ApplicationSummary, _ input: FormInput, status: Status
  ) async throws -> Response {
    let entries = try await applications.store.read { try documents.entries(of: summary, in: $0) }
    let page = DocumentPage(
      summary: summary, entries: entries, limits: documents.service.limits, arrived: request.query("masuk"),
      context: request.context)
    return Response.page(request, title: request.words("document.title"), status: status) { page.node(input) }
      .setting(header: "Cache-Control", "no-store")
  }

  private func number(_ request: Request) throws(Problem) -> ApplicationNumber {
    guard let number = ApplicationNumber(request.parameter("nomor")) else {
      throw Problem(.notFound, "registration.no-application")
    }
    return number
  }

  /// The application of the path, for the browser that has shown whose it is.
  private func provenSummary(_ request: Request) async throws -> ApplicationSummary {
    let number = try number(request)
    guard proof.isGiven(in: request, for: number) else { throw Problem(.forbidden, "document.proof-expired") }
    guard let summary = try await applications.store.read({ try ApplicationTable.application(number, in: $0) }) else {
      throw Problem(.notFound, "registration.no-application")
    }
    guard summary.ending == nil else { throw Problem(.conflict, "registration.ended") }
    return summary
  }

  private func requirement(_ request: Request, _ summary: ApplicationSummary) async throws -> DocumentRequirement {
    let code = request.parameter("syarat")
    let requirements = applications.catalogue?.service(summary.service).map(DocumentRequirement.all) ?? []
    guard let requirement = requirements.first(where: { $0.code == code }) else {
      throw Problem(.notFound, "document.not-asked-for")
    }
    return requirement
  }

  static func link(_ number: ApplicationNumber) -> Link { "/permohonan/\(number)/dokumen" }
}
