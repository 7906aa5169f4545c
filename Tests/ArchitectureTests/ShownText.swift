import Core
import Foundation

/// A text that people read: a message of `share/locales`, or an `id` or `en` of a guide, a service or another
/// configured file.
struct ShownText {
  let file: ConfigurationFile
  let path: ConfigurationPath
  /// What `docs/words.md` calls it in its column “where”: a message's key, or the file's path.
  let name: String
  let language: Language
  let said: SpokenText

  /// Everything that Gapura is shipped with.
  static func shipped() throws -> [ShownText] {
    let locales = try paths("share/locales").flatMap { path in
      let language = Language(rawValue: URL(filePath: path).deletingPathExtension().lastPathComponent)
      return try texts(in: path, isLocale: true) { _ in language }
    }
    let others = try (paths("share/guides") + paths("etc/gapura")).flatMap { path in
      try texts(in: path, isLocale: false) { steps in steps.last.flatMap { languages[$0] } }
    }
    return locales + others
  }

  private static let languages: [ConfigurationPath.Step: Language] = ["id": .indonesian, "en": .english]

  /// The texts of a file, and in which language each is; nil for what nobody reads.
  static func texts(
    in path: String, isLocale: Bool, language: ([ConfigurationPath.Step]) -> Language?
  ) throws -> [ShownText] {
    let file = try ConfigurationFile(reading: path)
    return try file.decode(Tree.self).leaves.compactMap { steps, text in
      guard let language = language(steps) else { return nil }
      let key = steps.map { step in if case .key(let key) = step { key } else { "" } }.joined(separator: ".")
      let name = isLocale ? key : String(path.dropFirst(Repository.root.path.count + 1))
      return ShownText(
        file: file, path: ConfigurationPath(steps), name: name, language: language, said: SpokenText(text, language))
    }
  }

  /// Every `.json5` of a directory and those below it.
  private static func paths(_ directory: String) -> [String] {
    let walker = FileManager.default.enumerator(
      at: Repository.root.appendingPathComponent(directory), includingPropertiesForKeys: nil)
    return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json5" }.map(\.path).sorted()
  }
}

/// The texts of a file with the way to each; numbers and the like are left out.
private enum Tree: Decodable {
  case text(String)
  case group([String: Tree])
  case list([Tree])
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let members = try? container.decode([String: Tree].self) {
      self = .group(members)
    } else if let entries = try? container.decode([Tree].self) {
      self = .list(entries)
    } else {
      self = .other
    }
  }

  var leaves: [(steps: [ConfigurationPath.Step], text: String)] {
    switch self {
    case .text(let text): [([], text)]
    case .group(let members):
      members.sorted { $0.key < $1.key }.flatMap { name, tree in
        tree.leaves.map { ([.key(name)] + $0.steps, $0.text) }
      }
    case .list(let entries):
      entries.enumerated().flatMap { index, tree in tree.leaves.map { ([.entry(index)] + $0.steps, $0.text) } }
    case .other: []
    }
  }
}
