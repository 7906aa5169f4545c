internal import Core
internal import HTML

/// One entry of a menu; the page that is shown is marked for eyes and for screen readers.
struct MenuLink {
  let entry: NavigationEntry
  let context: PageContext

  var node: Node {
    a(.href(entry.link), .aria("current", isCurrent ? "page" : nil)) {
      entry.icon?.node
      context.words(entry.label)
    }
  }

  private var isCurrent: Bool { context.path == entry.link.path }
}
