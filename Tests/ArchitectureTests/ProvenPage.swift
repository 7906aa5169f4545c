import Foundation

/// A page that names what proves it: tests, files and types in code spans (`Target.Class/testMethod`, `docs/words.md`,
/// `Router`), and tables whose rows are promises.
struct ProvenPage {
  /// Something that stands on the page and must be in the tree.
  enum Named: Equatable {
    /// A test class of a target, and one of its tests where the page names one.
    case test(String, method: String?)
    /// From the root, or a file's name alone.
    case file(String)
    case type(String)
  }

  /// A row of a table without what sets it off: its cells, and its line counted from 1.
  struct Row {
    let line: Int
    let cells: [String]
  }

  let path: String
  private let lines: [String]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// A page of the repository.
  init(_ path: String) throws {
    let file = Repository.root.appendingPathComponent(path)
    self.init(path: path, text: try String(contentsOf: file, encoding: .utf8))
  }

  /// All that is named, with its line.
  var named: [(line: Int, what: Named)] {
    lines.enumerated().flatMap { index, line in Self.named(in: line).map { (index + 1, $0) } }
  }

  /// The rows of all tables whose first cell, without emphasis, is accepted.
  func rows(whereFirst accepts: (String) -> Bool) -> [Row] {
    lines.enumerated().compactMap { index, line in
      guard line.hasPrefix("|") else { return nil }
      var cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard let first = cells.first?.trimmingCharacters(in: ["*"]), accepts(first) else { return nil }
      cells[0] = first
      return Row(line: index + 1, cells: cells)
    }
  }

  /// What one line, or a cell, names.
  static func named(in line: String) -> [Named] {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    let spans = parts.enumerated().filter { $0.offset % 2 == 1 }.compactMap { span($0.element) }
    // Pages are named in running text and in links as well.
    let text = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: " ")
    let pages = text.split { " ()[],;|".contains($0) }.map {
      $0.replacing("../", with: "").trimmingCharacters(in: [".", ":"])
    }
    .filter { $0.hasSuffix(".md") && !$0.contains("://") }
    return spans + pages.map { .file($0) }
  }

  private static func span(_ text: Substring) -> Named? {
    if let test = text.wholeMatch(of: /([A-Z][A-Za-z]*\.[A-Z][A-Za-z]*Tests)(?:\/(test[A-Za-z0-9]+))?/) {
      return .test(String(test.output.1), method: test.output.2.map(String.init))
    }
    if text.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil { return .type(String(text)) }
    if text.wholeMatch(of: /[A-Za-z0-9@+._-]+\.(md|swift|json5|js|css|conf|service|timer|socket|txt)/) != nil {
      return .file(String(text))
    }
    let begins = ["Sources", "Tests", "Benchmarks", "docs", "etc", "share", "scripts", "systemd"]
    return begins.contains { text.hasPrefix("\($0)/") } && !text.contains(" ") ? .file(String(text)) : nil
  }
}

/// What there is in the tree: files, types, and the tests of each class.
struct ProofIndex {
  private var methods: [String: Set<String>] = [:]
  private var types: Set<String> = []
  private var files: Set<String> = []

  /// The repository's own.
  static func ofRepository() throws -> ProofIndex {
    var index = ProofIndex()
    for folder in ["Sources", "Tests", "Benchmarks", "docs", "etc", "share", "scripts", "systemd"] {
      let root = Repository.root.appendingPathComponent(folder)
      let walker = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      for case let file as URL in walker ?? .init() {
        let path = String(file.path.dropFirst(Repository.root.path.count + 1))
        index.add(path, text: path.hasSuffix(".swift") ? try String(contentsOf: file, encoding: .utf8) : "")
      }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root.path) { index.add(name, text: "") }
    return index
  }

  /// Takes a file or directory in.
  mutating func add(_ path: String, text: String) {
    files.insert(path)
    if let name = path.split(separator: "/").last { files.insert(String(name)) }
    let parts = path.split(separator: "/")
    let target = parts.first == "Tests" && parts.count > 2 ? parts[1] : nil
    var current: Substring?
    for line in text.split(separator: "\n") {
      guard let (keyword, name) = Self.declaration(in: line) else { continue }
      if keyword == "func" {
        if let target, let current, name.hasPrefix("test") {
          methods["\(target).\(current)", default: []].insert(String(name))
        }
      } else {
        types.insert(String(name))
        if !line.hasPrefix(" ") { current = name }
      }
    }
  }

  func holds(_ named: ProvenPage.Named) -> Bool {
    switch named {
    case .test(let name, method: nil): methods[name] != nil
    case .test(let name, let method?): methods[name]?.contains(method) ?? false
    case .file(let path): files.contains(path)
    case .type(let name): types.contains(name)
    }
  }

  private static let keywords: Set<Substring> = [
    "struct", "class", "enum", "actor", "protocol", "typealias", "extension", "func",
  ]
  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "private", "fileprivate", "final", "indirect", "static", "mutating", "@safe",
    "@MainActor",
  ]

  /// `final class TermTests: XCTestCase {` is `class` and `TermTests`.
  private static func declaration(in line: Substring) -> (keyword: Substring, name: Substring)? {
    var words = line.split(separator: " ", maxSplits: 6)[...]
    while let first = words.first, modifiers.contains(first) { words.removeFirst() }
    guard let keyword = words.popFirst(), keywords.contains(keyword), let word = words.first else { return nil }
    let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.isEmpty ? nil : (keyword, name)
  }
}
