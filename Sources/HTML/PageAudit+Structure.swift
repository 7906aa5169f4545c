extension Outline {
  /// The document speaks a language, has a title, one first-level heading and one main part.
  func document() -> [String] {
    var findings: [String] = []
    if (entries.first?.element[attribute: "lang"] ?? "").isEmpty { findings.append("<html> does not say its lang") }
    let titles = all("title").filter { $0.isInside("head") }
    if titles.count != 1 || titles[0].element.words.isEmpty { findings.append("the page needs exactly one title") }
    let firsts = all("h1").count
    if firsts != 1 { findings.append("the page has \(firsts) h1, and needs one") }
    let mains = all("main").count
    if mains != 1 { findings.append("the page has \(mains) main, and needs one") }
    var loaded: Set<String> = []
    for script in all("script").compactMap({ $0.element[attribute: "src"] }) where !loaded.insert(script).inserted {
      findings.append("the script \(script) runs twice")
    }
    return findings
  }

  /// Heading levels do not skip, and no heading is empty.
  func headings() -> [String] {
    var findings: [String] = []
    var previous = 0
    for entry in all("h1", "h2", "h3", "h4") {
      let level = Int(entry.element.name.dropFirst()) ?? 1
      let text = entry.element.words
      if text.isEmpty { findings.append("an h\(level) is empty") }
      if previous > 0, level > previous + 1 {
        findings.append("heading \"\(text)\" skips from h\(previous) to h\(level)")
      }
      previous = level
    }
    return findings
  }

  /// Ids are unique and without spaces; whatever refers to an id finds it.
  func identities() -> [String] {
    var findings: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      let element = entry.element
      if let id = element[attribute: "id"] {
        if id.isEmpty || id.contains(" ") { findings.append("id \"\(id)\" is empty or holds a space") }
        if !seen.insert(id).inserted { findings.append("id \"\(id)\" is used more than once") }
      }
      for key in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "form"] {
        for id in (element[attribute: key] ?? "").split(separator: " ") where !ids.contains(String(id)) {
          findings.append("\(Self.name(element)): \(key) names \"\(id)\", which is not on the page")
        }
      }
      if let link = element[attribute: "href"], link.hasPrefix("#"), !ids.contains(String(link.dropFirst())) {
        findings.append("the link \(link) leads nowhere on the page")
      }
    }
    return findings
  }

  /// Nothing stands where a parser would move it, and no control inside another.
  func nesting() -> [String] {
    var findings: [String] = []
    let block: Set<String> = [
      "p", "div", "ul", "ol", "dl", "table", "form", "section", "fieldset", "h1", "h2", "h3", "h4", "details", "pre",
      "article", "aside", "nav", "header", "footer", "main", "blockquote", "figure", "hr",
    ]
    for entry in entries {
      let element = entry.element
      if block.contains(element.name), entry.isInside("p") {
        findings.append("\(Self.name(element)) stands inside a p")
      }
      if ["a", "button", "form"].contains(element.name), entry.isInside(element.name) {
        findings.append("\(Self.name(element)) stands inside another \(element.name)")
      }
      let parent = entry.ancestors.last?.name ?? ""
      if ["ul", "ol"].contains(parent), element.name != "li" {
        findings.append("\(Self.name(element)) stands directly in a list, without li")
      }
      if ["tr"].contains(parent), !["th", "td"].contains(element.name) {
        findings.append("\(Self.name(element)) stands directly in a table's row")
      }
    }
    return findings
  }
}

extension Element {
  /// Its text without white space around it.
  var words: String { children.map(\.plainText).joined().trimmed }
}

extension String {
  var trimmed: String {
    let front = drop { $0.isWhitespace }
    return String(front.reversed().drop { $0.isWhitespace }.reversed())
  }
}
