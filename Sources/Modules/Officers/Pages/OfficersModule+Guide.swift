internal import Core
internal import HTML
internal import Web

extension OfficersModule {
  /// Leads to the page that explains signing in, where the office has the module of texts.
  @NodeBuilder static func guideLink(_ context: PageContext) -> Node {
    let page: Link = "/petugas/petunjuk"
    if context.leads(to: page) { p { a(.href(page)) { context.words("officers.sign-in.guide") } } }
  }
}
