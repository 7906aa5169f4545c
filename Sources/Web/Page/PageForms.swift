internal import HTML

/// The forms of a page in which people write or choose something, each with an id and a key by which it is found again.
struct PageForms {
  /// One of them.
  struct Form {
    let id: String
    /// Its action, and which one of those with this action it is: the same when the page is made again.
    let key: String
    let isPost: Bool
    let element: Element
    /// How many of its fields a person fills in.
    let fieldCount: Int
  }

  /// The page's content with the ids in it.
  let content: Node
  let forms: [Form]

  init(_ content: Node) {
    var forms: [Form] = []
    var seen: [String: Int] = [:]
    self.content = content.replacing { element in
      guard element.name == "form", let action = element[attribute: "action"] else { return nil }
      seen[action, default: 0] += 1
      let fieldCount = Self.fieldCount(element)
      guard fieldCount > 0 else { return nil }
      let id = element[attribute: "id"] ?? (forms.isEmpty ? "formulir" : "formulir-\(forms.count + 1)")
      let named = element.with(.id(id))
      forms.append(
        Form(
          id: id, key: Self.key(action, seen[action] ?? 1), isPost: element[attribute: "method"] == "post",
          element: named, fieldCount: fieldCount))
      return named
    }
    self.forms = forms
  }

  /// The form that the switches in the page's head send along: the one with the most fields, the first of equals.
  var main: Form? { forms.reduce(nil) { best, form in form.fieldCount > best?.fieldCount ?? 0 ? form : best } }

  /// The content, each further form that is sent with switches of its own: those in the page's head belong to one.
  func content(with context: PageContext) -> Node {
    let further = Dictionary(
      uniqueKeysWithValues: forms.filter { $0.isPost && $0.id != main?.id }.map { ($0.id, $0) })
    guard !further.isEmpty else { return content }
    return content.replacing { element in
      guard element.name == "form", let form = element[attribute: "id"].flatMap({ further[$0] }) else { return nil }
      var element = element
      element.children.append(Switches.row(of: form, context))
      return element
    }
  }

  static func key(_ action: String, _ place: Int) -> String { "\(place) \(action)" }

  /// A file cannot be put back by any page, so a form of files alone has nothing to keep.
  private static func fieldCount(_ form: Element) -> Int {
    form.fields.count { field in
      switch field[attribute: "type"] ?? "text" {
      case "hidden", "submit", "button", "file": false
      default: true
      }
    }
  }
}

extension Element {
  /// The inputs, lists and text areas in it, in document order.
  var fields: [Element] { Node.element(self).elements { ["input", "select", "textarea"].contains($0.name) } }
}
