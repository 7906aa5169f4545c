/// Says a decoder's error in words that a person who edits the file understands.
struct DecodingExplanation {
  let root: JSON5Node

  func refusal(for error: DecodingError) -> ConfigurationRefusal {
    switch error {
    case .keyNotFound(let key, let context): missing(key.stringValue, in: ConfigurationPath(context.codingPath))
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      mismatch(type, at: ConfigurationPath(context.codingPath))
    case .dataCorrupted(let context): corrupted(context)
    @unknown default:
      ConfigurationRefusal([], what: "the content cannot be used: \(error)", mend: "Correct the file.")
    }
  }

  private func missing(_ key: String, in path: ConfigurationPath) -> ConfigurationRefusal {
    ConfigurationRefusal(path, what: "the key \"\(key)\" is missing", mend: "Add \(key): and its value.")
  }

  private func mismatch(_ type: Any.Type, at path: ConfigurationPath) -> ConfigurationRefusal {
    let wanted = Self.words(for: type)
    let found = root.node(at: path.steps[...])?.kindInWords ?? "nothing"
    return ConfigurationRefusal(
      path, what: "\(wanted.kind) should stand here, not \(found)", mend: "Write \(wanted.example).")
  }

  private func corrupted(_ context: DecodingError.Context) -> ConfigurationRefusal {
    let path = ConfigurationPath(context.codingPath)
    if case .number = root.node(at: path.steps[...])?.content {
      return ConfigurationRefusal(
        path, what: "this number is too large or has decimals where a whole one is wanted",
        mend: "Write a whole number, such as 4.")
    }
    // The grammar has been checked before, so what the decoder still objects to is nearly always a number.
    return ConfigurationRefusal(
      path, what: "something in here cannot be read (\(context.debugDescription))",
      mend: "Look for a number that is too large, or has decimals where a whole one is wanted.")
  }

  private static func words(for type: Any.Type) -> (kind: String, example: String) {
    switch type {
    case is String.Type: ("a text", "it in quotes: \"…\"")
    case is Bool.Type: ("true or false", "true or false, without quotes")
    case is Double.Type, is Float.Type: ("a number", "a number, such as 1.5, without quotes")
    case is any FixedWidthInteger.Type: ("a whole number", "a whole number, such as 4, without quotes")
    case is any DictionaryShaped.Type: ("an object { … }", "an object: { key: value, … }")
    case is any ListShaped.Type: ("a list [ … ]", "a list: [ …, … ]")
    default: ("another kind of value", "what the comments of the shipped file show")
    }
  }
}

private protocol DictionaryShaped {}
extension Dictionary: DictionaryShaped {}
private protocol ListShaped {}
extension Array: ListShaped {}
