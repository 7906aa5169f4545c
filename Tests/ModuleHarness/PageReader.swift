@testable public import HTML

/// Reads a page that `HTMLRenderer` wrote back into its tree, so that `PageAudit` can walk what really went
/// over the wire. No parser for the world's HTML.
public struct PageReader {
  /// A page that holds something which no function of HTML's makes.
  public struct Unreadable: Error, CustomStringConvertible {
    public let description: String
  }

  private static let elementNames = byText([
    "html", "head", "body", "title", "header", "footer", "nav", "main", "section", "article", "aside", "div", "h1",
    "h2", "h3", "h4", "hgroup", "search", "time", "mark", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd",
    "details", "summary", "figure", "figcaption", "dialog", "br", "hr", "img", "meta", "link", "script", "p", "a",
    "span", "strong", "em", "small", "code", "kbd", "abbr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th",
    "td", "form", "fieldset", "legend", "label", "button", "select", "optgroup", "option", "textarea", "output",
    "progress", "datalist", "input", "svg", "g", "path", "rect", "circle", "desc", "text", "noscript", "bdi", "iframe",
    "object",
  ])
  private static let attributeNames = byText([
    "id", "class", "lang", "title", "role", "tabindex", "accesskey", "hidden", "translate", "href", "src", "alt", "rel",
    "hreflang", "charset", "content", "media", "defer", "datetime", "open", "scope", "colspan", "rowspan", "action",
    "method", "enctype", "formaction", "formenctype", "formnovalidate", "dir", "http-equiv", "sandbox", "data",
    "novalidate", "type", "name", "value", "for", "form", "required", "disabled", "checked",
    "selected", "multiple", "autofocus", "autocomplete", "inputmode", "autocapitalize", "spellcheck", "maxlength",
    "size", "min", "max", "rows", "accept", "dir", "formaction", "formenctype", "formnovalidate", "target",
    "http-equiv", "width", "height", "viewBox", "d", "fill", "stroke", "stroke-width",
    "x", "y", "rx", "shape-rendering", "stroke-linecap", "stroke-linejoin", "cx", "cy", "r", "step",
    "text-anchor", "download",
    "aria-label", "aria-hidden", "aria-describedby", "aria-labelledby", "aria-invalid", "aria-current", "aria-live",
    "aria-keyshortcuts", "aria-controls", "aria-pressed", "aria-expanded", "data-live", "data-key", "data-focus",
    "data-column",
    "data-submission", "data-event",
  ])

  /// The page's tree.
  ///
  /// - Throws: `Unreadable` for a name that is not in the lists above: add it there.
  public static func tree(of bytes: [UInt8]) throws -> Node {
    var reader = PageReader(rest: String(decoding: bytes, as: UTF8.self)[...])
    return .fragment(try reader.nodes(inside: nil))
  }

  private var rest: Substring

  private mutating func nodes(inside parent: String?) throws -> [Node] {
    var nodes: [Node] = []
    while !rest.isEmpty {
      if rest.hasPrefix("</") {
        let name = take(until: ">").dropFirst(2)
        guard name == parent ?? "" else { throw Unreadable(description: "</\(name)> ends <\(parent ?? "")>") }
        return nodes
      } else if rest.hasPrefix("<!") {
        _ = take(until: ">")
      } else if rest.hasPrefix("<") {
        nodes.append(try element())
      } else {
        let text = rest.prefix { $0 != "<" }
        rest = rest.dropFirst(text.count)
        nodes.append(.text(Self.unescaped(String(text))))
      }
    }
    guard parent == nil else { throw Unreadable(description: "<\(parent ?? "")> has no end") }
    return nodes
  }

  private mutating func element() throws -> Node {
    var inside = take(until: ">").dropFirst()
    let name = String(inside.prefix { $0 != " " })
    inside = inside.dropFirst(name.count)
    guard let known = Self.elementNames[name] else { throw Unreadable(description: "element \(name)") }
    var attributes: [Attribute] = []
    while case let text = inside.drop(while: { $0 == " " }), !text.isEmpty {
      let key = text.prefix { $0 != "=" && $0 != " " }
      inside = text.dropFirst(key.count)
      var value: String?
      if inside.hasPrefix("=\"") {
        let quoted = inside.dropFirst(2).prefix { $0 != "\"" }
        inside = inside.dropFirst(quoted.count + 3)
        value = Self.unescaped(String(quoted))
      }
      // Scripts have data of their own, which no audit looks at.
      if key.hasPrefix("data-") { continue }
      guard let known = Self.attributeNames[String(key)] else {
        throw Unreadable(description: "attribute \(key) of \(name)")
      }
      attributes.append(value.map { Attribute(known, $0) } ?? Attribute(known, on: true))
    }
    let children = Element.isVoid(name) ? [] : try nodes(inside: name)
    return .element(Element(known, attributes, children))
  }

  /// The text before the next `end` outside quotes, which is taken too.
  private mutating func take(until end: Character) -> Substring {
    var isQuoted = false
    let text = rest.prefix { character in
      if character == "\"" { isQuoted.toggle() }
      return isQuoted || character != end
    }
    rest = rest.dropFirst(text.count + 1)
    return text
  }

  private static func byText(_ names: [StaticString]) -> [String: StaticString] {
    Dictionary(names.map { ($0.description, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func unescaped(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"), ("&amp;", "&")].reduce(text) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
    }
  }
}
