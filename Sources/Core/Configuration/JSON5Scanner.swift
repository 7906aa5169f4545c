/// Walks through a JSON5 text (spec.json5.org) and finds where each value stands.
struct JSON5Scanner {
  /// No configuration nests deeper; the bound keeps the recursion off the end of the stack.
  static let depthMax = 64

  let bytes: [UInt8]
  var offset = 0
  private var path: [ConfigurationPath.Step] = []

  /// - Throws: `JSON5Fault` when the bytes are no UTF-8.
  init(_ bytes: [UInt8]) throws(JSON5Fault) {
    self.bytes = bytes
    if let broken = Self.firstBrokenByte(bytes) {
      throw JSON5Fault(
        offset: broken, what: "the file is not UTF-8 from here on", mend: "Save it with the encoding UTF-8.")
    }
  }

  /// The one value of the text.
  mutating func document() throws(JSON5Fault) -> JSON5Node {
    try skipSpace()
    if peek == nil { throw fault("the file is empty", "Write an object: { … }.") }
    let root = try value()
    try skipSpace()
    if peek != nil {
      throw fault("there is something after the end of the value", "Remove it, or move it before the last bracket.")
    }
    return root
  }

  // MARK: Values

  private mutating func value() throws(JSON5Fault) -> JSON5Node {
    guard path.count < Self.depthMax else {
      throw fault("this is nested more than \(Self.depthMax) deep", "Make it flatter.")
    }
    let start = offset
    switch peek {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      _ = try text()
      return JSON5Node(offset: start, content: .text)
    case nil:
      throw fault("the file ends where a value should stand", "Write the value, and close what is open.")
    case .some(let byte) where Self.beginsNumber(byte):
      try number()
      return JSON5Node(offset: start, content: .number)
    case .some(let byte) where Self.beginsWord(byte):
      return JSON5Node(offset: start, content: try wordValue(start))
    case .some:
      throw fault(
        "a value should stand here, not \(characterInWords)",
        "Write a text in quotes, a number, true, false, a list or an object.")
    }
  }

  private mutating func wordValue(_ start: Int) throws(JSON5Fault) -> JSON5Node.Content {
    switch try word() {
    case "true", "false": return .truth
    case "null": return .null
    // As other numbers that are not whole; the decoder would refuse them without saying where.
    case "Infinity", "NaN":
      throw fault(
        at: start, "\(String(decoding: bytes[start..<offset], as: UTF8.self)) is no whole number in digits",
        "Write digits only, such as 650000.")
    case let other:
      throw fault(at: start, "\(other) is neither a number nor true or false", "Put texts in quotes: \"\(other)\".")
    }
  }

  private mutating func object() throws(JSON5Fault) -> JSON5Node {
    let start = offset
    offset += 1
    var members: [JSON5Node.Member] = []
    var lines: [String: Int] = [:]
    while try entryFollows(closing: UInt8(ascii: "}"), opened: start) {
      let keyOffset = offset
      let key = try key()
      if let first = lines.updateValue(keyOffset, forKey: key) {
        throw duplicate(key, at: keyOffset, first: first)
      }
      try colon(after: key)
      path.append(.key(key))
      members.append(.init(key: key, keyOffset: keyOffset, value: try value()))
      path.removeLast()
      try comma(closing: UInt8(ascii: "}"), opened: start)
    }
    return JSON5Node(offset: start, content: .object(members))
  }

  private mutating func list() throws(JSON5Fault) -> JSON5Node {
    let start = offset
    offset += 1
    var entries: [JSON5Node] = []
    while try entryFollows(closing: UInt8(ascii: "]"), opened: start) {
      path.append(.entry(entries.count))
      entries.append(try value())
      path.removeLast()
      try comma(closing: UInt8(ascii: "]"), opened: start)
    }
    return JSON5Node(offset: start, content: .list(entries))
  }

  // MARK: Between values

  /// Whether another entry begins here; steps over the closing bracket when none does.
  private mutating func entryFollows(closing: UInt8, opened: Int) throws(JSON5Fault) -> Bool {
    try skipSpace()
    guard let byte = peek else { throw neverClosed(opened) }
    if byte == closing {
      offset += 1
      return false
    }
    if byte == UInt8(ascii: ",") { throw fault("there is a comma too many", "Remove it.") }
    return true
  }

  private mutating func comma(closing: UInt8, opened: Int) throws(JSON5Fault) {
    let end = offset
    try skipSpace()
    guard let byte = peek else { throw neverClosed(opened) }
    if byte == UInt8(ascii: ",") {
      offset += 1
    } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
      guard byte == closing else { throw wrongBracket(byte, opened: opened) }
    } else {
      throw fault(at: end, "a comma is missing here", "Write a comma between two entries.")
    }
  }

  private mutating func colon(after key: String) throws(JSON5Fault) {
    try skipSpace()
    guard peek == UInt8(ascii: ":") else {
      throw fault(
        "a colon should stand after the key \"\(key)\"",
        "Write \(key): and then its value; a key with other characters than letters, digits, _ and $ stands in quotes.")
    }
    offset += 1
    try skipSpace()
  }

  private mutating func key() throws(JSON5Fault) -> String {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try text()
    case .some(let byte) where Self.beginsWord(byte): return try word()
    default:
      throw fault("a key should stand here, not \(characterInWords)", "Write a name such as code: and then its value.")
    }
  }

  private func duplicate(_ key: String, at offset: Int, first: Int) -> JSON5Fault {
    let line = LineAndColumn(of: first, in: bytes).line
    return JSON5Fault(
      offset: offset, path: ConfigurationPath(path),
      what: "the key \"\(key)\" stands here twice, first on line \(line)",
      mend: "Remove one of the two.")
  }

  private func neverClosed(_ opened: Int) -> JSON5Fault {
    let bracket = bytes[opened] == UInt8(ascii: "{") ? ("{", "}") : ("[", "]")
    return fault(at: opened, "this \(bracket.0) is never closed", "Write the missing \(bracket.1).")
  }

  private func wrongBracket(_ byte: UInt8, opened: Int) -> JSON5Fault {
    let line = LineAndColumn(of: opened, in: bytes).line
    let wanted = bytes[opened] == UInt8(ascii: "{") ? "}" : "]"
    return fault(
      "\(Character(Unicode.Scalar(byte))) does not close the \(Character(Unicode.Scalar(bytes[opened]))) of line \(line)",
      "Write \(wanted) here.")
  }
}

extension JSON5Scanner {
  var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func fault(at place: Int? = nil, _ what: String, _ mend: String) -> JSON5Fault {
    JSON5Fault(offset: place ?? offset, path: ConfigurationPath(path), what: what, mend: mend)
  }

  /// The character here, as a message can show it.
  var characterInWords: String {
    guard let character = String(decoding: bytes[offset...].prefix(16), as: UTF8.self).first else {
      return "the end of the file"
    }
    return "“\(character)”"
  }

  private static func firstBrokenByte(_ bytes: [UInt8]) -> Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
