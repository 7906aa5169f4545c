/// Where a value stands in a JSON5 text and what stands inside it; the values themselves are the
/// decoder's business.
struct JSON5Node: Sendable {
  struct Member: Sendable {
    let key: String
    let keyOffset: Int
    let value: JSON5Node
  }

  enum Content: Sendable {
    case object([Member])
    case list([JSON5Node])
    case text
    case number
    case truth
    case null
  }

  /// The byte at which the value begins.
  let offset: Int
  let content: Content

  /// The byte at which the value at `path` begins, or its key; where the path leads to nothing, that
  /// of the innermost value on the way.
  func offset(of path: ArraySlice<ConfigurationPath.Step>, aim: ConfigurationRefusal.Aim) -> Int {
    guard let step = path.first else { return offset }
    switch content {
    case .object(let members):
      guard case .key(let key) = step, let member = members.first(where: { $0.key == key }) else { return offset }
      return path.count == 1 && aim == .key
        ? member.keyOffset : member.value.offset(of: path.dropFirst(), aim: aim)
    case .list(let entries):
      guard case .entry(let entry) = step, entries.indices.contains(entry) else { return offset }
      return entries[entry].offset(of: path.dropFirst(), aim: aim)
    case .text, .number, .truth, .null: return offset
    }
  }

  /// The value at `path`; nil where there is none.
  func node(at path: ArraySlice<ConfigurationPath.Step>) -> JSON5Node? {
    guard let step = path.first else { return self }
    switch content {
    case .object(let members):
      guard case .key(let key) = step else { return nil }
      return members.first { $0.key == key }?.value.node(at: path.dropFirst())
    case .list(let entries):
      guard case .entry(let entry) = step, entries.indices.contains(entry) else { return nil }
      return entries[entry].node(at: path.dropFirst())
    case .text, .number, .truth, .null: return nil
    }
  }

  /// What it is, in words: `a text`.
  var kindInWords: String {
    switch content {
    case .object: "an object { … }"
    case .list: "a list [ … ]"
    case .text: "a text"
    case .number: "a number"
    case .truth: "true or false"
    case .null: "null"
    }
  }
}

/// Why a text is no JSON5.
struct JSON5Fault: Error, Equatable {
  let offset: Int
  var path: ConfigurationPath = []
  let what: String
  let mend: String
}
