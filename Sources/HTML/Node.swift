/// A piece of a page: text, an element with what it holds, or several pieces side by side.
///
/// There is no case for markup: whatever a program knows only at run time is text or an
/// attribute's value, and both are escaped when the tree is rendered.
public enum Node: Sendable, Equatable {
  /// Text, escaped when it is rendered.
  case text(String)
  /// An element with what it holds.
  case element(Element)
  /// Pieces side by side, without an element around them.
  case fragment([Node])

  /// Nothing at all.
  public static let empty = Node.fragment([])

  /// Whether it renders to nothing.
  public var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .element: false
    case .fragment(let nodes): nodes.allSatisfy(\.isEmpty)
    }
  }

  /// The words a reader sees in it, in order; for names of links and buttons, and for tests.
  public var plainText: String {
    switch self {
    case .text(let text): text
    case .element(let element): element.children.map(\.plainText).joined()
    case .fragment(let nodes): nodes.map(\.plainText).joined()
    }
  }

  /// Calls `visit` for each element in document order, with the elements it stands in, outermost first.
  public func walk(_ visit: (_ element: Element, _ ancestors: [Element]) -> Void) {
    walk(inside: [], visit)
  }

  private func walk(inside ancestors: [Element], _ visit: (Element, [Element]) -> Void) {
    switch self {
    case .text: break
    case .fragment(let nodes): for node in nodes { node.walk(inside: ancestors, visit) }
    case .element(let element):
      visit(element, ancestors)
      for child in element.children { child.walk(inside: ancestors + [element], visit) }
    }
  }

  /// Whether an element for which `isWanted` holds stands in it.
  public func contains(where isWanted: (Element) -> Bool) -> Bool {
    switch self {
    case .text: false
    case .fragment(let nodes): nodes.contains { $0.contains(where: isWanted) }
    case .element(let element): isWanted(element) || element.children.contains { $0.contains(where: isWanted) }
    }
  }

  /// The elements for which `isWanted` holds, in document order.
  public func elements(where isWanted: (Element) -> Bool) -> [Element] {
    var found: [Element] = []
    collect(isWanted, into: &found)
    return found
  }

  /// Without the elements around each, which would be an array for each element of the page.
  private func collect(_ isWanted: (Element) -> Bool, into found: inout [Element]) {
    switch self {
    case .text: break
    case .fragment(let nodes): for node in nodes { node.collect(isWanted, into: &found) }
    case .element(let element):
      if isWanted(element) { found.append(element) }
      for child in element.children { child.collect(isWanted, into: &found) }
    }
  }

  /// The tree with each element as `change` makes it: in document order, what an element holds before the element.
  public func mapped(_ change: (Element) -> Element) -> Node {
    switch self {
    case .text: return self
    case .fragment(let nodes): return .fragment(nodes.map { $0.mapped(change) })
    case .element(var element):
      element.children = element.children.map { $0.mapped(change) }
      return .element(change(element))
    }
  }

  /// The tree with each element for which `change` gives another one in its place, in the order of `mapped`. What is left as it
  /// is, is not copied.
  public func replacing(_ change: (Element) -> Element?) -> Node { replaced(change) ?? self }

  /// - Returns: nil where nothing in it is replaced.
  private func replaced(_ change: (Element) -> Element?) -> Node? {
    switch self {
    case .text: return nil
    case .fragment(let nodes): return Self.replaced(nodes, change).map { .fragment($0) }
    case .element(var element):
      let children = Self.replaced(element.children, change)
      if let children { element.children = children }
      if let other = change(element) { return .element(other) }
      return children == nil ? nil : .element(element)
    }
  }

  private static func replaced(_ nodes: [Node], _ change: (Element) -> Element?) -> [Node]? {
    var replaced: [Node]?
    for (index, node) in nodes.enumerated() {
      guard let other = node.replaced(change) else { continue }
      if replaced == nil { replaced = nodes }
      replaced?[index] = other
    }
    return replaced
  }

  /// The tree with every address in it, wherever links, forms and pictures lead, as `change` makes it; nil leaves one as
  /// it is.
  ///
  /// - Parameter sent: makes what a form that asks for a page (GET) writes into the address for its reader: the values of
  ///   the field of that name. What the reader types is not known yet.
  public func readdressed(
    _ change: (String) -> Link?, sent: (_ field: String, _ value: String) -> String?
  ) -> Node {
    replacing { element in
      let readdressed = element.readdressed(change)
      guard element.name == "form", element[attribute: "method"] != "post" else { return readdressed }
      return (readdressed ?? element).resent(sent)
    }
  }

  /// The elements of one name, in document order.
  public func elements(_ name: String) -> [Element] { elements { $0.name == name } }
}

extension Node {
  /// An `input` whose attributes were put together beforehand.
  public static func input(_ attributes: [Attribute]) -> Node { .element(Element("input", attributes)) }

  /// A `textarea` whose attributes were put together beforehand.
  public static func textarea(_ attributes: [Attribute], text: String) -> Node {
    .element(Element("textarea", attributes, [.text(text)]))
  }
}
