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

  /// A message as its file has it, with its placeholders; for tests.
  public func template(of key: String, in language: Language) -> String? { messages[language]?[key] }

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
  /// The reader's language; words that it lacks are shown in Indonesian.
  public let language: Language
  private let book: Book

  /// Both behind one reference of this reader's own: words are handed from part to part of a page some hundreds of times, and
  /// the dictionaries, of which all readers have the same, would be counted on all processors at once.
  private final class Book: Sendable {
    let messages: [String: String]
    let fallback: [String: String]

    init(messages: [String: String], fallback: [String: String]) {
      self.messages = messages
      self.fallback = fallback
    }

    func text(_ key: String) -> String? { messages[key] ?? fallback[key] }
  }

  init(language: Language, messages: [String: String], fallback: [String: String]) {
    self.language = language
    book = Book(messages: messages, fallback: fallback)
  }

  /// The message with each `{name}` replaced by its argument, which does not change the order of the words around it. A
  /// message that no language has shows its key, which a reader can report and a test refuses.
  public func callAsFunction(_ key: MessageKey, _ arguments: KeyValuePairs<String, String> = [:]) -> String {
    let text = book.text(key.description) ?? key.description
    // Most messages have nothing to be filled in, and a page has some hundreds.
    guard !arguments.isEmpty, text.utf8.contains(UInt8(ascii: "{")) else { return text }
    return text.filling(
      Dictionary(arguments.map { ($0.key, $0.value.isolated) }, uniquingKeysWith: { _, last in last }))
  }

  /// Whether there is such a message in any language.
  public func has(_ key: MessageKey) -> Bool { book.text(key.description) != nil }

  /// The configured text in this language.
  public func callAsFunction(_ text: LocalizedText) -> String { text[language] }

  /// `Minggu, 22 November 2026`.
  public func longDate(_ date: CivilDate) -> String {
    let weekday = self(MessageKey("calendar.weekday", named: String(date.weekday)))
    return "\(weekday), \(self.date(date))"
  }

  /// `Senin–Jumat, 7–11 Desember 2026`: a stretch of days with both of its ends; of a single day its date.
  public func longDates(from first: CivilDate, to last: CivilDate) -> String {
    guard first < last else { return longDate(first) }
    // Beyond a week the days of the week alone would look as if they came round once.
    guard last < first.adding(days: 7) else { return "\(longDate(first)) – \(longDate(last))" }
    let weekdays = [first, last].map { self(MessageKey("calendar.weekday", named: String($0.weekday))) }
    let isOneMonth = first.month == last.month && first.year == last.year
    let dates = isOneMonth ? "\(first.day)–\(date(last))" : "\(date(first)) – \(date(last))"
    return "\(weekdays.joined(separator: "–")), \(dates)"
  }

  /// `Minggu, 22 November`: for days that are so near that the year goes without saying.
  public func nearDate(_ date: CivilDate) -> String {
    let weekday = self(MessageKey("calendar.weekday", named: String(date.weekday)))
    return "\(weekday), \(date.day) \(self(MessageKey("calendar.month", named: String(date.month))))"
  }

  /// `22 November 2026`.
  public func date(_ date: CivilDate) -> String {
    let month = self(MessageKey("calendar.month", named: String(date.month)))
    return "\(date.day) \(month) \(date.year)"
  }

  /// `14.30 WIB`, as clocks are written in Indonesia.
  public func time(_ instant: Instant, in zone: OfficeZone) -> String { time(zone.time(of: instant), in: zone) }

  /// `14.30 WIB`, of a time of day at the office.
  public func time(_ time: CivilTime, in zone: OfficeZone) -> String { "\(clock(time)) \(zone.rawValue)" }

  /// `14.30`: where the zone stands beside it already.
  public func clock(_ time: CivilTime) -> String { time.spoken }

  /// `22 November 2026, 14.30 WIB`: when something happened.
  public func moment(_ instant: Instant, in zone: OfficeZone) -> String {
    "\(date(zone.date(of: instant))), \(time(instant, in: zone))"
  }

  /// `Minggu, 22 November 2026, 14.30 WIB`: where the day of the week matters too.
  public func longMoment(_ instant: Instant, in zone: OfficeZone) -> String {
    "\(longDate(zone.date(of: instant))), \(time(instant, in: zone))"
  }
}

extension String {
  /// The text with each `{name}` replaced by its argument. What is put in is not searched again, so
  /// that a person's own words cannot call for another argument; a name without an argument stays.
  func filling(_ arguments: [String: String]) -> String {
    var result = ""
    var rest = self[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      // A brace that opens nothing is text; the search goes on behind it.
      if let value = arguments[String(rest[rest.index(after: open)..<close])] {
        result += value
        rest = rest[rest.index(after: close)...]
      } else {
        result.append("{")
        rest = rest[rest.index(after: open)...]
      }
    }
    return result + rest
  }
}
