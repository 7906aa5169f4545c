internal import Core
internal import HTML
internal import Web

/// The codes on paper, shown once, as the answer to the request that drew them: they are kept nowhere as they are.
struct RecoveryCodesPage {
  let codes: Personal<[String]>
  /// Whose they are, to stand on the paper.
  let account: String
  /// Where the reader goes on.
  let next: Link

  func response(_ request: Request, face: Face) -> Response {
    let words = request.words
    let title = words("officers.recovery.title")
    return .page(request, title: title, face: face) {
      pageHeading(title, lead: words("officers.recovery.lead"))
      notice(.success, title: words("officers.recovery.once"), isNews: true)
      card(title: words("officers.recovery.account", ["name": account])) {
        p { words(request.context.officeName) }
        ol { for code in codes.exposed { li { HTML.code(.untranslated) { code } } } }
        p { words("officers.recovery.use") }
      }
      div(.class("actions")) {
        linkButton(words("officers.recovery.next"), to: next, style: .primary)
        // Shown where scripts run; without them the browser's own menu prints.
        button(.button(.button), .class("button secondary screen-only"), .data("print", ""), .hidden()) {
          Icon.printer.node
          words("officers.recovery.print")
        }
      }
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
