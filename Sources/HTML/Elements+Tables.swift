// Tables. Each function makes the element of its name; nil among the attributes is left out.

/// The element `table`: data in rows and columns.
public func table(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("table", attributes, holding: content()))
}
/// The element `caption`: the name of a table.
public func caption(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("caption", attributes, holding: content()))
}
/// The element `thead`: the rows with the headings of columns.
public func thead(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("thead", attributes, holding: content()))
}
/// The element `tbody`: the rows with data.
public func tbody(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tbody", attributes, holding: content()))
}
/// The element `tfoot`: the rows with sums.
public func tfoot(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tfoot", attributes, holding: content()))
}
/// The element `tr`: a row.
public func tr(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("tr", attributes, holding: content()))
}
/// The element `th`: a cell that is a heading; `scope` says of which cells.
public func th(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("th", attributes, holding: content()))
}
/// The element `td`: a cell with data.
public func td(_ attributes: Attribute?..., @NodeBuilder content: () -> Node = { .empty }) -> Node {
  .element(Element("td", attributes, holding: content()))
}
