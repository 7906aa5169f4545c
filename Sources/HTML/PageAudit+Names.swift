extension Outline {
  /// Every field has a label; radio buttons stand in a group with a legend.
  func fields() -> [String] {
    var findings: [String] = []
    let labelled = Set(all("label").compactMap { $0.element[attribute: "for"] })
    for place in all("input", "select", "textarea") {
      let element = place.element
      let type = element[attribute: "type"] ?? "text"
      if type == "hidden" || type == "submit" { continue }
      let hasLabel =
        element[attribute: "id"].map(labelled.contains) ?? false
        || place.isInside("label") || isNamedByAria(element)
      if !hasLabel { findings.append("\(Self.name(element)) has no label") }
      if element[attribute: "name"] == nil { findings.append("\(Self.name(element)) has no name and is never sent") }
      if type == "radio", !place.isInside("fieldset") { findings.append("\(Self.name(element)) stands in no fieldset") }
    }
    for place in all("fieldset") {
      let legends = Node.element(place.element).elements("legend")
      if legends.first.map({ $0.words.isEmpty }) ?? true {
        findings.append("\(Self.name(place.element)) has no legend")
      }
    }
    return findings
  }

  /// Links, buttons, pictures, tables and repeated landmarks say what they are.
  func names() -> [String] {
    var findings: [String] = []
    for place in all("a", "button", "summary") where place.element.words.isEmpty && !isNamedByAria(place.element) {
      findings.append("\(Self.name(place.element)) has no words")
    }
    for place in all("button") where place.element[attribute: "type"] == nil {
      findings.append("\(Self.name(place.element)) does not say its type")
    }
    for place in all("img") where place.element[attribute: "alt"] == nil {
      findings.append("\(Self.name(place.element)) has no alt")
    }
    for place in all("svg") where place.element[attribute: "aria-hidden"] != "true" {
      let isPicture = place.element[attribute: "role"] == "img"
      let isNamed = isNamedByAria(place.element) || !Node.element(place.element).elements("title").isEmpty
      if !isPicture || !isNamed { findings.append("\(Self.name(place.element)) is neither hidden nor a named picture") }
    }
    for place in all("table") where Node.element(place.element).elements("caption").isEmpty {
      findings.append("\(Self.name(place.element)) has no caption")
    }
    for place in all("th") where place.element[attribute: "scope"] == nil {
      findings.append("table heading \"\(place.element.words)\" does not say its scope")
    }
    let navigations = all("nav")
    for place in navigations where navigations.count > 1 && !isNamedByAria(place.element) {
      findings.append("\(Self.name(place.element)) is one of several and has no name")
    }
    return findings
  }

  private func isNamedByAria(_ element: Element) -> Bool {
    !(element[attribute: "aria-label"] ?? "").trimmed.isEmpty || element[attribute: "aria-labelledby"] != nil
  }
}
