/// Finds switches over enums, alone or in tuples, that have a `default:`: a new case would fall into it without a word of
/// the compiler.
enum DefaultRule {
  struct Finding: Equatable {
    let path: String
    /// As it stands in the source: `switch model.screen`.
    let head: String
  }

  /// Subjects of which nobody adds a case without meaning it: Unicode's categories, and keys of a keyboard, of which each
  /// screen knows a few.
  private static func isOpen(_ head: String) -> Bool { head.hasSuffix("generalCategory") || head == "switch key" }

  static func findings(in file: Repository.SourceFile) -> [Finding] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].drop { $0 == " " }.hasPrefix("default:") }.compactMap { place in
      guard let head = head(of: place, in: lines), !isOpen(head) else { return nil }
      return Finding(path: file.path, head: head)
    }
  }

  /// The head of the switch to which a default belongs, when one of its cases is an enum's. The formatter sees to it that
  /// cases stand as far in as their switch.
  private static func head(of place: Int, in lines: [Substring]) -> String? {
    let indent = lines[place].prefix { $0 == " " }
    var namesCase = false
    for line in lines[..<place].reversed() {
      guard line.prefix(while: { $0 == " " }).count <= indent.count, !line.isEmpty else { continue }
      if let found = line.firstMatch(of: /switch [^{]*[^{ ]/) { return namesCase ? String(found.output) : nil }
      if namesEnumCase(line.dropFirst(indent.count)) { namesCase = true }
    }
    return nil
  }

  /// Whether a case, by itself or as a part of a tuple, is one of an enum other than Swift's own Optional.
  private static func namesEnumCase(_ line: Substring) -> Bool {
    line.prefixMatch(of: /case \.(?!some)/) != nil || line.prefixMatch(of: /case \((?:[^:]*, )?\.(?!some)/) != nil
  }
}
