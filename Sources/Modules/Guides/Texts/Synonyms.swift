internal import Core

/// Words that people use for one of ours, and words by which they look for a page: `share/guides/search.json5`.
struct Synonyms: Decodable, Sendable {
  /// The words by which a word is found, by how it is typed.
  let words: [String: [String]]

  /// Further words by which a page of the menu is found, by its path.
  let pages: [String: [String]]

  enum Keys: String, CodingKey, CaseIterable { case words, pages }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let entries = try file.list(.words, of: Entry.self, entryCount: 0...300)
    try file.refuseRepeats(in: .words, names: entries.map(\.typed), member: "typed")
    words = Dictionary(uniqueKeysWithValues: entries.map { ($0.typed, $0.means) })
    let listed = try file.list(.pages, of: Page.self, entryCount: 0...50)
    try file.refuseRepeats(in: .pages, names: listed.map(\.path), member: "path")
    pages = Dictionary(uniqueKeysWithValues: listed.map { ($0.path, $0.keywords) })
  }

  init(_ words: [String: [String]] = [:], pages: [String: [String]] = [:]) {
    self.words = words
    self.pages = pages
  }

  private struct Page: Decodable {
    let path: String
    let keywords: [String]

    enum Keys: String, CodingKey, CaseIterable { case path, keywords }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      path = try file.text(.path, characterCountMax: 100)
      keywords = try file.list(.keywords, of: String.self, entryCount: 1...40)
    }
  }

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
