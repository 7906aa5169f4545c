/// Writes a tree of nodes as HTML; the only place where markup is made, so the only place that escapes.
public enum HTMLRenderer {
  /// The bytes in UTF-8; a page that starts with `html` gets its document type.
  public static func render(_ node: Node) -> [UInt8] {
    var output = Output()
    if case .element(let element) = node, element.name == "html" { output.markup("<!DOCTYPE html>\n") }
    output.write(node)
    return output.bytes
  }
}

private struct Output {
  var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(16_384) }

  mutating func write(_ node: Node) {
    switch node {
    case .text(let text): escaped(text)
    case .fragment(let nodes): for node in nodes { write(node) }
    case .element(let element): write(element)
    }
  }

  private mutating func write(_ element: Element) {
    markup("<")
    markup(element.name)
    for attribute in element.attributes { write(attribute) }
    markup(">")
    if Element.voidNames.contains(element.name) { return }
    // A parser drops the first line feed inside these two (HTML Living Standard, 13.1.2.5); give it one to drop.
    if element.name == "textarea" || element.name == "pre" { markup("\n") }
    for child in element.children { write(child) }
    markup("</")
    markup(element.name)
    markup(">")
  }

  private mutating func write(_ attribute: Attribute) {
    markup(" ")
    markup(attribute.name)
    guard let text = attribute.text else { return }
    markup("=\"")
    escaped(text)
    markup("\"")
  }

  mutating func markup(_ text: String) { bytes += text.utf8 }

  /// Text and attributes alike, so that nothing depends on where a value is put. Characters that no
  /// HTML document may hold (NUL and most controls) become U+FFFD; a carriage return is kept as a
  /// reference, because a parser would turn it into a line feed.
  private mutating func escaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): markup("&amp;")
      case UInt8(ascii: "<"): markup("&lt;")
      case UInt8(ascii: ">"): markup("&gt;")
      case UInt8(ascii: "\""): markup("&quot;")
      case UInt8(ascii: "'"): markup("&#39;")
      case 0x0D: markup("&#13;")
      case 0x09, 0x0A: bytes.append(byte)
      case 0..<0x20, 0x7F: markup("\u{FFFD}")
      default: bytes.append(byte)
      }
    }
  }
}
