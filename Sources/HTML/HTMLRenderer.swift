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

  /// - Parameter isolates: whether a text that runs from right to left is set apart from what stands beside it (`bdi`, in
  ///   which the first letter decides the direction), as everywhere but in elements that hold text alone.
  mutating func write(_ node: Node, isolates: Bool = true) {
    switch node {
    case .text(let text):
      let isSetApart = isolates && text.runsRightToLeft
      if isSetApart { markup("<bdi>") }
      escaped(text)
      if isSetApart { markup("</bdi>") }
    case .fragment(let nodes): for node in nodes { write(node, isolates: isolates) }
    case .element(let element): write(element)
    }
  }

  private mutating func write(_ element: Element) {
    bytes.append(UInt8(ascii: "<"))
    markup(element.name)
    for case let attribute? in element.given where !attribute.isAbsent { write(attribute) }
    bytes.append(UInt8(ascii: ">"))
    if Element.isVoid(element.name) { return }
    // Only `InlineStyle` comes into one; a parser reads no references there (HTML Living Standard, 13.1.2).
    if element.name == "style" {
      for child in element.children { markup(child.plainText) }
      markup("</style>")
      return
    }
    // A parser drops the first line feed inside these two (HTML Living Standard, 13.1.2.5); give it one to drop.
    if element.name == "textarea" || element.name == "pre" { bytes.append(UInt8(ascii: "\n")) }
    let isolates = !Element.holdsTextAlone(element.name)
    for child in element.children { write(child, isolates: isolates) }
    markup("</")
    markup(element.name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func write(_ attribute: Attribute) {
    bytes.append(UInt8(ascii: " "))
    markup(attribute.name)
    guard let text = attribute.text else { return }
    markup("=\"")
    escaped(text)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func markup(_ text: String) { bytes += text.utf8 }

  /// Text and attributes alike, so that nothing depends on where a value is put. Characters that no
  /// HTML document may hold (NUL and most controls) become U+FFFD; a carriage return is kept as a
  /// reference, because a parser would turn it into a line feed.
  private mutating func escaped(_ text: String) {
    var text = text
    text.withUTF8 { characters in
      var start = 0
      for place in characters.indices {
        let byte = unsafe characters[place]
        guard Self.isReplaced(byte) else { continue }
        unsafe bytes += characters[start..<place]
        markup(Self.reference(byte))
        start = place + 1
      }
      unsafe bytes += characters[start...]
    }
  }

  /// The characters before `@` that cannot stand for themselves, a bit each: the controls but for tab and line feed, and
  /// `"`, `&`, `'`, `<` and `>`.
  private static let replaced: UInt64 = 0x5000_00C4_FFFF_F9FF

  private static func isReplaced(_ byte: UInt8) -> Bool {
    // All but a few are letters, which go the short way.
    byte < 0x40 ? (replaced &>> UInt64(byte)) & 1 == 1 : byte == 0x7F
  }

  /// What stands for a byte that cannot stand for itself.
  private static func reference(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    case 0x0D: "&#13;"
    default: "\u{FFFD}"
    }
  }
}
