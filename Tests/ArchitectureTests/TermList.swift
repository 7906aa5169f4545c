import Core
import Foundation

/// A word or several, taken apart once for comparing.
struct Phrase: Equatable {
  let text: String
  let words: [String]

  init(_ text: String) {
    self.text = text
    words = text.lowercased().split { !($0.isLetter || $0.isNumber || "-/._'".contains($0)) }
      .map { $0.trimmingCharacters(in: ["-", ".", "'"]) }.filter { !$0.isEmpty }
  }
}

/// One thing and the one word for it, as a row of `docs/words.md` says.
struct Term {
  /// What stands for the thing and is not to be used, and the phrases in which it means another.
  struct Refused {
    let phrase: Phrase
    let except: [Phrase]
  }

  let meaning: String
  let language: Language
  let word: Phrase
  let refused: [Refused]
  /// Beginnings of the texts' names to which the row applies; empty for all texts.
  let scope: [String]
  /// Of the row, counted from 1.
  let line: Int
}

/// The terms of `docs/words.md`: a heading `## Bahasa Indonesia (id)` for each language, and below it a table of
/// meaning, word, words not used, and where.
struct TermList {
  /// A row that cannot be read.
  struct Broken: Error, Equatable, CustomStringConvertible {
    let line: Int
    let what: String

    var description: String { "docs/words.md:\(line): \(what)" }
  }

  let terms: [Term]

  init(_ markdown: String) throws(Broken) {
    var terms: [Term] = []
    var language: Language?
    for (index, row) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if row.hasPrefix("#") {
        language = row.firstMatch(of: /\(([a-z]{2})\)\s*$/).map { Language(rawValue: String($0.1)) }
      } else if row.hasPrefix("|"), let language {
        if let term = try Self.term(row, language, line: index + 1) { terms.append(term) }
      }
    }
    guard !terms.isEmpty else { throw Broken(line: 1, what: "there is no table of terms") }
    self.terms = terms
  }

  /// Nil for the two rows of a table's head.
  private static func term(_ row: Substring, _ language: Language, line: Int) throws(Broken) -> Term? {
    let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard cells.count == 4 else { throw Broken(line: line, what: "a row has four cells: meaning, word, not, where") }
    if cells[0] == "meaning" || cells.allSatisfy({ $0.allSatisfy { "-:".contains($0) } }) { return nil }
    guard !cells[0].isEmpty, !cells[1].isEmpty else { throw Broken(line: line, what: "meaning or word is missing") }
    guard !cells[3].isEmpty else { throw Broken(line: line, what: "write where it applies, or “everywhere”") }
    let scope = cells[3] == "everywhere" ? [] : parts(cells[3]).map { $0.trimmingCharacters(in: ["`"]) }
    return Term(
      meaning: cells[0], language: language, word: Phrase(cells[1]),
      refused: try parts(cells[2]).map { part throws(Broken) in
        try refused(part, line: line)
      }, scope: scope, line: line)
  }

  /// `laporan [laporan kehilangan; surat laporan]`: a phrase, and in brackets where it may stand all the same.
  private static func refused(_ cell: String, line: Int) throws(Broken) -> Term.Refused {
    guard let open = cell.firstIndex(of: "[") else { return Term.Refused(phrase: Phrase(cell), except: []) }
    guard cell.hasSuffix("]") else { throw Broken(line: line, what: "the bracket of “\(cell)” is not closed") }
    let except = cell[cell.index(after: open)...].dropLast().split(separator: ";").map { Phrase(String($0)) }
    return Term.Refused(phrase: Phrase(cell[..<open].trimmingCharacters(in: .whitespaces)), except: except)
  }

  private static func parts(_ cell: String) -> [String] {
    cell.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

/// What a text says, compared with phrases whatever their case and the punctuation between the words.
struct SpokenText {
  private let words: [String]
  private let endings: [String]

  init(_ text: String, _ language: Language) {
    words = Phrase(text).words
    // What a word may carry at its end and still be the same word.
    endings = language == .indonesian ? ["nya", "ku", "mu", "lah", "kah", "pun"] : ["s", "es", "'s", "s'"]
  }

  func says(_ phrase: Phrase) -> Bool { !places(of: phrase).isEmpty }

  /// Whether the phrase stands outside of every one of its exceptions.
  func says(_ refused: Term.Refused) -> Bool {
    let found = places(of: refused.phrase)
    guard !found.isEmpty else { return false }
    let allowed = refused.except.flatMap { places(of: $0) }
    return found.contains { place in !allowed.contains { $0.contains(place.lowerBound) } }
  }

  private func places(of phrase: Phrase) -> [Range<Int>] {
    guard let first = phrase.words.first else { return [] }
    return words.indices.lazy.filter { isSame(words[$0], first) }.map { $0..<$0 + phrase.words.count }.filter { range in
      range.upperBound <= words.count && zip(words[range], phrase.words).allSatisfy(isSame)
    }
  }

  private func isSame(_ said: String, _ word: String) -> Bool {
    guard said.hasPrefix(word) else { return false }
    return said.utf8.count == word.utf8.count || endings.contains(String(said.dropFirst(word.count)))
  }
}
