internal import Core
internal import HTML

/// One entry of a menu; the page that is shown, or the one under which it is found, is marked for eyes and for screen
/// readers.
struct MenuLink {
  let entry: NavigationEntry
  let context: PageContext
  /// Whether this entry is where the reader is.
  let isHere: Bool

  var node: Node {
    a(.href(entry.link), .aria("current", isHere ? (context.path == entry.link.path ? "page" : "true") : nil)) {
      entry.icon?.node
      context.words(entry.label)
    }
  }
}
