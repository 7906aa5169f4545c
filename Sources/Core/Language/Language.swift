/// A language that a face can speak, by its BCP 47 tag; one file in `share/locales/` each.
public struct Language: Hashable, Sendable, RawRepresentable, Comparable, Codable, CustomStringConvertible {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let indonesian = Language(rawValue: "id")
  public static let english = Language(rawValue: "en")

  public var description: String { rawValue }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A text of the configuration in several languages; Indonesian is always there.
public struct LocalizedText: Hashable, Sendable, Decodable {
  private let texts: [Language: String]

  public init(indonesian: String, english: String) {
    texts = [.indonesian: indonesian, .english: english]
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let byTag = try container.decode([String: String].self)
    texts = Dictionary(uniqueKeysWithValues: byTag.map { (Language(rawValue: $0.key), $0.value) })
    for required in [Language.indonesian, .english] where texts[required, default: ""].isEmpty {
      throw ConfigurationRefusal(
        ConfigurationPath(decoder.codingPath), what: "the text is missing in \"\(required)\"",
        mend: "Write { id: \"…\", en: \"…\" }.")
    }
  }

  /// The text in `language`, or in Indonesian where it has not been translated.
  public subscript(language: Language) -> String {
    texts[language] ?? texts[.indonesian] ?? ""
  }
}
