/// One element of a page. It is made by the function of its name (`section { … }`), so no name and no
/// attribute name comes from run-time text.
public struct Element: Sendable, Equatable {
  /// Lower-case, as in the HTML standard (SVG names keep their capitals).
  public let name: String
  /// In the order in which they are rendered, each name once.
  public private(set) var attributes: [Attribute]
  /// What stands between its tags, in order; nothing in a void element.
  public var children: [Node]

  /// Several `class` attributes become one; of any other attribute the last one stands. One that is
  /// absent changes nothing.
  init(_ name: StaticString, _ attributes: [Attribute?], _ children: [Node] = []) {
    self.name = name.description
    self.attributes = []
    self.children = children
    for attribute in attributes { if let attribute { set(attribute) } }
  }

  /// An attribute's value: nil where it is absent, empty for a boolean attribute that is there.
  public subscript(attribute name: String) -> String? {
    attributes.first { $0.name == name }.map { $0.text ?? "" }
  }

  /// The names in its `class` attribute.
  public var classes: [String] { (self[attribute: "class"] ?? "").split(separator: " ").map(String.init) }

  /// This element with an attribute that replaces the one of its name; one that is absent takes it away.
  public func with(_ attribute: Attribute) -> Element {
    var element = self
    element.attributes.removeAll { $0.name == attribute.name }
    if attribute.value != .absent { element.attributes.append(attribute) }
    return element
  }

  /// This element with its addresses as `change` makes them, where nil leaves one as it is; nil where all are left.
  func readdressed(_ change: (String) -> Link?) -> Element? {
    var element: Element?
    for (index, attribute) in attributes.enumerated() {
      guard let changed = attribute.readdressed(change) else { continue }
      if element == nil { element = self }
      element?.attributes[index] = changed
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
    element.attributes = attributes.map { attribute in
      guard attribute.name == "value", let text = attribute.text, let value = change(text) else { return attribute }
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

  private mutating func set(_ attribute: Attribute) {
    let place = attributes.firstIndex { $0.name == attribute.name }
    switch (attribute.value, place) {
    case (.absent, _): break
    case (.text(let text), let place?) where attribute.name == "class":
      attributes[place] = Attribute("class", "\(attributes[place].text ?? "") \(text)")
    case (_, let place?): attributes[place] = attribute
    case (_, nil): attributes.append(attribute)
    }
  }

  /// Elements that hold nothing and have no end tag (HTML Living Standard, 13.1.2).
  static let voidNames: Set<String> = ["br", "hr", "img", "input", "link", "meta"]
}
