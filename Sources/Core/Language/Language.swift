/// A language that a face can speak, by its BCP 47 tag; one file in `share/locales/` each.
public struct Language: Hashable, Sendable, RawRepresentable, Comparable, Codable, CustomStringConvertible {
  /// The BCP 47 tag: `id`, `en`.
  public let rawValue: String

  /// The language of a BCP 47 tag, whether there is a file of its words or not.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Indonesian, in which every message and every text of the configuration is there.
  public static let indonesian = Language(rawValue: "id")
  /// English, the second language of every face.
  public static let english = Language(rawValue: "en")

  /// The BCP 47 tag.
  public var description: String { rawValue }

  /// By tag, for lists that always look the same; a face puts Indonesian first by itself.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A text in several languages, by their tags; Indonesian is always among them, and stands for a language into which it was
/// not translated.
public struct LocalizedText: Hashable, Sendable, Decodable {
  private let texts: [Language: String]

  /// A text by language.
  ///
  /// - Parameter texts: by language; one without Indonesian is a programmer's error, since nothing would be left to fall
  ///   back on.
  public init(_ texts: [Language: String]) {
    precondition(texts[.indonesian] != nil, "a text needs its Indonesian")
    self.texts = texts
  }

  /// A code or a name that all languages write alike.
  public init(inEveryLanguage text: String) { texts = [.indonesian: text] }

  /// What is said in each of the languages there are.
  public init(in locales: Locales, _ say: (Words) -> String) {
    texts = Dictionary(uniqueKeysWithValues: locales.languages.map { ($0, say(locales.words($0))) })
  }

  /// Reads an object by tag, `{ id: "…", en: "…" }`, in which languages other than Indonesian may be left out.
  ///
  /// - Throws: `ConfigurationRefusal` where Indonesian is missing, or a language is there without a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let byTag = try container.decode([String: String].self)
    let read = Dictionary(uniqueKeysWithValues: byTag.map { (Language(rawValue: $0.key), $0.value) })
    texts = read
    let path = ConfigurationPath(decoder.codingPath)
    if read[.indonesian, default: ""].isEmpty {
      throw ConfigurationRefusal(
        path, what: "the text is missing in \"\(Language.indonesian)\"", mend: "Write { id: \"…\", en: \"…\" }.")
    }
    for (language, text) in read.sorted(by: { $0.key < $1.key }) where text.isEmpty {
      throw ConfigurationRefusal(
        path, what: "the text is missing in \"\(language)\"",
        mend: "Write it, or leave \(language) out: Indonesian stands for it then.")
    }
  }

  /// The text in `language`, or in Indonesian where it has not been translated.
  public subscript(language: Language) -> String {
    texts[language] ?? texts[.indonesian] ?? ""
  }

  /// The text in each language that it has, by their tags.
  public var all: [String] { texts.sorted { $0.key < $1.key }.map(\.value) }
}
