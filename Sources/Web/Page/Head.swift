internal import Core
internal import HTML

/// The head of a page: its title, stylesheet and scripts.
struct Head {
  let title: String
  let context: PageContext
  let face: Face
  /// The page's own; a set, so that none runs twice.
  let scripts: Set<Layout.Script>
  /// Set where the page loads itself again without scripts.
  let reloads: Reloading?
  /// Set where the rest of the stylesheet follows at the page's end.
  let firstStyle: FirstStyle?

  var node: Node {
    head {
      meta(.charset("utf-8"))
      meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
      HTML.title { "\(title) – \(context.words(context.officeName))" }
      // The page is its reader's alone: no preview of another site may name where it came from.
      meta(.name("referrer"), .content("same-origin"))
      meta(.name("format-detection"), .content("telephone=no"))
      if let reloads { noscript { meta(.refresh, .content(String(reloads.seconds))) } }
      meta(.name("theme-color"), .content("#0f2748"))
      if let first = firstStyle {
        style(first.rules, nonce: first.nonce)
      } else {
        headLink(.rel("stylesheet"), .href(Layout.asset("/aset/first.css", context)))
        headLink(.rel("stylesheet"), .href(Layout.asset("/aset/gapura.css", context)))
      }
      if face == .console { headLink(.rel("stylesheet"), .href(Layout.asset("/aset/office.css", context))) }
      if face == .display { headLink(.rel("stylesheet"), .href(Layout.asset("/aset/display.css", context))) }
      headLink(.rel("icon"), .href(Layout.asset("/aset/gapura.svg", context)))
      headLink(.rel("manifest"), .href(Layout.asset("/aset/gapura.webmanifest", context)))
      script(src: Layout.asset("/aset/gapura.js", context), .defer())
      for each in Layout.Script.allCases where scripts.union(face.scripts).contains(each) {
        script(src: Layout.address(of: each, context), .defer())
      }
    }
  }
}
