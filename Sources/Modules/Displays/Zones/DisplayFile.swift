import Contracts
import Core

/// The displays in force, from `displays.json5`; without the file the standard holds.
typealias DisplayRules = Reloadable<HallDisplays>

extension Reloadable<HallDisplays> {
  convenience init(directory: ConfigurationDirectory?, office: Office) {
    let counters = Set(office.counters.map(\.number))
    self.init(HallDisplays()) {
      guard let file = try directory?.optionalFile("displays.json5") else { return nil }
      let read = try file.decode(DisplayFile.self).displays
      try read.checkCounters(counters, in: file)
      return read
    }
  }
}

extension HallDisplays {
  /// - Throws: `ConfigurationProblem` for the first counter of a zone that the office does not have.
  fileprivate func checkCounters(_ counters: Set<Int>, in file: ConfigurationFile) throws(ConfigurationProblem) {
    for (place, zone) in zones.enumerated() {
      guard let stranger = zone.counters.firstIndex(where: { !counters.contains($0) }) else { continue }
      throw file.problem(
        at: ConfigurationPath([.key("zones"), .entry(place), .key("counters"), .entry(stranger)]),
        what: "the office has no counter \(zone.counters[stranger])",
        mend:
          "Write numbers of counters in office.json5: \(counters.sorted().map(String.init).joined(separator: ", ")).")
    }
  }
}

/// `displays.json5`.
struct DisplayFile: Decodable {
  /// More could not be read in turn while a person waits.
  private static let tickerCountMax = 12
  private static let zoneCountMax = 20
  private static let tickerCharacterCountMax = 160

  let displays: HallDisplays

  private enum Keys: String, CodingKey, CaseIterable { case ticker, chime, speech, flash, languages, zones }
  private enum Spoken: String, CaseIterable { case id, en }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    var displays = HallDisplays()
    displays.ticker = try Self.ticker(file, .ticker)
    displays.chime = try file.value(.chime, or: displays.chime)
    displays.speech = try file.value(.speech, or: displays.speech)
    displays.flash = try file.value(.flash, or: displays.flash)
    if file.has(.languages) { displays.languages = try Self.languages(file) }
    displays.zones = try file.list(.zones, of: Zone.self, entryCount: 0...Self.zoneCountMax).map(\.zone)
    try file.refuseRepeats(in: .zones, names: displays.zones.map { $0.code ?? "" }, member: "code")
    self.displays = displays
  }

  private static func languages(_ file: StrictContainer<Keys>) throws -> [Language] {
    let tags = try file.list(.languages, of: String.self, entryCount: 1...Spoken.allCases.count)
    try file.refuseRepeats(in: .languages, names: tags, member: nil)
    if let wrong = tags.firstIndex(where: { Spoken(rawValue: $0) == nil }) {
      throw file.refusal(
        .languages, [.entry(wrong)], what: "calls cannot be spoken in \"\(tags[wrong])\"",
        mend: KnownWords.mend(tags[wrong], among: Spoken.self))
    }
    return tags.map { Language(rawValue: $0) }
  }

  fileprivate static func ticker<K: CodingKey & CaseIterable & RawRepresentable<String>>(
    _ file: StrictContainer<K>, _ key: K
  ) throws -> [LocalizedText] {
    let lines = try file.list(key, of: LocalizedText.self, entryCount: 0...tickerCountMax)
    let isLong = { (line: LocalizedText) in line.all.contains { $0.count > tickerCharacterCountMax } }
    if let long = lines.firstIndex(where: isLong) {
      throw file.refusal(
        key, [.entry(long)], what: "the line is longer than the \(tickerCharacterCountMax) characters that fit",
        mend: "Shorten it, or make two lines of it.")
    }
    return lines
  }

  private struct Zone: Decodable {
    let zone: DisplayZone

    enum Keys: String, CodingKey, CaseIterable { case code, name, counters, ticker }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let code = try file.text(.code, characterCountMax: 24)
      guard code.utf8.allSatisfy({ "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }), code != "peristiwa"
      else {
        throw file.refusal(
          .code, what: "\"\(code)\" cannot stand in an address",
          mend: "Write small letters, digits and hyphens, such as \"lantai-2\".")
      }
      let counters = try file.list(.counters, of: Int.self, entryCount: 1...99)
      try file.refuseRepeats(in: .counters, names: counters, member: nil)
      zone = DisplayZone(
        code: code, name: try file.value(.name), counters: counters,
        ticker: file.has(.ticker) ? try DisplayFile.ticker(file, .ticker) : nil)
    }
  }
}
