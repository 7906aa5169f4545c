// Text, lists and links. Each function makes the element of its name; nil among the attributes is left out.

/// The element `p`: a paragraph.
public func p(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("p", attributes, holding: content()))
}
/// The element `a`: a link, where it has an `href`.
public func a(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("a", attributes, holding: content()))
}
/// The element `span`: words without a meaning of their own.
public func span(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("span", attributes, holding: content()))
}
/// The element `strong`: words of importance.
public func strong(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("strong", attributes, holding: content()))
}
/// The element `em`: words that are stressed.
public func em(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("em", attributes, holding: content()))
}
/// The element `small`: a remark in small print.
public func small(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("small", attributes, holding: content()))
}
/// The element `code`: a word of a computer's language.
public func code(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("code", attributes, holding: content()))
}
/// The element `kbd`: a key, or what is to be typed.
public func kbd(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("kbd", attributes, holding: content()))
}
/// The element `abbr`: an abbreviation; its `title` says it in full.
public func abbr(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("abbr", attributes, holding: content()))
}
/// The element `time`: a date or time of day, which `datetime` gives for programs.
public func time(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("time", attributes, holding: content()))
}
/// The element `mark`: words that are marked because they were looked for.
public func mark(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("mark", attributes, holding: content()))
}
/// The element `blockquote`: words of another text.
public func blockquote(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("blockquote", attributes, holding: content()))
}
/// The element `pre`: text whose spaces and lines stay as they are.
public func pre(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("pre", attributes, holding: content()))
}
/// The element `ul`: a list without an order.
public func ul(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("ul", attributes, holding: content()))
}
/// The element `ol`: a list whose order matters.
public func ol(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("ol", attributes, holding: content()))
}
/// The element `li`: an entry of a list.
public func li(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("li", attributes, holding: content()))
}
/// The element `dl`: names and what they stand for.
public func dl(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dl", attributes, holding: content()))
}
/// The element `dt`: a name of a `dl`.
public func dt(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dt", attributes, holding: content()))
}
/// The element `dd`: what a name of a `dl` stands for.
public func dd(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dd", attributes, holding: content()))
}
/// The element `details`: what opens when its `summary` is activated.
public func details(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("details", attributes, holding: content()))
}
/// The element `summary`: the words of a `details` that always show.
public func summary(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("summary", attributes, holding: content()))
}
/// The element `figure`: a picture, table or code with its caption.
public func figure(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("figure", attributes, holding: content()))
}
/// The element `figcaption`: the caption of a `figure`.
public func figcaption(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("figcaption", attributes, holding: content()))
}
/// The element `dialog`: a window within the page.
public func dialog(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("dialog", attributes, holding: content()))
}
/// The element `br`: the end of a line, as in an address.
public func br(_ attributes: Attribute?...) -> Node { .element(Element("br", attributes)) }
/// The element `hr`: a change of subject between paragraphs.
public func hr(_ attributes: Attribute?...) -> Node { .element(Element("hr", attributes)) }
/// The element `img`: a picture.
public func img(_ attributes: Attribute?...) -> Node { .element(Element("img", attributes)) }
/// A picture or a document of another kind that the browser shows in the page; what it holds is shown where the browser
/// cannot, or gets nothing.
public func object(
  data link: Link, mediaType: StaticString, _ attributes: Attribute?..., @NodeBuilder content: () -> Node
) -> Node {
  let source = [Attribute("data", link.description), Attribute("type", mediaType.description)]
  return .element(Element("object", source + attributes, holding: content()))
}
/// The element `meta`: something about the page, in its `head`.
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
