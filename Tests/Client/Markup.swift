/// Reads what `HTMLRenderer` writes: quoted attributes, matching tags. No parser for the world's HTML.
struct Markup {
  private struct Tag {
    let name: String
    let isEnd: Bool
    let attributes: [String: String]
    /// The text between this tag and the next.
    let text: String
  }

  private let tags: [Tag]

  init(_ text: String) {
    tags = text.split(separator: "<").compactMap { piece in
      guard let end = Self.end(of: piece) else { return nil }
      return Self.tag(piece[..<end], text: String(piece[piece.index(after: end)...]))
    }
  }

  var links: [String] { tags.filter { $0.name == "a" && !$0.isEnd }.compactMap { $0.attributes["href"] } }

  func text(of name: String) -> String? {
    guard let start = tags.firstIndex(where: { $0.name == name && !$0.isEnd }) else { return nil }
    let inside = tags[start...].prefix { !($0.name == name && $0.isEnd) }
    return Self.unescaped(inside.map(\.text).joined())
  }

  var forms: [PageForm] {
    var forms: [PageForm] = []
    var current: PageForm?
    var list: (name: String, value: String)?
    for tag in tags {
      switch (tag.name, tag.isEnd) {
      case ("form", false):
        current = PageForm(to: tag.attributes["action"] ?? "", isPost: tag.attributes["method"] == "post")
      case ("form", true):
        if let form = current { forms.append(form) }
        current = nil
      case ("input", false):
        if let name = tag.attributes["name"], Self.counts(tag) {
          current?.fields.append((name, tag.attributes["value"] ?? ""))
        }
      case ("textarea", false):
        if let name = tag.attributes["name"] {
          // The parser drops the line feed that the renderer puts first.
          current?.fields.append((name, Self.unescaped(String(tag.text.drop { $0 == "\n" }))))
        }
      case ("select", false): list = tag.attributes["name"].map { ($0, "") }
      case ("option", false):
        if tag.attributes["selected"] != nil || list?.value == "" { list?.value = tag.attributes["value"] ?? "" }
      case ("select", true):
        if let chosen = list { current?.fields.append(chosen) }
        list = nil
      default: break
      }
    }
    return forms
  }

  private static func counts(_ tag: Tag) -> Bool {
    switch tag.attributes["type"] ?? "text" {
    case "radio", "checkbox": tag.attributes["checked"] != nil
    case "submit", "button", "file", "image": false
    default: true
    }
  }

  private static func end(of piece: Substring) -> Substring.Index? {
    var isQuoted = false
    for place in piece.indices {
      if piece[place] == "\"" { isQuoted.toggle() }
      if piece[place] == ">", !isQuoted { return place }
    }
    return nil
  }

  private static func tag(_ inside: Substring, text: String) -> Tag {
    let name = inside.prefix { !$0.isWhitespace }
    var attributes: [String: String] = [:]
    var rest = inside.dropFirst(name.count)
    while case let trimmed = rest.drop(while: \.isWhitespace), !trimmed.isEmpty {
      let attribute = trimmed.prefix { $0 != "=" && !$0.isWhitespace }
      rest = trimmed.dropFirst(attribute.count)
      if rest.hasPrefix("=\"") {
        let value = rest.dropFirst(2).prefix { $0 != "\"" }
        attributes[String(attribute)] = unescaped(String(value))
        rest = rest.dropFirst(3 + value.count)
      } else {
        attributes[String(attribute)] = ""
        if attribute.isEmpty { rest = rest.dropFirst() }
      }
    }
    let isEnd = name.hasPrefix("/")
    return Tag(name: String(isEnd ? name.dropFirst() : name), isEnd: isEnd, attributes: attributes, text: text)
  }

  private static func unescaped(_ text: String) -> String {
    var text = text
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
  }
}
