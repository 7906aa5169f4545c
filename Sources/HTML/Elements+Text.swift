// Text, lists and links. Each function makes the element of its name; nil among the attributes is left out.

public func p(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("p", attributes, [content()]))
}
public func a(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("a", attributes, [content()]))
}
public func span(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("span", attributes, [content()]))
}
public func strong(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("strong", attributes, [content()]))
}
public func em(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("em", attributes, [content()]))
}
public func small(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("small", attributes, [content()]))
}
public func code(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("code", attributes, [content()]))
}
public func kbd(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("kbd", attributes, [content()]))
}
public func abbr(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("abbr", attributes, [content()]))
}
public func time(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("time", attributes, [content()]))
}
public func mark(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("mark", attributes, [content()]))
}
public func blockquote(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("blockquote", attributes, [content()]))
}
public func pre(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("pre", attributes, [content()]))
}
public func ul(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("ul", attributes, [content()]))
}
public func ol(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("ol", attributes, [content()]))
}
public func li(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("li", attributes, [content()]))
}
public func dl(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dl", attributes, [content()]))
}
public func dt(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dt", attributes, [content()]))
}
public func dd(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dd", attributes, [content()]))
}
public func details(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("details", attributes, [content()]))
}
public func summary(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("summary", attributes, [content()]))
}
public func figure(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("figure", attributes, [content()]))
}
public func figcaption(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("figcaption", attributes, [content()]))
}
public func dialog(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dialog", attributes, [content()]))
}
public func br(_ attributes: Attribute?...) -> Node { .element(Element("br", attributes)) }
public func hr(_ attributes: Attribute?...) -> Node { .element(Element("hr", attributes)) }
public func img(_ attributes: Attribute?...) -> Node { .element(Element("img", attributes)) }
/// A picture or a document of another kind that the browser shows in the page; what it holds is shown where the browser
/// cannot, or gets nothing.
public func object(
  data link: Link, mediaType: StaticString, _ attributes: Attribute?..., @NodeBuilder content: () -> Node
) -> Node {
  let source = [Attribute("data", link.description), Attribute("type", mediaType.description)]
  return .element(Element("object", source + attributes, [content()]))
}
public func meta(_ attributes: Attribute?...) -> Node { .element(Element("meta", attributes)) }

/// A stylesheet, icon or manifest in the `head`: the element `link`.
public func headLink(_ attributes: Attribute?...) -> Node { .element(Element("link", attributes)) }

/// Style rules that stand in a page itself, written as they are.
public struct InlineStyle: Sendable, Equatable {
  let text: String

  /// Nil for what could end the element that holds it: rules need no `<`.
  public init?(_ text: String) {
    guard !text.contains("<") else { return nil }
    self.text = text
  }
}

/// Rules in the page, which the content security policy lets through by `nonce`, a number for this answer alone.
public func style(_ rules: InlineStyle, nonce: String) -> Node {
  .element(Element("style", [Attribute("nonce", nonce)], [.text(rules.text)]))
}

/// A script file; there are no inline scripts, so this element never holds anything.
public func script(src link: Link, _ attributes: Attribute?...) -> Node {
  .element(Element("script", [.src(link)] + attributes))
}
