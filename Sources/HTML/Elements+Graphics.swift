// Inline SVG. Each function makes the element of its name; nil among the attributes is left out.

public func svg(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("svg", attributes, [content()]))
}
public func g(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("g", attributes, [content()]))
}
public func path(_ attributes: Attribute?...) -> Node { .element(Element("path", attributes)) }
public func rect(_ attributes: Attribute?...) -> Node { .element(Element("rect", attributes)) }
public func circle(_ attributes: Attribute?...) -> Node { .element(Element("circle", attributes)) }
