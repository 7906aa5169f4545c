import Contracts
import Core
import HTML
import Store
import Web

/// Lets a person see what happens to their data, and ask for what the law gives them.
struct OwnDataPages: Sendable {
  static let link: Link = "/data-saya"

  let requests: RightsRequestService
  let copies: CopyService
  let codes: any CounterCodeService
  let proof: PersonProof
  let names: OfficerNames
  let address: PublicAddress?

  var routes: [Route] {
    [
      Route(.get, "/data-saya", for: .everyone) { begin($0) },
      Route(.post, "/data-saya", for: .everyone) { try await prove($0) },
      Route(.get, "/data-saya/:nomor", for: .everyone) { request in
        try await proven(request) { try await show($0, request) }
      },
      Route(.post, "/data-saya/:nomor/persetujuan", for: .everyone) { request in
        try await proven(request) { try await consent($0, request) }
      },
      // A person who leaves a phone that others use closes what was opened on it; also where it has closed by itself.
      Route(.post, "/data-saya/keluar", for: .everyone) { _ in
        proof.removed(by: .redirect(Self.link.adding("tutup", Note.signedOut.rawValue))).clearingBrowser()
      },
      Route(.post, "/data-saya/:nomor/salinan", for: .everyone) { request in
        try await proven(request) { try await hand(over: $0, request) }
      },
    ]
      + RequestPages(
        requests: requests, address: address, proven: { request, body in try await proven(request, body) },
        isProven: { request in
          ApplicationNumber(request.parameter("nomor")).map { proof.isGiven(in: request, for: $0) } ?? false
        }
      ).routes
  }

  // MARK: Who asks

  /// A person who has applied in this browser just now is not asked again.
  private func begin(_ request: Request) -> Response {
    let typed = request.query(IdentityPage.numberField) ?? ""
    if let number = ApplicationNumber(typed), proof.isFreshApplicant(in: request, for: number) {
      return .redirect(Self.link(number)).setting(proof.cookie(for: number))
    }
    return ask(
      FormInput(prefilled: [IdentityPage.numberField: typed]), request,
      note: Note(rawValue: request.query("tutup") ?? ""))
  }

  /// Why a person who saw the page before is asked again.
  private enum Note: String {
    case signedOut = "keluar"
    case closed = "sendiri"
  }

  private func ask(
    _ input: FormInput, _ request: Request, status: Status = .ok, problem: Problem? = nil, note: Note? = nil
  ) -> Response {
    .page(request, title: request.words("privacy.own.title"), status: status) {
      if let note {
        notice(
          note == .signedOut ? .success : .info,
          title: request.words(MessageKey("privacy.own.closed", named: note.rawValue)), isNews: true
        ) {
          p { request.words(MessageKey("privacy.own.closed", named: "\(note.rawValue)-text")) }
        }
      }
      IdentityPage(context: request.context).node(input, problem: problem)
    }
  }

  private func prove(_ request: Request) async throws -> Response {
    var input = request.form
    let page = IdentityPage(context: request.context)
    let number = input.number(of: ApplicationKind.self, in: IdentityPage.numberField, request.words)
    page.fields.check(&input, request.words)
    guard let number, input.errors.isEmpty else { return ask(input, request, status: .unprocessable) }
    do {
      try request.allow(.lookUp)
      try await codes.redeem(Personal(input[IdentityPage.codeField]), for: number, from: request.client)
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return ask(input, request, status: Status(problem), problem: problem)
    }
    return .redirect(Self.link(number)).setting(proof.cookie(for: number))
  }

  /// Goes on with the application whose number stands in the address, once the browser has shown whose it is.
  func proven(
    _ request: Request, _ body: @Sendable (ApplicationSummary) async throws -> Response
  ) async throws -> Response {
    guard let number = ApplicationNumber(request.parameter("nomor")), proof.isGiven(in: request, for: number),
      let summary = try await requests.application(number)
    else {
      return .redirect(
        Self.link.adding("nomor", request.parameter("nomor")).adding("tutup", Note.closed.rawValue))
    }
    return try await body(summary).setting(header: "Cache-Control", "no-store")
  }

  static func link(_ number: ApplicationNumber) -> Link { "/data-saya/\(number)" }

  // MARK: What there is

  private func show(_ summary: ApplicationSummary, _ request: Request) async throws -> Response {
    let now = requests.clock.now
    let page = try await requests.store.read { snapshot in
      let openings = try requests.oversight.openings(
        of: summary.subject, limit: RightsRequestService.openingsMax, in: snapshot)
      return OwnDataPage(
        summary: summary, masked: try requests.vault.masked([summary.subject], in: snapshot)[summary.subject],
        openings: openings, names: try names.names(of: openings.map(\.principal), in: snapshot),
        consents: try requests.consents.consents(of: summary.subject, in: snapshot),
        corrections: try requests.rights.corrections(of: summary.subject, in: snapshot),
        requests: try RequestTable.all(of: summary.subject, limit: RightsRequestService.listedMax, in: snapshot),
        restrictedSince: try requests.rights.restrictedSince(summary.subject, in: snapshot),
        isErased: try requests.erasures.receipt(ofErased: summary.subject, in: snapshot) != nil,
        now: now, context: request.context)
    }
    return .page(request, title: request.words("privacy.own.title")) { page.node }
  }

  private func consent(_ summary: ApplicationSummary, _ request: Request) async throws -> Response {
    guard let matter = ConsentMatter(rawValue: request.form["hal"]) else { throw Problem(.invalid, "bad-request") }
    switch request.form["jawab"] {
    case "setuju": try await requests.give(.current(matter, request.words), of: summary)
    case "tarik": try await requests.withdraw(matter, of: summary)
    default: throw Problem(.invalid, "bad-request")
    }
    return .redirect(Self.link(summary.number))
  }

  private func hand(over summary: ApplicationSummary, _ request: Request) async throws -> Response {
    try request.allow(.submit)
    let copy = try await copies.copy(for: summary, guide: request.words("privacy.copy.guide"))
    request.note(.dataExported, ["export.table": "own-data"])
    return .foreign(
      copy.chunks, byteCount: copy.byteCount, mediaType: "application/zip", name: copy.name, use: .saved)
  }
}
