/// The declarations of a source, line by line: the formatter lets each begin a line of its own.
struct Declarations {
  struct Function: Equatable {
    let name: String
    /// Counted from 1.
    let line: Int
    /// The lines between its braces; at least one.
    let length: Int
  }

  struct TypeName: Equatable {
    let name: String
    let isTopLevel: Bool
    let isPrivate: Bool
  }

  private static let modifiers: Set<String> = [
    "public", "package", "internal", "private", "fileprivate", "open", "final", "static", "class", "override",
    "convenience", "required", "mutating", "nonmutating", "consuming", "borrowing", "nonisolated", "isolated",
    "indirect", "unsafe", "internal(set)", "private(set)", "fileprivate(set)",
  ]
  private static let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol"]
  private static let members: Set<String> = kinds.union([
    "func", "var", "let", "case", "typealias", "extension", "init", "subscript",
  ])

  private let bytes: [UInt8]
  private let lines: [String]
  private let starts: [Int]

  init(_ text: String) {
    let bare = BareSource(text)
    (bytes, lines) = (bare.bytes, bare.lines)
    var starts = [0]
    for line in lines { starts.append(starts[starts.count - 1] + line.utf8.count + 1) }
    self.starts = starts
  }

  /// What a line declares: its modifiers, and the words from the keyword on.
  private func head(_ line: String) -> (modifiers: [Substring], rest: ArraySlice<Substring>) {
    let words = line.split(separator: " ")
    let count = words.prefix { word in
      // `class` is a type unless another keyword follows.
      word.hasPrefix("@") || Self.modifiers.contains(String(word)) && (word != "class" || isModifier(word, in: words))
    }.count
    return (Array(words.prefix(count)), words.dropFirst(count))
  }

  private func isModifier(_ word: Substring, in words: [Substring]) -> Bool {
    words.firstIndex(of: word).map { words[($0 + 1)...].first.map { $0 == "func" || $0 == "var" } ?? false } ?? false
  }

  /// The word up to what is no part of a name: `init` of `init?(a:`.
  private static func name(_ word: Substring) -> String {
    String(word.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  // MARK: Types and what is exported

  var types: [TypeName] {
    lines.compactMap { line in
      let (modifiers, rest) = head(line)
      guard let keyword = rest.first, Self.kinds.contains(String(keyword)), let name = rest.dropFirst().first else {
        return nil
      }
      return TypeName(
        name: Self.name(name), isTopLevel: !line.hasPrefix(" "),
        isPrivate: modifiers.contains("private") || modifiers.contains("fileprivate"))
    }
  }

  /// How many declarations are public or the package's.
  var exportCount: Int {
    lines.filter { line in
      let (modifiers, rest) = head(line)
      guard modifiers.contains("public") || modifiers.contains("package"), let keyword = rest.first else {
        return false
      }
      return Self.members.contains(Self.name(keyword))
    }.count
  }

  // MARK: Functions

  /// Functions, initialisers and subscripts that have a body.
  var functions: [Function] {
    lines.indices.compactMap { line in
      let rest = head(lines[line]).rest
      guard let keyword = rest.first.map(Self.name), ["func", "init", "deinit", "subscript"].contains(keyword),
        // A call is no declaration.
        keyword == "func" || keyword == "deinit" || rest.first.map(isSignature) ?? false,
        let length = bodyLength(from: starts[line])
      else { return nil }
      let name = keyword == "func" ? rest.dropFirst().first.map(Self.name) ?? "" : keyword
      return Function(name: name, line: line + 1, length: length)
    }
  }

  private func isSignature(_ word: Substring) -> Bool {
    let after = word.drop { $0.isLetter }.drop { $0 == "?" }.first
    return after == "(" || after == "<"
  }

  /// - Returns: nil where it has no body, as in a protocol.
  private func bodyLength(from start: Int) -> Int? {
    var (place, depth) = (start, 0)
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "{"):
        let end = closing(of: place)
        if depth == 0 {
          let ends = bytes[place..<end].filter { $0 == UInt8(ascii: "\n") }
          return max(1, ends.count - 1)
        }
        place = end
      case UInt8(ascii: "\n") where depth == 0 && !goesOn(across: place): return nil
      default: break
      }
      place += 1
    }
    return nil
  }

  private func closing(of open: Int) -> Int {
    var (place, depth) = (open + 1, 1)
    while place < bytes.count, depth > 0 {
      if bytes[place] == UInt8(ascii: "{") { depth += 1 }
      if bytes[place] == UInt8(ascii: "}") { depth -= 1 }
      place += 1
    }
    return place - 1
  }

  /// Whether a signature goes on in the next line.
  private func goesOn(across end: Int) -> Bool {
    guard let line = starts.lastIndex(where: { $0 <= end }), line + 1 < lines.count else { return false }
    let next = lines[line + 1].drop { $0 == " " }
    return ["->", "throws", "async", "rethrows", "where", "{"].contains { next.hasPrefix($0) }
      || ["->", ",", "where"].contains { lines[line].hasSuffix($0) }
  }
}
