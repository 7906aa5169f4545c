internal import Core

/// Words that people use for one of ours: `share/guides/search.json5`.
struct Synonyms: Decodable, Sendable {
  /// For a word as it is typed, the words by which it is found.
  let words: [String: [String]]

  enum Keys: String, CodingKey, CaseIterable { case words }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let entries = try file.list(.words, of: Entry.self, entryCount: 0...300)
    try file.refuseRepeats(in: .words, names: entries.map(\.typed), member: "typed")
    words = Dictionary(uniqueKeysWithValues: entries.map { ($0.typed, $0.means) })
  }

  init(_ words: [String: [String]] = [:]) { self.words = words }

  private struct Entry: Decodable {
    let typed: String
    let means: [String]

    enum Keys: String, CodingKey, CaseIterable { case typed, means }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      typed = try file.text(.typed, characterCountMax: 40)
      means = try file.list(.means, of: String.self, entryCount: 1...10)
    }
  }
}
