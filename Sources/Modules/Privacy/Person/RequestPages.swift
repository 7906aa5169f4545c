import Contracts
import Core
import HTML
import Store
import Web

/// Takes what a person asks for, and shows every holder of a case's code how it stands.
struct RequestPages: Sendable {
  typealias Proven =
    @Sendable (Request, @Sendable (ApplicationSummary) async throws -> Response) async throws -> Response

  let requests: RightsRequestService
  let address: PublicAddress?
  let proven: Proven
  /// Whether the browser has shown whose the application of the path is.
  let isProven: @Sendable (Request) -> Bool

  var routes: [Route] {
    [
      Route(.get, "/data-saya/:nomor/minta/:jenis", for: .everyone) { request in
        let kind = try kind(request)
        return try await proven(request) { ask(kind, $0, FormInput(), request) }
      },
      Route(.post, "/data-saya/:nomor/minta/:jenis", for: .everyone, givesWay: true) { request in
        let kind = try kind(request)
        return try await proven(request) { try await take(kind, $0, request) }
      }
      .confirmed { try await askErasure($0) },
      Route(.get, "/permintaan-data/:kode", for: .everyone) { try await status($0) },
    ] + FindRequestPages(requests: requests).routes
  }

  private func kind(_ request: Request) throws(Problem) -> RequestKind {
    guard let kind = RequestKind(rawValue: request.parameter("jenis")), RequestKind.decided.contains(kind) else {
      throw Problem(.notFound, "not-found")
    }
    return kind
  }

  private func ask(
    _ kind: RequestKind, _ summary: ApplicationSummary, _ input: FormInput, _ request: Request, status: Status = .ok
  ) -> Response {
    let form = kind == .rectification ? requests.correctionForm(summary, request.context) : nil
    let page = RequestPage(kind: kind, number: summary.number, form: form, context: request.context)
    return .page(request, title: request.words(kind.name), status: status) { page.node(input) }
  }

  private func take(
    _ kind: RequestKind, _ summary: ApplicationSummary, _ request: Request
  ) async throws -> Response {
    try request.allow(.submit)
    var input = request.form
    var wish: Personal<CorrectionWish>?
    if kind == .rectification {
      wish = requests.correctionForm(summary, request.context).read(&input)
      guard input.isAcceptable else { return ask(kind, summary, input, request, status: .unprocessable) }
    }
    let taken = try await requests.take(kind, for: summary, wish: wish, by: .applicant)
    return .redirect("/permintaan-data/\(taken.code)")
  }

  /// Other requests change nothing that could not be asked for again.
  private func askErasure(_ request: Request) async throws -> Confirmation? {
    guard try kind(request) == .erasure, isProven(request),
      let number = ApplicationNumber(request.parameter("nomor"))
    else { return nil }
    let words = request.words
    return Confirmation(
      title: words("privacy.erasure.title"),
      consequences: ["data", "application", "kept", "decided"].map { words(MessageKey("privacy.erasure", named: $0)) },
      submitLabel: words("privacy.erasure.submit"), back: OwnDataPages.link(number))
  }

  private func status(_ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    guard let code = PublicCode(request.parameter("kode")), let found = try await requests.request(code) else {
      throw Problem(.notFound, "privacy.no-request")
    }
    let receipt =
      found.goneBy == nil
      ? nil
      : try await requests.store.read {
        try requests.ledger.receipt(on: .erasure, about: found.application.description, in: $0)
      }
    let page = RequestStatusPage(
      request: found, pin: requests.pins?.digits(of: found.number), receipt: receipt,
      isErased: try await requests.application(found.application)?.ending == .erased, address: address,
      now: requests.clock.now,
      context: request.context)
    return .page(request, title: page.title) { page.node }
  }
}
