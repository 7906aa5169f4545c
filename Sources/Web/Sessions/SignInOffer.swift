internal import Core
internal import HTML

/// Where officers sign in; the module that keeps their accounts answers there.
enum SignInOffer {
  static let link: Link = "/petugas/masuk"

  /// The way there, below a problem; and what was written before the session ended, to be sent after signing in.
  static func node(_ context: PageContext, resending: Node) -> Node {
    fragment {
      if resending.isEmpty {
        p { a(.href(link), .class("button primary")) { context.words("web.sign-in") } }
      } else {
        p { context.words("web.sign-in-first") }
        p { a(.href(link), .inNewTab, .class("button")) { context.words("web.sign-in-new-tab") } }
        resending
      }
    }
  }
}
