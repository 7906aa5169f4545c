// Forms and their fields. Each function makes the element of its name; nil among the attributes is left out.

/// The element `form`: fields that are sent together.
public func form(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("form", attributes, holding: content()))
}
/// The element `fieldset`: fields that answer one question together, under a `legend`.
public func fieldset(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("fieldset", attributes, holding: content()))
}
/// The element `legend`: the question of a `fieldset`.
public func legend(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("legend", attributes, holding: content()))
}
/// The element `label`: the words of the field that its `for` names.
public func label(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("label", attributes, holding: content()))
}
/// The element `button`; it sends its form unless `.button(.button)` says otherwise.
public func button(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("button", attributes, holding: content()))
}
/// The element `select`: a choice among options.
public func select(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("select", attributes, holding: content()))
}
/// The element `optgroup`: options of a `select` under one name.
public func optgroup(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("optgroup", attributes, holding: content()))
}
/// The element `option`: one choice of a `select` or of a `datalist`.
public func option(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("option", attributes, holding: content()))
}
/// The element `textarea`: a text of several lines.
public func textarea(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("textarea", attributes, holding: content()))
}
/// The element `output`: what was worked out from other fields.
public func output(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("output", attributes, holding: content()))
}
/// The element `progress`: how much of something is done.
public func progress(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("progress", attributes, holding: content()))
}
/// The element `datalist`: suggestions for a field.
public func datalist(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("datalist", attributes, holding: content()))
}
/// The element `input`: a field of one line, a box, a radio button or a file.
public func input(_ attributes: Attribute?...) -> Node { .element(Element("input", attributes)) }
