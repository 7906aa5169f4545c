/// A form on a page, with what it would send if its button were pressed now.
public struct PageForm: Sendable {
  public let action: String
  public let isPost: Bool
  /// Every field that counts: hidden, filled, checked, selected. Buttons do not.
  public internal(set) var fields: [(name: String, value: String)] = []

  /// A form that no page has shown.
  public init(to action: String, isPost: Bool = true) {
    self.action = action
    self.isPost = isPost
  }

  /// The value of a field.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// This form with fields filled in; a field that is not there is added, as a pressed button or a
  /// ticked box would be.
  public func filled(_ values: KeyValuePairs<String, String>) -> PageForm {
    var form = self
    for (name, value) in values {
      form.fields.removeAll { $0.name == name }
      form.fields.append((name, value))
    }
    return form
  }
}

extension PageForm {
  /// This form with one more value of a field that may be sent several times.
  public func adding(_ name: String, _ value: String) -> PageForm {
    var form = self
    form.fields.append((name, value))
    return form
  }

  /// This form without a field, as if it were not on the page.
  public func without(_ name: String) -> PageForm {
    var form = self
    form.fields.removeAll { $0.name == name }
    return form
  }

  /// Reads the fields among the tags of the form.
  mutating func read(_ tags: ArraySlice<Markup.Tag>) {
    var list: (name: String, value: String?)?
    for tag in tags {
      switch (tag.name, tag.isEnd) {
      case ("input", false):
        let attributes = tag.attributes
        if let name = attributes["name"], Self.counts(attributes) { fields.append((name, attributes["value"] ?? "")) }
      case ("textarea", false):
        // The parser drops the line feed that the renderer puts first.
        if let name = tag.attributes["name"] { fields.append((name, String(tag.text.drop { $0 == "\n" }))) }
      case ("select", false): list = tag.attributes["name"].map { ($0, nil) }
      case ("option", false):
        let attributes = tag.attributes
        // The first one counts where none is chosen, also an empty one that asks to choose.
        if attributes["selected"] != nil || list?.value == nil { list?.value = attributes["value"] ?? "" }
      case ("select", true):
        if let chosen = list { fields.append((chosen.name, chosen.value ?? "")) }
        list = nil
      default: break
      }
    }
  }

  private static func counts(_ attributes: [String: String]) -> Bool {
    switch attributes["type"] ?? "text" {
    case "radio", "checkbox": attributes["checked"] != nil
    case "submit", "button", "file", "image": false
    default: true
    }
  }
}
