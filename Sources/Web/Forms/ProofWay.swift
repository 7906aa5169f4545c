import Core
public import HTML

/// Leads to the page that explains how one proves who one is, where the portal has it.
///
/// Use it below a form that asks for more than a number, once a page; not on officers' pages, and not below other forms.
@NodeBuilder public func proofWay(_ context: PageContext) -> Node {
  let page: Link = "/cara-membuktikan"
  if context.leads(to: page) { p(.class("own-line")) { a(.href(page)) { context.words("form.proof-way") } } }
}
