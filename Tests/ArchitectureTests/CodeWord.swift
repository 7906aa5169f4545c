import Foundation

/// A word in names of code and its one meaning, as a row of `docs/words.md` says.
struct CodeWord: Equatable {
  /// A row that cannot be read.
  struct Broken: Error, Equatable {
    let row: String
  }

  let word: String
  /// What it means; of a word that stands nowhere, what is written instead.
  let meaning: String
  /// The targets in whose names it has that meaning; nil for all of them.
  let targets: Set<String>?

  /// The rows of the table below the heading “In code”.
  static func all(in markdown: String) throws -> [CodeWord] {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != "## In code" }.dropFirst().prefix { !$0.hasPrefix("#") }
    return try section.filter { $0.hasPrefix("|") }.dropFirst(2).map { try CodeWord(row: String($0)) }
  }

  private init(row: String) throws {
    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 3, cells.allSatisfy({ !$0.isEmpty }) else { throw Broken(row: row) }
    (word, meaning) = (cells[0], cells[1])
    switch cells[2] {
    case "everywhere": targets = nil
    case "nowhere": targets = []
    default: targets = Set(cells[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    }
  }

  /// Whether a name of that target may have the word.
  func mayStand(in target: String) -> Bool { targets?.contains(target) ?? true }
}
