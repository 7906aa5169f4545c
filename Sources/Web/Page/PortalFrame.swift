internal import Core
internal import HTML

/// The frame of a public page. Help stands at the same place on all of them: after the content and
/// before the footer (WCAG 3.2.6).
struct PortalFrame {
  let context: PageContext
  let hasMenu: Bool
  let form: PageForms.Form?

  private var words: Words { context.words }

  @NodeBuilder func around(_ content: Node) -> Node {
    skipLink(words)
    header(.class("top")) {
      div(.class("wrap top-row")) {
        Brand(context: context).link
        div(.class("tools")) {
          Switches(context: context, form: form).node
          if hasMenu, !context.portalEntries.isEmpty { menuOpener(words) }
        }
      }
      if hasMenu { menu }
      Motif.band
    }
    main(.id(Layout.mainID), .class("wrap"), .tabindex(-1)) { content }
    help
    foot(isLong: !content.contains { $0[attribute: "data-live"] != nil })
  }

  @NodeBuilder private var menu: Node {
    if !context.portalEntries.isEmpty {
      let here = context.section(among: context.portalEntries)?.link
      nav(.id("menu"), .class("menu"), .aria("label", words("layout.menu.label"))) {
        ul(.class("wrap")) {
          for entry in context.portalEntries {
            li { MenuLink(entry: entry, context: context, isHere: entry.link == here).node }
          }
          li(.class("menu-close")) { a(.href(.fragment(Layout.mainID))) { words("layout.menu.close") } }
        }
      }
    }
  }

  private var help: Node {
    section(.class("help"), .aria("labelledby", "bantuan")) {
      div(.class("wrap")) {
        h2(.id("bantuan")) { words("layout.help.title") }
        ul {
          if let number = context.officeTelephone {
            li {
              a(.href(.telephone(number))) {
                Icon.telephone.node
                span {
                  words("layout.help.telephone") + " "
                  strong(.untranslated) { number }
                }
              }
            }
          }
          li {
            a(.href(.telephone("1708"))) {
              Icon.message.node
              span {
                words("layout.help.lapor") + " "
                strong(.untranslated) { "1708" }
              }
            }
          }
          if context.leads(to: "/bantuan-akses") {
            li {
              a(.href("/bantuan-akses")) {
                Icon.access.node
                span { words("layout.help.access") }
              }
            }
          }
        }
      }
    }
  }

  /// Pages about the portal itself.
  @NodeBuilder private var guides: Node {
    let entries = context.footEntries
    if !entries.isEmpty {
      nav(.class("guides"), .aria("label", words("layout.guides"))) {
        ul { for entry in entries { li { a(.href(entry.link)) { words(entry.label) } } } }
      }
    }
  }

  /// - Parameter isLong: not on a page that follows the hall: it is held in the hand there and must come over a weak
  ///   line (20 kB with all that it loads); every other page says where the office is.
  private func foot(isLong: Bool) -> Node {
    footer(.class("foot")) {
      Motif.gate(class: "foot-gate")
      div(.class("wrap")) {
        p(.class("honest")) {
          Icon.lock.node
          strong { words("layout.honest") }
        }
        p { words("layout.footer") }
        p(.class("muted")) { words(context.officeName) }
        if isLong {
          OfficeFacts(context: context).foot
          guides
        }
      }
    }
  }
}

/// The first link of a page: past the menus to its content (WCAG 2.4.1).
func skipLink(_ words: Words) -> Node {
  a(.href(.fragment(Layout.mainID)), .class("skip")) { words("layout.skip") }
}

/// On a narrow screen the menu is folded away; this leads to it.
func menuOpener(_ words: Words) -> Node {
  a(.href(.fragment("menu")), .class("menu-open")) {
    Icon.list.node
    words("layout.menu")
  }
}
