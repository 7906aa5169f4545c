/// Finds what is declared for other targets and has no doc comment. The cases of an enum count too, but for those that stand
/// in one line with it; so does what fulfils a protocol, since a type says how it does so.
enum DocumentationRule {
  /// What has no comment, as `path:line: declaration`.
  static func gaps(in files: [Repository.SourceFile]) -> [String] {
    files.flatMap(gaps(of:))
  }

  private static func gaps(of file: Repository.SourceFile) -> [String] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(Line.init)
    // The indentation of the public protocol that a line stands in, and those of the public enums, the innermost last.
    var publicProtocol: Int?
    var publicEnums: [Int] = []
    var gaps: [String] = []
    for (index, line) in lines.enumerated() {
      if line.text == "}", line.indentation == publicProtocol { publicProtocol = nil }
      if line.text == "}", line.indentation == publicEnums.last { publicEnums.removeLast() }
      let isRequirement = line.indentation == publicProtocol.map { $0 + 2 } && line.isRequirement
      let isCase = line.indentation == publicEnums.last.map { $0 + 2 } && line.declares("case")
      if line.isPublic, line.declares("protocol"), !line.text.hasSuffix("}") { publicProtocol = line.indentation }
      if line.isPublic, line.declares("enum"), !line.text.hasSuffix("}") { publicEnums.append(line.indentation) }
      guard line.isPublic || isRequirement || isCase else { continue }
      if !isDocumented(lines[..<index]) { gaps.append("\(file.path):\(index + 1): \(line.text)") }
    }
    return gaps
  }

  /// Whether what stands above a declaration ends with a doc comment; attributes may stand between.
  private static func isDocumented(_ above: ArraySlice<Line>) -> Bool {
    above.last { !$0.isAttribute }?.text.hasPrefix("///") ?? false
  }

  private struct Line {
    let text: Substring
    let indentation: Int
    /// The words before a name: attributes are left out.
    private let words: [Substring]

    init(_ line: Substring) {
      text = line.drop { $0 == " " }
      indentation = line.count - text.count
      words = text.split(separator: " ").drop { $0.hasPrefix("@") }.map { $0 }
    }

    var isAttribute: Bool { text.hasPrefix("@") && words.isEmpty }

    /// Whether it declares something that other targets see.
    var isPublic: Bool {
      ["public", "package", "open"].contains(words.first ?? "") && !declares("import") && !declares("extension")
    }

    /// Whether it asks something of the types that conform to the protocol that it stands in.
    var isRequirement: Bool {
      let word = words.first { !["static", "mutating", "nonmutating"].contains($0) }?.prefix { $0.isLetter }
      return ["func", "var", "init", "subscript", "associatedtype"].contains(word ?? "")
    }

    func declares(_ keyword: Substring) -> Bool { words.prefix(3).contains(keyword) }
  }
}
