extension Answer {
  /// The form that the page is about, as its first button sends it: the first of class `form` in the main part.
  public var mainForm: PageForm? {
    let page = Markup(body)
    guard
      let start = page.main.indices.first(where: {
        page.tags[$0].name == "form" && !page.tags[$0].isEnd && page.tags[$0].has("form")
      })
    else { return nil }
    let place = page.tags[..<start].filter { $0.name == "form" && !$0.isEnd }.count
    let form = page.forms[place]
    let button = page.inside(start).first { $0.name == "button" && $0.attributes["type"] == "submit" }?.attributes
    guard let button, let name = button["name"] else { return form }
    return form.adding(name, button["value"] ?? "")
  }

  /// The name of the first field in the main part that takes a file.
  public var fileField: String? { Markup(body).main.first { $0.attributes["type"] == "file" }?.attributes["name"] }

  /// Whether the page has one of the elements that the CSS selectors name. Of each selector the last part is looked at, a
  /// tag's name, a class, an id or an attribute, and whether it begins with `main`.
  public func has(_ selectors: String) -> Bool {
    let page = Markup(body)
    return selectors.split(separator: ",").contains { selector in
      let parts = selector.split(separator: " ")
      guard let last = parts.last else { return false }
      let scope = parts.count > 1 && parts[0] == "main" ? page.main : page.tags[...]
      return scope.contains { !$0.isEnd && $0.fits(last) }
    }
  }
}

extension Markup {
  /// What stands in the main part.
  fileprivate var main: ArraySlice<Tag> {
    tags.firstIndex { $0.name == "main" && !$0.isEnd }.map(inside) ?? []
  }
}

extension Markup.Tag {
  /// Whether it is what one part of a CSS selector names: `form`, `form.form`, `#f-nama`, `details[open]`.
  fileprivate func fits(_ selector: Substring) -> Bool {
    let wanted = selector.prefix { $0.isLetter || $0.isNumber }
    guard wanted.isEmpty || wanted == name[...] else { return false }
    let rest = selector.dropFirst(wanted.count)
    let word = rest.dropFirst().prefix { !".#[]=".contains($0) }
    return switch rest.first {
    case nil: true
    case ".": has(String(word))
    case "#": attributes["id"] == String(word)
    default: attributes[String(word)] != nil
    }
  }
}
