/// The words of a command line: the command's path and arguments, and its options.
struct CommandLineInput: Equatable {
  /// Words that are no options, in order.
  let words: [String]
  /// `--role clerk` and `--role=clerk` as `["role": "clerk"]`; a flag alone as `["json": ""]`.
  let options: [String: String]

  /// Options that stand alone and take no value.
  static let flags: Set<String> = [
    "ask", "help", "version", "dry-run", "json", "force", "drill", "confirm", "left",
  ]

  init(_ arguments: [String]) {
    var words: [String] = []
    var options: [String: String] = [:]
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--"), word.count > 2 else {
        words.append(word)
        continue
      }
      let option = word.dropFirst(2)
      if let equals = option.firstIndex(of: "=") {
        options[String(option[..<equals])] = String(option[option.index(after: equals)...])
      } else if Self.flags.contains(String(option)) {
        options[String(option)] = ""
      } else {
        // A flag that is not known here must not take the option after it, which may name the state to work on.
        options[String(option)] = rest.first?.hasPrefix("--") == true ? "" : rest.popFirst() ?? ""
      }
    }
    self.words = words
    self.options = options
  }
}
