/// Reads an object whose keys are all known: a key that is not among `Keys` is refused with the
/// nearest one that is, and every value that does not fit with what would.
///
///     init(from decoder: any Decoder) throws {
///       let file = try StrictContainer<Keys>(decoder)
///       name = try file.value(.name)
///       days = try file.number(.days, in: 1...60)
///       audience = try file.choice(.audience)
///     }
public struct StrictContainer<Keys: CodingKey & CaseIterable> {
  private let container: KeyedDecodingContainer<Keys>

  /// - Throws: `ConfigurationRefusal` for an unknown key.
  public init(_ decoder: any Decoder) throws {
    let known = Keys.allCases.map(\.stringValue)
    let written = try decoder.container(keyedBy: AnyKey.self)
    // The decoder keeps no order; by name, so that the same file always gives the same message.
    for key in written.allKeys.map(\.stringValue).sorted() where !known.contains(key) {
      let mend = nearest(to: key, among: known).map { "Did you mean \"\($0)\"? " } ?? ""
      throw ConfigurationRefusal(
        ConfigurationPath(decoder.codingPath).appending(.key(key)), at: .key, what: "this key is unknown",
        mend: "\(mend)Known here: \(known.joined(separator: ", ")).")
    }
    container = try decoder.container(keyedBy: Keys.self)
  }

  /// Whether the key is there.
  public func has(_ key: Keys) -> Bool { container.contains(key) }

  /// A value that must be there.
  public func value<Value: Decodable>(_ key: Keys, as type: Value.Type = Value.self) throws -> Value {
    try locating(key) { try container.decode(Value.self, forKey: key) }
  }

  /// A value that may be left out.
  public func optional<Value: Decodable>(_ key: Keys, as type: Value.Type = Value.self) throws -> Value? {
    try locating(key) { try container.decodeIfPresent(Value.self, forKey: key) }
  }

  /// A value that has a default.
  public func value<Value: Decodable>(_ key: Keys, or standard: Value) throws -> Value {
    try optional(key) ?? standard
  }

  /// Foundation's decoder throws an error of its own, without the place, at a number that the type
  /// cannot hold.
  private func locating<Value>(_ key: Keys, _ decode: () throws -> Value) throws -> Value {
    do {
      return try decode()
    } catch let error where !(error is DecodingError || error is ConfigurationRefusal) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath + [key], debugDescription: "\(error)", underlyingError: error))
    }
  }

  /// A refusal of the value of `key`, or of something inside it.
  public func refusal(
    _ key: Keys, _ inside: [ConfigurationPath.Step] = [], what: String, mend: String
  ) -> ConfigurationRefusal {
    let path = ConfigurationPath(container.codingPath).appending(.key(key.stringValue))
    return ConfigurationRefusal(ConfigurationPath(path.steps + inside), what: what, mend: mend)
  }

  /// A refusal of the object itself.
  public func refusal(what: String, mend: String) -> ConfigurationRefusal {
    ConfigurationRefusal(ConfigurationPath(container.codingPath), what: what, mend: mend)
  }
}

extension StrictContainer {
  /// A whole number within bounds; `standard` where the key is left out, if one is given.
  public func number(_ key: Keys, in bounds: ClosedRange<Int>, or standard: Int? = nil) throws -> Int {
    if let standard, !has(key) { return standard }
    let number = try value(key, as: Int.self)
    guard bounds.contains(number) else {
      throw refusal(
        key, what: "\(number) is out of bounds",
        mend: "Write a whole number from \(bounds.lowerBound) to \(bounds.upperBound).")
    }
    return number
  }

