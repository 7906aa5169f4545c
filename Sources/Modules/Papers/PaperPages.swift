import Contracts
import Core
import HTML
import Web

/// `/k/BITS`: where the code on a paper leads. The bits are exchanged at once for what the browser needs to see what the
/// paper shows, so that they stand above no page, in no history and in no link that goes on from there.
struct PaperPages: Sendable {
  let papers: Papers
  /// What a receipt's code gives.
  let pass: CasePass

  var routes: [Route] { [Route(.get, "/k/:kertas", for: .everyone) { try await exchange($0) }] }

  /// One answer for a code that never was, one that has ended, and any other text.
  private func exchange(_ request: Request) async throws -> Response {
    let code = PaperCode(request.parameter("kertas")) ?? PaperCode([UInt8](repeating: 0, count: PaperCode.byteCount))
    guard let code, let subject = try await papers.subject(of: code) else {
      try request.allow(.lookUp)
      throw Problem(.notFound, "paper.unknown")
    }
    switch subject {
    case .application(let number):
      let pass = Cookie(
        CasePass.paperCookie, pass.issue(for: number, besides: request.cookie(CasePass.paperCookie)),
        secondsToLive: Int(pass.lifetime.components.seconds))
      return Response.redirect("/permohonan/\(number)").setting(pass)
    case .ticket(let code): return .redirect("/tiket/\(code)")
    case .appointment(let code): return .redirect("/janji/\(code)")
    }
  }
}
