import XCTest

/// Where something stands is a case of an enum in a statement too: a renamed case would otherwise be found nowhere.
final class StateTextTests: XCTestCase {
  func testStatesAndKindsAreCasesAndNotTextOfStatements() throws {
    let sources = try Repository.sources().filter { !StateTextRule.isExempt($0.path) }
    XCTAssertGreaterThan(sources.count, 300, "the sources were not found")
    let findings = sources.flatMap { source in
      StateTextRule.words(in: source.text).map { "\(source.path): \($0)" }
    }
    XCTAssertEqual(findings, [], "bind the case; in the condition of an index or a column: \\(literal: State.waiting)")
  }

  func testAWordInAStatementIsFoundWhereverItStandsAndOtherTextIsNone() {
    let bad = [
      "WHERE state = 'waiting' AND day = 1", "WHERE state <> 'held'", "state IN ('called', 'serving')",
      "AND action NOT IN ('tutup-hari', 'urungkan')", "VALUES (1, 'held', 2)", "CASE WHEN 'a' THEN 'b' ELSE 'c' END",
      "facts LIKE '%outcome=denied%'", "('waiting') <> (state)", "WHERE kind='web'",
      ".unique(\"house_open\", on: [\"room\"], where: \"state = 'open'\")",
      ".check(\"role IN ('clerk', 'supervisor')\")",
    ]
    for text in bad { XCTAssertFalse(StateTextRule.words(in: text).isEmpty, text) }
    let good = [
      "/// A table with `state = 'waiting'`.", "SET reason = ''", "coalesce(state, '') <> ?",
      "state = \\(literal: TicketState.waiting)", "default-src 'none'; script-src 'self'",
      "the office's and others' texts", "SELECT 1 FROM sqlite_master WHERE type = 'table'",
    ]
    for text in good { XCTAssertEqual(StateTextRule.words(in: text), [], text) }
  }
}

/// Quoted words in the text of statements.
enum StateTextRule {
  /// What Store asks of its own tables has no enum.
  static func isExempt(_ path: String) -> Bool { path.hasPrefix("Sources/Store/") }

  /// The words after what stands before a value in a statement, without those of comments and of the engine's own tables.
  static func words(in text: String) -> [String] {
    text.split(separator: "\n").filter { line in
      !line.drop(while: \.isWhitespace).hasPrefix("//") && !line.contains("sqlite_master")
    }.flatMap { line in
      line.matches(of: /(?:[=<>(,]|\b(?:LIKE|WHEN|THEN|ELSE))\s*('[A-Za-z%][^'\s]*')/).map { String($0.output.1) }
    }
  }
}
