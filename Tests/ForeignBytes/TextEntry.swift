internal import Civil
internal import Core

/// What people type about themselves: every gate is idempotent, what it lets through holds nothing invisible, and an answer
/// that was accepted is accepted again as it is kept.
struct TextEntry: FuzzEntry {
  static let name = "text"

  static let seeds =
    [
      "Siti Nurhaliza", "3174995508900001", "31.74-99 550890/0001", "17 Agustus 1990", "17081990", "1990-08-17",
      "5 Peb. 2001",
      "0812-3456-7890", "+62 812 3456 7890", "0049 30 123456", "(0752) 628269", "siti@example.co.id", "X1234567",
      "Hj. Tuti Sriwati, S.E.", "M. Ilham A/L Rahman", "O’Brien", "e\u{301}\u{301}", "\u{FF33}\u{FF49}\u{FF54}\u{FF49}",
      "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "a\u{202E}b\u{2066}c", "a\r\nb\u{85}c\u{2028}d\te", "\u{F0B7} satu",
      "\u{1F600}\u{FE0F}",
      "Jl. Merdeka No. 1\nKotabumi", "L", "IDN", "D", "\u{AD}\u{200B}\u{FEFF}", "\u{1100}\u{1161}\u{11A8}",
      "\u{2126}\u{212B}",
      "a" + String(repeating: "\u{300}", count: 40), "\u{0}\u{1B}[2J", "\u{E000}", "\u{3000}\u{FF0D}\u{2212}\u{2043}",
    ].map { Array($0.utf8) } + [[0xED, 0xA0, 0x80, 0x41], [0xFF, 0xFE]]

  static let words = [
    "\u{301}", "\u{200D}", "\u{200C}", "\u{202E}", "\u{FEFF}", "\u{FF10}", "\u{660}", "\u{94D}", "\u{1161}", "\u{11A8}",
    "\u{2800}", "\u{FFA0}", "\u{3000}", "\r\n", "+62", "Agustus", "@example.id", "\u{345}", "\u{F73}", "\u{1D165}",
  ]

  private static let gates: [(name: String, gate: @Sendable (String) -> String)] = [
    ("lines", { TextGate.lines($0).text }), ("line", { TextGate.line($0).text }), ("name", { TextGate.name($0).text }),
    ("number", { TextGate.number($0).text }), ("username", { TextGate.username($0).text }),
    ("password", { TextGate.password($0) }), ("trimmed", { TextGate.trimmed($0) }),
  ]

  private static let today = CivilDate(dayNumber: 20_787)

  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    for (name, gate) in Self.gates { try checkGate(name, gate, text) }
    try checkKeys(text)
    try checkLines(text)
    for isForCitizens in [true, false] {
      let reader = PersonalReader(isForCitizens: isForCitizens, today: Self.today)
      for field in PersonalField.allCases { try checkAnswer(text, as: field, reader) }
    }
    try checkParts(text)
  }

  private func checkGate(_ name: String, _ gate: (String) -> String, _ text: String) throws {
    let once = gate(text)
    let twice = gate(once)
    try hold(
      Array(once.utf8) == Array(twice.utf8),
      "\(name) gives \(EscapedBytes.text(of: once.utf8)), and of that \(EscapedBytes.text(of: twice.utf8))")
  }

  private func checkKeys(_ text: String) throws {
    for character in text.prefix(40) {
      guard let key = TextGate.key(character) else { continue }
      try hold(TextGate.key(key) == key, "the key \(EscapedBytes.text(of: String(character).utf8)) is not kept")
    }
  }

  private func checkLines(_ text: String) throws {
    let admitted = TextGate.lines(text)
    for scalar in admitted.text.unicodeScalars {
      let properties = scalar.properties
      let isClean =
        (properties.generalCategory != .control || scalar == "\n" || scalar == "\t")
        && properties.generalCategory != .privateUse
        && (!properties.isDefaultIgnorableCodePoint || scalar == "\u{200C}" || scalar == "\u{200D}")
      try hold(isClean, "U+\(String(scalar.value, radix: 16)) is let through")
    }
    let line = TextGate.line(text).text
    try hold(!line.contains { $0.isNewline } && !line.contains("  "), "no line: \(EscapedBytes.text(of: line.utf8))")
    try hold(line.unicodeScalars.count <= 3 * text.unicodeScalars.count, "a line grows: \(line.unicodeScalars.count)")
  }

  private func checkAnswer(_ text: String, as field: PersonalField, _ reader: PersonalReader) throws {
    let reading: PersonalReader.Reading
    do { reading = try reader.read(text, as: field) } catch { return }
    let value = reading.value
    let said = "\(field) \(EscapedBytes.text(of: text.utf8)) is kept as \(EscapedBytes.text(of: value.utf8))"
    let again: PersonalReader.Reading
    do { again = try reader.read(value, as: field) } catch { throw Finding("\(said), which is refused: \(error)") }
    try hold(
      Array(again.value.utf8) == Array(value.utf8), "\(said), and that as \(EscapedBytes.text(of: again.value.utf8))")
    try hold(again.doubts == reading.doubts, "\(said), which is doubted otherwise: \(again.doubts)")
    try hold(!value.isEmpty || field == .birthPlace || field == .address, "\(said): nothing")
    try hold(value.utf8.count <= 1200, "\(field) of \(value.utf8.count) bytes is kept")
    if field == .telephone { try hold(value.utf8.count <= 16 && value.hasPrefix("+"), said) }
    if field == .nik { try hold(value.utf8.count == 16, said) }
    if field == .email {
      let address = try EmailAddress(value)
      try hold(address.comparable == address.comparable.lowercased(), "\(said): \(address.comparable)")
    }
  }

  /// A date in three parts: either a day of the calendar or something is wrong with it.
  private func checkParts(_ text: String) throws {
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { return }
    let date = TypedDate.date(parts[0], parts[1], parts[2])
    let faults = TypedDate.faults(parts[0], parts[1], parts[2])
    try hold((date == nil) == !faults.isEmpty, "\(parts) is \(String(describing: date)) with \(faults)")
    if let date { try hold(CivilDate(iso: date.description) == date, "\(date) is no date when it is read again") }
  }
}
