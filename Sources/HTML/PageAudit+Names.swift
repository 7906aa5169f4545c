extension Outline {
  /// Every field has a label; radio buttons stand in a group with a legend.
  func fields() -> [String] {
    var findings: [String] = []
    let labelled = Set(all("label").compactMap { $0.element[attribute: "for"] })
    for entry in all("input", "select", "textarea") {
      let element = entry.element
      let type = element[attribute: "type"] ?? "text"
      if type == "hidden" || type == "submit" { continue }
      let hasLabel =
        element[attribute: "id"].map(labelled.contains) ?? false
        || entry.isInside("label") || isNamedByAria(element)
      if !hasLabel { findings.append("\(Self.name(element)) has no label") }
      if element[attribute: "name"] == nil { findings.append("\(Self.name(element)) has no name and is never sent") }
      if type == "radio", !entry.isInside("fieldset") { findings.append("\(Self.name(element)) stands in no fieldset") }
    }
    for entry in all("fieldset") {
      let legends = Node.element(entry.element).elements("legend")
      if legends.first.map({ $0.words.isEmpty }) ?? true {
        findings.append("\(Self.name(entry.element)) has no legend")
      }
    }
    return findings
  }

  /// Links, buttons, pictures, tables and repeated landmarks say what they are.
  func names() -> [String] {
    var findings: [String] = []
    for entry in all("a", "button", "summary") where entry.element.words.isEmpty && !isNamedByAria(entry.element) {
      findings.append("\(Self.name(entry.element)) has no words")
    }
    for entry in all("button") where entry.element[attribute: "type"] == nil {
      findings.append("\(Self.name(entry.element)) does not say its type")
    }
    for entry in all("img") where entry.element[attribute: "alt"] == nil {
      findings.append("\(Self.name(entry.element)) has no alt")
    }
    for entry in all("svg") where entry.element[attribute: "aria-hidden"] != "true" {
      let isPicture = entry.element[attribute: "role"] == "img"
      let isNamed = isNamedByAria(entry.element) || !Node.element(entry.element).elements("title").isEmpty
      if !isPicture || !isNamed { findings.append("\(Self.name(entry.element)) is neither hidden nor a named picture") }
    }
    for entry in all("table") where Node.element(entry.element).elements("caption").isEmpty {
      findings.append("\(Self.name(entry.element)) has no caption")
    }
    for entry in all("th") where entry.element[attribute: "scope"] == nil {
      findings.append("table heading \"\(entry.element.words)\" does not say its scope")
    }
    let navigations = all("nav")
    for entry in navigations where navigations.count > 1 && !isNamedByAria(entry.element) {
      findings.append("\(Self.name(entry.element)) is one of several and has no name")
    }
    return findings
  }

  private func isNamedByAria(_ element: Element) -> Bool {
    !(element[attribute: "aria-label"] ?? "").trimmed.isEmpty || element[attribute: "aria-labelledby"] != nil
  }
}
