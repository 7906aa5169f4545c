/// Finds what a page gets wrong for people who cannot see it, or do not use a mouse, by walking its
/// tree: the machine-checkable part of WCAG 2.2 (1.1.1, 1.3.1, 2.4.1, 2.4.2, 2.4.6, 3.1.1, 3.3.2, 4.1.2).
public enum PageAudit {
  /// One sentence for each fault, in English, for the developer; empty for a good page.
  ///
  /// What belongs to a whole document (language, title, one `h1`, one `main`) is checked where the
  /// tree starts with `html`.
  public static func findings(in page: Node) -> [String] {
    let outline = Outline(page)
    var findings = outline.identities() + outline.headings() + outline.fields() + outline.names() + outline.nesting()
    if outline.isDocument { findings += outline.document() }
    return findings
  }
}

/// The page's elements in document order with what they stand in.
struct Outline {
  /// An element and what it stands in, the outermost first.
  struct Entry {
    let element: Element
    let ancestors: [Element]

    func isInside(_ name: String) -> Bool { ancestors.contains { $0.name == name } }
  }

  let entries: [Entry]
  let ids: Set<String>

  init(_ page: Node) {
    var entries: [Entry] = []
    page.walk { entries.append(Entry(element: $0, ancestors: $1)) }
    self.entries = entries
    ids = Set(entries.compactMap { $0.element[attribute: "id"] })
  }

  var isDocument: Bool { entries.first?.element.name == "html" }

  func all(_ names: String...) -> [Entry] { entries.filter { names.contains($0.element.name) } }

  /// How a finding names an element: `<input name="nik">`.
  static func name(_ element: Element) -> String {
    for key in ["id", "name", "href", "class"] {
      if let value = element[attribute: key] { return "<\(element.name) \(key)=\"\(value)\">" }
    }
    return "<\(element.name)>"
  }
}
