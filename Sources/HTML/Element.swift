/// One element of a page. It is made by the function of its name (`section { … }`), so no name and no
/// attribute name comes from run-time text.
public struct Element: Sendable, Equatable {
  /// Lower-case, as in the HTML standard (SVG names keep their capitals).
  public let name: String
  /// In the order in which they are rendered, each name once.
  public var attributes: [Attribute] { given.compactMap { $0 }.filter { !$0.isAbsent } }
  /// The same in the array of the call that made the element, which most elements keep as it is: also with those that are
  /// nil or absent.
  private(set) var given: [Attribute?]
  /// What stands between its tags, in order; nothing in a void element.
  public var children: [Node]

  /// Several `class` attributes become one; of any other attribute the last one stands. One that is
  /// absent changes nothing.
  init(_ name: StaticString, _ attributes: [Attribute?], _ children: [Node] = []) {
    self.name = name.description
    self.children = children
    given = Self.areDistinct(attributes) ? attributes : Self.merged(attributes)
  }

  /// The same with what a block made: pieces side by side stand in the element themselves.
  init(_ name: StaticString, _ attributes: [Attribute?], holding content: Node) {
    if case .fragment(let nodes) = content {
      self.init(name, attributes, nodes)
    } else {
      self.init(name, attributes, [content])
    }
  }

  /// An attribute's value: nil where it is absent, empty for a boolean attribute that is there.
  public subscript(attribute name: String) -> String? {
    for case let attribute? in given where attribute.name == name && !attribute.isAbsent {
      return attribute.text ?? ""
    }
    return nil
  }

  /// Whether both are rendered alike, however their attributes were given.
  public static func == (left: Element, right: Element) -> Bool {
    left.name == right.name && left.attributes == right.attributes && left.children == right.children
  }

  /// The names in its `class` attribute.
  public var classes: [String] { (self[attribute: "class"] ?? "").split(separator: " ").map(String.init) }

  /// This element with an attribute that replaces the one of its name; one that is absent takes it away.
  public func with(_ attribute: Attribute) -> Element {
    var element = self
    element.given.removeAll { $0?.name == attribute.name }
    if !attribute.isAbsent { element.given.append(attribute) }
    return element
  }

  /// This element with its addresses as `change` makes them, where nil leaves one as it is; nil where all are left.
  func readdressed(_ change: (String) -> Link?) -> Element? {
    var element: Element?
    for index in given.indices {
      guard let changed = given[index]?.readdressed(change) else { continue }
      if element == nil { element = self }
      element?.given[index] = changed
    }
    return element
  }

  /// This form with the values of its lists and hidden fields as `change` makes them; nil leaves one as it is.
  func resent(_ change: (_ field: String, _ value: String) -> String?) -> Element {
    var form = self
    form.children = children.map { child in
      child.mapped { control in
        guard let field = control[attribute: "name"] else { return control }
        switch control.name {
        case "select": return control.revalued("option") { change(field, $0) }
        case "input" where ["hidden", "radio", "checkbox"].contains(control[attribute: "type"] ?? ""), "button":
          return control.revalued { change(field, $0) }
        default: return control
        }
      }
    }
    return form
  }

  private func revalued(_ change: (String) -> String?) -> Element {
    var element = self
    element.given = given.map { old -> Attribute? in
      guard let attribute = old, attribute.name == "value", let text = attribute.text, let value = change(text) else {
        return old
      }
      return Attribute("value", value)
    }
    return element
  }

  /// The same with the values of the elements of one name in it.
  private func revalued(_ name: String, _ change: (String) -> String?) -> Element {
    var element = self
    element.children = children.map { child in child.mapped { $0.name == name ? $0.revalued(change) : $0 } }
    return element
  }

  /// Whether no two of those that are there have one name.
  private static func areDistinct(_ attributes: [Attribute?]) -> Bool {
    for place in attributes.indices {
      guard let attribute = attributes[place], !attribute.isAbsent else { continue }
      for earlier in 0..<place {
        if let other = attributes[earlier], other.name == attribute.name, !other.isAbsent { return false }
      }
    }
    return true
  }

  private static func merged(_ attributes: [Attribute?]) -> [Attribute?] {
    var merged: [Attribute?] = []
    merged.reserveCapacity(attributes.count)
    for case let attribute? in attributes where !attribute.isAbsent {
      guard let place = merged.firstIndex(where: { $0?.name == attribute.name }) else {
        merged.append(attribute)
        continue
      }
      if attribute.name == "class", let text = attribute.text {
        merged[place] = Attribute("class", "\(merged[place]?.text ?? "") \(text)")
      } else {
        merged[place] = attribute
      }
    }
    return merged
  }

  /// Elements that hold nothing and have no end tag (HTML Living Standard, 13.1.2).
  static func isVoid(_ name: String) -> Bool {
    // By length first: every element of a page is asked.
    switch name.utf8.count {
    case 2: name == "br" || name == "hr"
    case 3: name == "img"
    case 4: name == "link" || name == "meta"
    case 5: name == "input"
    default: false
    }
  }
}
