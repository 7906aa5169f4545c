// Inline SVG. Each function makes the element of its name; nil among the attributes is left out.

/// The element `svg`: a drawing in the page.
public func svg(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("svg", attributes, holding: content()))
}
/// The element `g`: parts of a drawing that belong together.
public func g(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("g", attributes, holding: content()))
}
/// The element `path`: an outline.
public func path(_ attributes: Attribute?...) -> Node { .element(Element("path", attributes)) }
/// The element `rect`: a rectangle.
public func rect(_ attributes: Attribute?...) -> Node { .element(Element("rect", attributes)) }
/// The element `circle`.
public func circle(_ attributes: Attribute?...) -> Node { .element(Element("circle", attributes)) }
/// The name of a drawing, for those who cannot see it; the drawing points to it with `aria-labelledby`.
public func drawingTitle(_ attributes: Attribute?..., @NodeBuilder content: () -> Node) -> Node {
  .element(Element("title", attributes, holding: content()))
}
/// What a drawing shows, in a sentence.
public func drawingDescription(_ attributes: Attribute?..., @NodeBuilder content: () -> Node) -> Node {
  .element(Element("desc", attributes, holding: content()))
}
/// Words inside a drawing.
public func drawnText(_ attributes: Attribute?..., @NodeBuilder content: () -> Node) -> Node {
  .element(Element("text", attributes, holding: content()))
}
