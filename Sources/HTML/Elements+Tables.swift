// Tables. Each function makes the element of its name; nil among the attributes is left out.

public func table(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("table", attributes, [content()]))
}
public func caption(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("caption", attributes, [content()]))
}
public func thead(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("thead", attributes, [content()]))
}
public func tbody(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tbody", attributes, [content()]))
}
public func tfoot(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tfoot", attributes, [content()]))
}
public func tr(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tr", attributes, [content()]))
}
public func th(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("th", attributes, [content()]))
}
public func td(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("td", attributes, [content()]))
}
