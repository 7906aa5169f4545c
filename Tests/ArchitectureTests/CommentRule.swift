/// Comments in plain English: a noun where one serves, and no word that stands for a person whom the sentence does not name.
/// A “who” after these words has no noun: “of who is erased” is “of an erased person”. No building stands for what the
/// sentence means either: the office, or the program.
enum CommentRule {
  /// Files whose comments are held up as models as they are.
  static let models: Set<String> = ["NextRule.swift", "SecretBytes.swift"]

  /// The lines with such a word in a comment, as `path:line word`; what stands in code marks is a name.
  static func findings(in files: [Repository.SourceFile]) -> [String] {
    files.filter { !models.contains($0.name) }.flatMap { file in
      words(in: file.text).map { "\(file.path):\($0.line) \($0.word)" }
    }
  }

  /// Each such word, with the line that it stands in, counted from 1.
  static func words(in text: String) -> [(line: Int, word: String)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
      // A comment begins its line or follows a space; the slashes of an address in a text do not.
      guard let comment = (" " + line).firstMatch(of: /\s\/\/.*/) else { return [(line: Int, word: String)]() }
      return comment.output.replacing(/`[^`]*`/, with: "")
        // Simple: the apostrophe of “nobody's” ends the word.
        .matches(
          of: /\b(?:nobody|somebody|whoever|houses?|(?:for|of|to|from|than|by|with|what|whether|which) who)\b/
            .ignoresCase().wordBoundaryKind(.simple)
        )
        .map { (line: index + 1, word: $0.output.lowercased()) }
    }
  }
}
