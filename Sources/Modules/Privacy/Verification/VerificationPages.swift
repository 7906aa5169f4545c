import Contracts
import Core
import HTML
import Web

/// Tells every reader whether a receipt is genuine.
struct VerificationPages: Sendable {
  static let link: Link = "/verifikasi"
  /// The receipt's text in the form. Its QR code holds it behind the # of the address, from where a script puts it here.
  static let field = "r"

  let ledger: any LedgerService

  var routes: [Route] {
    [
      Route(.get, "/verifikasi", for: .everyone) { show(FormInput(), nil, $0) },
      Route(.post, "/verifikasi", for: .everyone, isLookUp: true) { request in
        var input = request.form
        guard !input[Self.field].isEmpty else {
          input.refuse(Self.field, request.words("privacy.verify.missing"))
          return show(input, nil, request)
        }
        return try await check(input[Self.field], request)
      },
      // What an English reader tries first.
      Route(.get, "/verify", for: .everyone) { _ in .redirect(Self.link) },
      Route(.get, "/verifikasi/kunci", for: .everyone) { try key($0) },
      // For programs that check without this office: the key, and nothing else, as text.
      Route(.get, "/verifikasi/kunci.txt", for: .everyone) { _ in .text(try ledger.publicKey() + "\n") },
    ]
  }

  private func key(_ request: Request) throws -> Response {
    let words = request.words
    let key = try ledger.publicKey()
    return .page(request, title: words("privacy.key.title")) {
      pageHeading(words("privacy.key.title"), lead: words("privacy.key.lead"))
      card {
        pre(.class("key"), .untranslated, .tabindex(0), .aria("label", words("privacy.key.title"))) { key }
        p { words("privacy.key.use") }
        p { a(.href("/verifikasi/kunci.txt")) { words("privacy.key.raw") } }
      }
      linkButton(words("privacy.key.back"), to: Self.link, icon: .back)
    }
  }

  private func check(_ text: String, _ request: Request) async throws -> Response {
    try request.allow(.lookUp)
    return show(FormInput(prefilled: [Self.field: text]), try await ledger.check(receipt: text), request)
  }

  private func show(_ input: FormInput, _ verdict: ReceiptVerdict?, _ request: Request) -> Response {
    let page = VerificationPage(verdict: verdict, context: request.context)
    return .page(
      request, title: request.words("privacy.verify.title"), status: input.errors.isEmpty ? .ok : .unprocessable
    ) {
      page.node(input)
    }
    .setting(header: "Cache-Control", "no-store")
  }
}
