// Forms and their fields. Each function makes the element of its name; nil among the attributes is left out.

public func form(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("form", attributes, [content()]))
}
public func fieldset(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("fieldset", attributes, [content()]))
}
public func legend(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("legend", attributes, [content()]))
}
public func label(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("label", attributes, [content()]))
}
public func button(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("button", attributes, [content()]))
}
public func select(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("select", attributes, [content()]))
}
public func optgroup(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("optgroup", attributes, [content()]))
}
public func option(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("option", attributes, [content()]))
}
public func textarea(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("textarea", attributes, [content()]))
}
public func output(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("output", attributes, [content()]))
}
public func progress(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("progress", attributes, [content()]))
}
public func datalist(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("datalist", attributes, [content()]))
}
public func input(_ attributes: Attribute?...) -> Node { .element(Element("input", attributes)) }
