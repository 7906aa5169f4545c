extension Locales {
  /// Reads every `TAG.json5` of a directory, such as `share/locales/id.json5`; nested objects
  /// become dotted names.
  ///
  /// - Throws: `ConfigurationProblem` when a file is broken or Indonesian is not among them.
  public static func load(directory: String) throws(ConfigurationProblem) -> Locales {
    var messages: [Language: [String: String]] = [:]
    for path in try ConfigurationFile.paths(in: directory) {
      let tag = path.dropFirst(directory.count + 1).dropLast(".json5".count)
      messages[Language(rawValue: String(tag))] = try flatMessages(in: ConfigurationFile(reading: path))
    }
    guard messages[.indonesian] != nil else {
      throw ConfigurationProblem(
        file: "\(directory)/id.json5", what: "the Indonesian texts are missing",
        mend: "Put the shipped file back: every other language falls back on it.")
    }
    return Locales(messages)
  }

  private static func flatMessages(in file: ConfigurationFile) throws(ConfigurationProblem) -> [String: String] {
    var flat: [String: String] = [:]
    for (path, text) in try file.decode(MessageTree.self).leaves(at: []) {
      if flat.updateValue(text, forKey: path.joined(separator: ".")) != nil {
        throw file.problem(
          at: ConfigurationPath(path.map { .key($0) }), aim: .key,
          what: "the message \(path.joined(separator: ".")) stands in this file twice", mend: "Remove one of the two.")
      }
    }
    return flat
  }
}

/// A message or a group of them.
private enum MessageTree: Decodable {
  case text(String)
  case group([String: MessageTree])

  init(from decoder: any Decoder) throws {
    if decoder.codingPath.isEmpty {
      self = .group(try decoder.singleValueContainer().decode([String: MessageTree].self))
    } else if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .text(text)
    } else if (try? decoder.container(keyedBy: AnyName.self)) != nil {
      self = .group(try decoder.singleValueContainer().decode([String: MessageTree].self))
    } else {
      throw ConfigurationRefusal(
        ConfigurationPath(decoder.codingPath), what: "this is neither a message nor a group of messages",
        mend: "Write a text in quotes, or an object { … } of such texts.")
    }
  }

  func leaves(at path: [String]) -> [(path: [String], text: String)] {
    switch self {
    case .text(let text): [(path, text)]
    case .group(let members):
      members.sorted { $0.key < $1.key }.flatMap { $0.value.leaves(at: path + [$0.key]) }
    }
  }
}

private struct AnyName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
