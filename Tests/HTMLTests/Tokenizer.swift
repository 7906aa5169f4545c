/// Reads markup as a browser's tokenizer does, as far as our renderer may write it, and refuses the rest.
/// It goes by scalars, as browsers do: a combining accent after a quote must not hide the quote.
struct Tokenizer {
  enum Token: Equatable {
    case start(String, [String: String])
    case end(String)
    case text(String)
  }

  struct Malformed: Error { let at: String }

  private typealias Scalars = Substring.UnicodeScalarView
  private var rest: Scalars

  static func tokens(_ markup: String) throws -> [Token] {
    var tokenizer = Tokenizer(rest: markup[...].unicodeScalars)
    var tokens: [Token] = []
    while let token = try tokenizer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() throws -> Token? {
    if rest.isEmpty { return nil }
    if rest.first != "<" {
      let text = take { $0 != "<" }
      guard !text.contains(">") else { throw Malformed(at: String(text)) }
      return .text(try unescaped(text))
    }
    try expect("<")
    if rest.first == "/" {
      try expect("/")
      let name = take { $0 != ">" }
      try expect(">")
      return .end(String(name))
    }
    let name = take { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
    guard !name.isEmpty else { throw Malformed(at: String(rest.prefix(20))) }
    let attributes = try attributes()
    try expect(">")
    return .start(String(name), attributes)
  }

  private mutating func attributes() throws -> [String: String] {
    var attributes: [String: String] = [:]
    while rest.first == " " {
      try expect(" ")
      let key = take { ("a"..."z").contains($0) || $0 == "-" }
      var value = ""
      if rest.first == "=" {
        try expect("=")
        try expect("\"")
        let raw = take { $0 != "\"" }
        guard !raw.contains("<") else { throw Malformed(at: String(raw)) }
        value = try unescaped(raw)
        try expect("\"")
      }
      guard attributes.updateValue(value, forKey: String(key)) == nil else { throw Malformed(at: String(key)) }
    }
    return attributes
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard rest.first == scalar else { throw Malformed(at: String(rest.prefix(20))) }
    rest.removeFirst()
  }

  private mutating func take(while belongs: (Unicode.Scalar) -> Bool) -> Scalars {
    let taken = rest.prefix(while: belongs)
    rest = rest[taken.endIndex...]
    return taken
  }

  private func unescaped(_ text: Scalars) throws -> String {
    let references: [String: Unicode.Scalar] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'", "#13": "\r",
    ]
    var result = String.UnicodeScalarView()
    var rest = text
    while let scalar = rest.popFirst() {
      guard scalar == "&" else {
        result.append(scalar)
        continue
      }
      let name = rest.prefix { $0 != ";" }
      guard let meant = references[String(name)] else { throw Malformed(at: "&" + String(name.prefix(12))) }
      result.append(meant)
      rest = rest[name.endIndex...].dropFirst()
    }
    return String(result)
  }
}
