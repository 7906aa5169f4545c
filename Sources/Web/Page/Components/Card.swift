internal import Core
public import HTML

/// A piece of a page in a frame of its own, with a heading where it has a title.
///
/// Use it for what belongs together on a page with several such pieces; not around a whole page or a single sentence.
///
/// - Parameter level: the heading's level, 2 or 3, as it follows from what stands above.
public func card(title: String? = nil, level: Int = 2, class name: String? = nil, @NodeBuilder _ content: () -> Node)
  -> Node
{
  section(.class("card"), .class(name)) {
    if let title { heading(title, level: level) }
    content()
  }
}

/// A heading of level 2 or 3.
func heading(_ text: String, level: Int) -> Node {
  level == 3 ? h3 { text } : h2 { text }
}

/// The beginning of a page: its `h1`, a sentence that leads in, and what stands above and below it.
///
/// Use it once, as the first thing of a page; not within a `card`, and not on the home page, which has its `hero`.
///
/// - Parameter eyebrow: a few words above the heading that say where the reader is.
public func pageHeading(
  _ title: String, lead: String? = nil, eyebrow: String? = nil, @NodeBuilder _ more: () -> Node = { .empty }
) -> Node {
  hgroup(.class("page-heading")) {
    if let eyebrow { p(.class("eyebrow")) { eyebrow } }
    h1 { title }
    if let lead { p(.class("lead")) { lead } }
    more()
  }
}

/// The top of the portal's home page: greeting, one sentence, and the first thing to do.
///
/// Use it on the portal's home page; not elsewhere, where it would push the matter below the first screen.
public func hero(_ title: String, lead: String, @NodeBuilder _ actions: () -> Node) -> Node {
  div(.class("hero")) {
    div(.class("hero-words")) {
      h1 { title }
      p(.class("lead")) { lead }
      div(.class("actions")) { actions() }
    }
    Motif.gate(class: "hero-gate")
  }
}

/// Menu entries as large cards with icon, name and hint; the whole card is the link.
///
/// Use it to lead to whole areas of the portal; not for the things of one area, which are `linkCard`s.
public func entryCards(_ entries: [NavigationEntry], _ context: PageContext) -> Node {
  ul(.class("entries")) {
    for entry in entries {
      li {
        a(.href(entry.link), .class("entry")) {
          span(.class("entry-icon")) { (entry.icon ?? .gate).node }
          span(.class("entry-words")) {
            strong { context.words(entry.label) }
            if let hint = entry.hint { span { context.words(hint) } }
          }
          Icon.arrow.node
        }
      }
    }
  }
}

/// A link as a card: name, one line more, and small facts.
///
/// Use it for one of several things to choose from, each with a page of its own; not for an action, which is a button.
///
/// - Parameter warning: what hinders it just now; nil for nothing.
public func linkCard(
  _ title: String, to link: Link, icon: Icon? = nil, text: String? = nil, warning: String? = nil, facts: [String] = []
) -> Node {
  a(.href(link), .class("entry")) {
    if let icon { span(.class("entry-icon")) { icon.node } }
    span(.class("entry-words")) {
      strong { title }
      if let text { span { text } }
      if let warning { span(.class("tag warning")) { warning } }
    }
    Icon.arrow.node
    if !facts.isEmpty { span(.class("facts")) { for fact in facts { span { fact } } } }
  }
}

/// Link cards in a grid.
///
/// Use it for up to some twenty `linkCard`s; not for data to compare, which is a `dataTable`.
public func cardGrid(_ cards: [Node]) -> Node {
  ul(.class("entries")) { for card in cards { li { card } } }
}

/// The work and what stands beside it; below each other on a narrow screen.
///
/// Use it where work and reference are needed at once; not for a text or a form, which are read from top to bottom.
///
/// - Parameter isEven: both sides as wide as each other, instead of a narrow one on the right.
public func columns(isEven: Bool = false, @NodeBuilder _ main: () -> Node, @NodeBuilder aside: () -> Node) -> Node {
  let sides = (main(), aside())
  return div(.class(isEven ? "columns wide-side" : "columns")) {
    div { sides.0 }
    div { sides.1 }
  }
}
