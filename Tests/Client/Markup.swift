#if canImport(Glibc)
  internal import Glibc
#endif

/// A page as a browser without JavaScript has it: elements with attributes, and text between them.
///
/// It reads what the server's renderer writes: quoted attributes, matching tags. No parser for the
/// world's HTML.
public struct Markup: Sendable {
  /// A tag, and the text that follows it.
  public struct Tag: Sendable {
    public let name: String
    public let isEnd: Bool
    public let text: String
    /// What stands behind the name; read when it is asked for.
    fileprivate let inside: String

    public var attributes: [String: String] { Attributes.read(inside) }

    /// Whether it is of that class.
    public func has(_ cssClass: String) -> Bool {
      guard inside.contains(cssClass) else { return false }
      return attributes["class"]?.split(separator: " ").contains(Substring(cssClass)) ?? false
    }
  }

  public let tags: [Tag]

  public init(_ bytes: [UInt8]) {
    tags = unsafe bytes.withUnsafeBytes { bytes in unsafe Cutter(bytes: bytes).tags() }
  }

  /// All the page's text, one space between its parts.
  public var text: String {
    tags.filter { $0.name != "script" && $0.name != "style" }.map(\.text)
      .joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Where the page's links lead.
  public var links: [String] { tags.filter { $0.name == "a" && !$0.isEnd }.compactMap { $0.attributes["href"] } }

  /// The text inside each element that `matches`, trimmed.
  public func texts(where matches: (Tag) -> Bool) -> [String] {
    tags.indices.filter { !tags[$0].isEnd && matches(tags[$0]) }.map { text(inside: $0) }
  }

  /// The text inside the first element of that name.
  public func firstText(_ name: String) -> String? { texts { $0.name == name }.first }

  /// The tags inside the element that begins at `start`.
  public func inside(_ start: Int) -> ArraySlice<Tag> {
    var depth = 1
    var end = start + 1
    while end < tags.count {
      if tags[end].name == tags[start].name { depth += tags[end].isEnd ? -1 : 1 }
      if depth == 0 { break }
      end += 1
    }
    return tags[(start + 1)..<min(end, tags.count)]
  }

  /// The forms, with what each would send if its button were pressed now.
  var forms: [PageForm] {
    var forms: [PageForm] = []
    for start in tags.indices where tags[start].name == "form" && !tags[start].isEnd {
      let attributes = tags[start].attributes
      var form = PageForm(to: attributes["action"] ?? "", isPost: attributes["method"] == "post")
      form.read(inside(start))
      if let id = attributes["id"] { form.read(tags.filter { $0.attributes["form"] == id }[...]) }
      forms.append(form)
    }
    return forms
  }

  private func text(inside start: Int) -> String {
    (tags[start].text + inside(start).map(\.text).joined())
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// Cuts a page at its tags. Tests and simulations open tens of thousands of pages, so the searching is left to the C library,
/// which is fast in a debug build too.
@safe
private struct Cutter {
  let bytes: UnsafeRawBufferPointer

  private var count: Int { unsafe bytes.count }

  func tags() -> [Markup.Tag] {
    var tags: [Markup.Tag] = []
    var open = find("<", from: 0)
    while let start = open, let close = end(from: start + 1) {
      open = find("<", from: close)
      tags.append(tag(start + 1..<close, text: close + 1..<(open ?? count)))
    }
    return tags
  }

  /// The `>` that ends a tag: the first one outside quotes.
  private func end(from start: Int) -> Int? {
    var place = start
    while let close = find(">", from: place) {
      guard let quote = find("\"", from: place), quote < close else { return close }
      guard let unquote = find("\"", from: quote + 1) else { return nil }
      place = unquote + 1
    }
    return nil
  }

  private func tag(_ range: Range<Int>, text: Range<Int>) -> Markup.Tag {
    let inside = string(range)
    let isEnd = inside.hasPrefix("/")
    let body = isEnd ? inside.dropFirst() : inside[...]
    let name = body.prefix { $0 != " " && $0 != "/" }
    return Markup.Tag(
      name: String(name), isEnd: isEnd, text: Attributes.unescaped(string(text)),
      inside: String(body.dropFirst(name.count)))
  }

  private func string(_ range: Range<Int>) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private func find(_ character: Unicode.Scalar, from start: Int) -> Int? {
    guard unsafe start < bytes.count, let base = unsafe bytes.baseAddress else { return nil }
    let found = unsafe memchr(base + start, Int32(character.value), bytes.count - start)
    return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
  }
}

/// What stands in a tag behind its name.
private enum Attributes {
  static func read(_ inside: String) -> [String: String] {
    var attributes: [String: String] = [:]
    // Every second piece stands in quotes.
    let pieces = inside.split(separator: "\"", omittingEmptySubsequences: false)
    for (place, piece) in pieces.enumerated() where place.isMultiple(of: 2) {
      let names = piece.split(whereSeparator: \.isWhitespace)
      for name in names where !name.hasSuffix("=") && name != "/" { attributes[String(name)] = "" }
      if let name = names.last, name.hasSuffix("="), place + 1 < pieces.count {
        attributes[String(name.dropLast())] = unescaped(String(pieces[place + 1]))
      }
    }
    return attributes
  }

  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var text = text
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return text
  }
}
