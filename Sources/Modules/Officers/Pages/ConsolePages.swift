internal import Core
internal import HTML
internal import Web

/// `/petugas`: where the console begins.
struct ConsolePages: Sendable {
  func routes() -> [Route] {
    [Route(.get, "/petugas", for: .signedIn, home)]
  }

  @Sendable private func home(_ request: Request) async throws -> Response {
    let words = request.words
    let today = words.longDate(request.context.zone.date(of: request.context.now))
    let entries = request.context.consoleEntries.filter { $0.link != ReturnPath.home }
    return .page(request, title: words("officers.home.title"), face: .console) {
      pageHeading(
        words("officers.home.greeting", ["name": request.officer?.name ?? ""]), lead: words("officers.home.lead"),
        eyebrow: today)
      entryCards(entries, request.context)
    }
  }
}
