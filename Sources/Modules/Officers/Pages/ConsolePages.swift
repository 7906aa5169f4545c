internal import Core
internal import HTML
internal import Web

/// `/petugas`: where the console begins.
struct ConsolePages: Sendable {
  let passkeys: PasskeyService
  var watch: SignInWatch?

  func routes() -> [Route] {
    [Route(.get, "/petugas", for: .signedIn, home)]
  }

  @Sendable private func home(_ request: Request) async throws -> Response {
    let words = request.words
    let today = words.longDate(request.context.zone.date(of: request.context.now))
    let entries = request.context.consoleEntries.filter { $0.link != ReturnPath.home }
    var isCopied = false
    if let officer = request.officer { isCopied = try await passkeys.hasCopied(of: officer.id) }
    return .page(request, title: words("officers.home.title"), face: .console) {
      pageHeading(
        words("officers.home.greeting", ["name": request.officer?.name ?? ""]), lead: words("officers.home.lead"),
        eyebrow: today)
      StormNotice(watch: watch).node(request)
      if isCopied { PasskeyWarning.node(words, leading: true) }
      entryCards(entries, request.context)
    }
  }
}
