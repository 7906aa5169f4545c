// Sections and headings. Each function makes the element of its name; nil among the attributes is left out.

/// The element `html`: the whole page; its `lang` is the page's language.
public func html(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("html", attributes, holding: content()))
}
/// The element `head`: what the browser must know of the page before it shows it.
public func head(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("head", attributes, holding: content()))
}
/// The element `body`: what is shown of the page.
public func body(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("body", attributes, holding: content()))
}
/// The element `title`: the page's name, in tabs and lists of bookmarks.
public func title(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("title", attributes, holding: content()))
}
/// The element `header`: what opens a page or a section.
public func header(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("header", attributes, holding: content()))
}
/// The element `footer`: what closes a page or a section.
public func footer(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("footer", attributes, holding: content()))
}
/// The element `nav`: links to other pages or places.
public func nav(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("nav", attributes, holding: content()))
}
/// The element `main`: what this page is about; there is one a page.
public func main(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("main", attributes, holding: content()))
}
/// The element `section`: a part with a heading.
public func section(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("section", attributes, holding: content()))
}
/// The element `article`: a part that can stand alone, such as one message of several.
public func article(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("article", attributes, holding: content()))
}
/// The element `aside`: a part beside the matter.
public func aside(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("aside", attributes, holding: content()))
}
/// The element `div`: a group without a meaning of its own.
public func div(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("div", attributes, holding: content()))
}
/// The element `h1`: the page's heading; there is one a page.
public func h1(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("h1", attributes, holding: content()))
}
/// The element `h2`: a heading within the page.
public func h2(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("h2", attributes, holding: content()))
}
/// The element `h3`: a heading under an `h2`.
public func h3(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("h3", attributes, holding: content()))
}
/// The element `h4`: a heading under an `h3`.
public func h4(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("h4", attributes, holding: content()))
}
/// The element `hgroup`: a heading and the lines that belong to it.
public func hgroup(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("hgroup", attributes, holding: content()))
}
/// The element `search`: a part with which something is looked for.
public func search(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("search", attributes, holding: content()))
}
/// What is there only where scripts do not run.
public func noscript(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("noscript", attributes, holding: content()))
}
