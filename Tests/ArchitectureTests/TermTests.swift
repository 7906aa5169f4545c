import Core
import Foundation
import XCTest

/// Holds what people read to the terms of `docs/words.md`.
final class TermTests: XCTestCase {
  private func terms() throws -> [Term] {
    let list = Repository.root.appendingPathComponent("docs/words.md")
    return try TermList(String(contentsOf: list, encoding: .utf8)).terms
  }

  func testEveryTextUsesTheWordsOfTheList() throws {
    let texts = try ShownText.shipped()
    XCTAssertGreaterThan(texts.count, 4000, "the texts were not found")
    for problem in try TermRule(terms: terms()).problems(in: texts) { XCTFail("\(problem)") }
  }

  func testEveryTermOfTheListOccurs() throws {
    let texts = try ShownText.shipped()
    for term in try terms() {
      let occurs = texts.contains { term.applies(to: $0) && $0.said.says(term.word) }
      XCTAssertTrue(occurs, "docs/words.md:\(term.line): nothing says “\(term.word.text)”, or not where the row says")
    }
  }

  func testBothLanguagesHaveALongEnoughList() throws {
    let counts = Dictionary(grouping: try terms(), by: \.language).mapValues(\.count)
    for language in [Language.indonesian, .english] { XCTAssertGreaterThan(counts[language] ?? 0, 20, "\(language)") }
  }

  func testRefusedWordIsFoundWithItsPlaceAndTheRightWord() throws {
    let found = try problems(
      #"{ a: { b: "Kirim Surel", c: "Alamat email" }, d: "dengan surelnya." }"#,
      terms: "## Bahasa Indonesia (id)\n| the electronic letter | email | surel, pos-el | everywhere |")
    XCTAssertEqual(found.map(\.line), [1, 1])
    XCTAssertEqual(found.map { String(describing: $0.path) }, ["a, b", "d"])
    XCTAssertTrue(found[0].description.contains("“surel”") && found[0].description.contains("Write “email”"))
  }

  func testWordIsAllowedInItsExceptionsAndOutsideOfItsScopeOnly() throws {
    let list = """
      ## Bahasa Indonesia (id)
      | meaning | word | not | where |
      |---|---|---|---|
      | times to book | kuota | tempat [tempat lahir; tempat tanggal lahir] | `buku` |
      """
    let texts = #"""
      { buku: { a: "Tempat lahir", b: "Tempat, tanggal lahir", c: "Tempat lahir dan tempat lain", d: "setempat" },
        lain: "Tempat apa saja" }
      """#
    XCTAssertEqual(try problems(texts, terms: list).map { String(describing: $0.path) }, ["buku, c"])
  }

  func testListWithABrokenRowIsRefusedWithItsLine() {
    for (row, line) in [("| a | b | c |", 2), ("| a |  | c | everywhere |", 2), ("| a | b | c [d | everywhere |", 2)] {
      XCTAssertThrowsError(try TermList("## English (en)\n\(row)")) { error in
        XCTAssertEqual((error as? TermList.Broken)?.line, line, row)
      }
    }
    XCTAssertThrowsError(try TermList("# Words\nNo table."))
  }

  /// What is refused of a file of messages.
  private func problems(_ messages: String, terms: String) throws -> [ConfigurationProblem] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).json5")
    defer { try? FileManager.default.removeItem(at: file) }
    try messages.write(to: file, atomically: true, encoding: .utf8)
    let texts = try ShownText.texts(in: file.path, isLocale: true) { _ in .indonesian }
    return TermRule(terms: try TermList(terms).terms).problems(in: texts)
  }
}

/// Finds words that the list refuses.
struct TermRule {
  let terms: [Term]

  func problems(in texts: [ShownText]) -> [ConfigurationProblem] {
    texts.flatMap { text in
      terms.filter { $0.applies(to: text) }.flatMap { term in
        term.refused.filter { text.said.says($0) }.map { refused in
          text.file.problem(
            at: text.path, what: "“\(refused.phrase.text)” is not our word for \(term.meaning)",
            mend: "Write “\(term.word.text)” (docs/words.md, line \(term.line))")
        }
      }
    }
  }
}

extension Term {
  func applies(to text: ShownText) -> Bool {
    language == text.language && (scope.isEmpty || scope.contains { text.belongs(to: $0) })
  }
}

extension ShownText {
  /// Whether the text is the named one or below it: a group of messages, a file or a directory.
  fileprivate func belongs(to scope: String) -> Bool {
    name == scope || name.hasPrefix("\(scope).") || name.hasPrefix("\(scope)/")
  }
}