  /// A text that is not empty and not longer than `characterCountMax`.
  public func text(_ key: Keys, characterCountMax: Int = 200) throws -> String {
    let text = try value(key, as: String.self)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw refusal(key, what: "the text is empty", mend: "Write something between the quotes.")
    }
    guard text.count <= characterCountMax else {
      throw refusal(
        key, what: "the text has \(text.count) characters, more than the \(characterCountMax) that fit",
        mend: "Shorten it.")
    }
    return text
  }

  /// A list with a bounded number of entries; an empty one where the key is left out, if that may be.
  public func list<Entry: Decodable>(
    _ key: Keys, of type: Entry.Type = Entry.self, entryCount bounds: ClosedRange<Int>
  ) throws -> [Entry] {
    if bounds.contains(0), !has(key) { return [] }
    let entries = try value(key, as: [Entry].self)
    guard bounds.contains(entries.count) else {
      throw refusal(
        key, what: "the list has \(entries.count) entries",
        mend: "Write \(bounds.lowerBound) to \(bounds.upperBound) entries.")
    }
    return entries
  }

  /// Refuses a list in which two entries go by the same name.
  ///
  /// - Parameters:
  ///   - names: the name of each entry, in order.
  ///   - member: the key inside each entry that holds the name; nil where the entry is the name.
  public func refuseRepeats<Name: Hashable>(
    in key: Keys, names: [Name], member: ConfigurationPath.Step?
  ) throws {
    var places: [Name: Int] = [:]
    for (place, name) in names.enumerated() {
      guard let first = places.updateValue(place, forKey: name) else { continue }
      throw refusal(
        key, [.entry(place)] + [member].compactMap { $0 },
        what: "\"\(name)\" already stands in entry \(first + 1)",
        mend: member == nil ? "Remove one of the two." : "Give each entry a name of its own.")
    }
  }

  /// One of a closed set of words; `standard` where the key is left out, if one is given.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: Keys, or standard: Choice? = nil
  ) throws -> Choice {
    if let standard, !has(key) { return standard }
    let text = try value(key, as: String.self)
    if let choice = Choice(rawValue: text) { return choice }
    throw refusal(
      key, what: "\"\(text)\" is not one of the words that can stand here",
      mend: KnownWords.mend(text, among: Choice.self))
  }

  /// A day, written `"2026-12-31"`, of a year in which a rule of this office can begin or end.
  public func date(_ key: Keys) throws -> CivilDate {
    let text = try value(key, as: String.self)
    guard let date = CivilDate(iso: text) else {
      throw refusal(
        key, what: "\"\(text)\" is not a day of the calendar",
        mend: "Write year, month and day, such as \"2026-12-31\".")
    }
    guard ConfigurationYears.plausible.contains(date.year) else {
      throw refusal(
        key, what: "\(date) is in a year that cannot be meant",
        mend:
          "Write a day from \(ConfigurationYears.plausible.lowerBound) to \(ConfigurationYears.plausible.upperBound).")
    }
    return date
  }

  /// A day that may be left out.
  public func optionalDate(_ key: Keys) throws -> CivilDate? { has(key) ? try date(key) : nil }

  /// A time of day, written `"08:30"`.
  public func time(_ key: Keys) throws -> CivilTime {
    let text = try value(key, as: String.self)
    guard let time = CivilTime(text) else {
      throw refusal(
        key, what: "\"\(text)\" is not a time of day", mend: ClockSpelling.mend(text))
    }
    return time
  }
}

/// The years of which a configuration speaks: from the rules that are still in force to the end of any planning.
public enum ConfigurationYears {
  /// The years that a date in a configuration file may have.
  public static let plausible = 1990...2100
}

/// Times of day as people write them by habit.
private enum ClockSpelling {
  /// `"8.30"` and `"8:30"` mean `"08:30"`.
  static func mend(_ text: String) -> String {
    let parts = text.split(whereSeparator: { ".:, ".contains($0) })
    let padded = parts.map { $0.count == 1 ? "0" + $0 : String($0) }.joined(separator: ":")
    guard parts.count == 2, let time = CivilTime(padded) else {
      return "Write hours and minutes, such as \"08:30\"."
    }
    return "Write \"\(time)\"."
  }
}

/// A key whatever its name.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
