internal import Core
internal import HTML

/// Where officers sign in; the module that keeps their accounts answers there.
enum SignIn {
  static let link: Link = "/petugas/masuk"

  /// The way there, below a problem.
  static func node(_ context: PageContext) -> Node {
    p { a(.href(link), .class("button primary")) { context.words("web.sign-in") } }
  }
}
