/// Every message in every language, read once from `share/locales/` and immutable since.
public struct Locales: Sendable {
  private let messages: [Language: [String: String]]

  /// `messages` are flat: `["id": ["queue.take": "Ambil nomor"]]`. Indonesian must be among them.
  public init(_ messages: [Language: [String: String]]) { self.messages = messages }

  /// The languages there are, Indonesian first, the others by tag.
  public var languages: [Language] {
    [.indonesian] + messages.keys.filter { $0 != .indonesian }.sorted()
  }

  /// The message names that a language has; for tests.
  public func keys(of language: Language) -> Set<String> { Set(messages[language, default: [:]].keys) }

  /// The words of one language.
  public func words(_ language: Language) -> Words {
    Words(
      language: messages[language] == nil ? .indonesian : language,
      messages: messages[language, default: [:]],
      fallback: messages[.indonesian, default: [:]])
  }
}

/// The messages of one reader's language.
public struct Words: Sendable {
  public let language: Language
  private let messages: [String: String]
  private let fallback: [String: String]

  init(language: Language, messages: [String: String], fallback: [String: String]) {
    self.language = language
    self.messages = messages
    self.fallback = fallback
  }

  /// The message with each `{name}` replaced by its argument. A message that no language has
  /// shows its key, which a reader can report and a test refuses.
  public func callAsFunction(_ key: MessageKey, _ arguments: KeyValuePairs<String, String> = [:]) -> String {
    var text = messages[key.description] ?? fallback[key.description] ?? key.description
    for (name, value) in arguments {
      text = text.replacingOccurrences(of: "{\(name)}", with: value)
    }
    return text
  }

  /// The configured text in this language.
  public func callAsFunction(_ text: LocalizedText) -> String { text[language] }

  /// `Minggu, 22 November 2026`.
  public func longDate(_ date: CivilDate) -> String {
    let weekday = self(MessageKey("calendar.weekday", named: String(date.weekday)))
    return "\(weekday), \(self.date(date))"
  }

  /// `22 November 2026`.
  public func date(_ date: CivilDate) -> String {
    let month = self(MessageKey("calendar.month", named: String(date.month)))
    return "\(date.day) \(month) \(date.year)"
  }

  /// `14.30 WIB`, as clocks are written in Indonesia.
  public func time(_ instant: Instant, in zone: OfficeZone) -> String {
    let time = zone.time(of: instant).description.split(separator: ":").joined(separator: ".")
    return "\(time) \(zone.rawValue)"
  }
}

extension String {
  /// Replaces every occurrence; what was put in is not searched again.
  func replacingOccurrences(of target: String, with replacement: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: target) {
      result += rest[..<range.lowerBound]
      result += replacement
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
