import XCTest

/// Tables are values: the text of definitions stands in the dialects alone, and what only SQLite knows in its folder.
final class SchemaTextTests: XCTestCase {
  func testDefinitionsAreWrittenByDialectsOnly() throws {
    let findings = try Repository.sources().filter { !SchemaTextRule.isDialect($0.path) }.flatMap { source in
      SchemaTextRule.definitions(in: source.text).map { "\(source.path): \($0)" }
    }
    XCTAssertEqual(findings, [])
  }

  func testDialectsHaveDefinitions() throws {
    let dialects = try Repository.sources().filter { SchemaTextRule.isDialect($0.path) }
    XCTAssertEqual(dialects.count, 3)
    XCTAssertEqual(dialects.filter { SchemaTextRule.definitions(in: $0.text).isEmpty }.map(\.path), [])
  }

  func testOnlyTheFolderOfSQLiteImportsIt() throws {
    let findings = try Repository.sources().filter { source in
      source.target == "Store" && !source.path.hasPrefix("Sources/Store/SQLite/")
        && !Set(ImportRule.imports(in: source.text)).isDisjoint(with: ["CSQLite", "CCheckedPages"])
    }
    XCTAssertEqual(findings.map(\.path), [])
  }

  func testOnlyTheFolderOfSQLiteAsksForItsOwnTables() throws {
    let findings = try Repository.sources().filter { source in
      !source.path.hasPrefix("Sources/Store/SQLite/") && SchemaTextRule.asksSQLite(source.text)
    }
    XCTAssertEqual(findings.map(\.path), [])
    XCTAssertTrue(SchemaTextRule.asksSQLite("\"SELECT 1 FROM sqlite_master\""))
    XCTAssertFalse(SchemaTextRule.asksSQLite("// sqlite_schema is not for modules\nsqlite3_open"))
  }

  func testDefinitionIsFoundHoweverItIsWrittenAndACommentIsNone() {
    let bad = [
      "\"CREATE TABLE house_rooms (id INTEGER PRIMARY KEY)\"", "create  unique\n  index house_by_room on house (room)",
      "ALTER TABLE house_rooms ADD COLUMN name TEXT", "DROP INDEX house_by_room",
      "seq INTEGER PRIMARY KEY AUTOINCREMENT",
      "BEGIN SELECT RAISE(ABORT, 'never'); END", "\"SELECT rowid FROM house_rooms\"", ") STRICT;", "WITHOUT ROWID",
    ]
    for text in bad { XCTAssertFalse(SchemaTextRule.definitions(in: text).isEmpty, text) }
    let good = [
      "/// A trigger's `RAISE(ABORT, …)`.", "// CREATE TABLE is not for modules", "\"SELECT id FROM house_rooms\"",
      "func create(_ table: Table)", "let isStrict = true", "case .throwIDs", "\"INSERT INTO house (id) VALUES (1)\"",
    ]
    for text in good { XCTAssertEqual(SchemaTextRule.definitions(in: text), [], text) }
  }
}

/// What defines tables, or is SQLite's alone.
enum SchemaTextRule {
  static func isDialect(_ path: String) -> Bool { path.hasPrefix("Sources/Store/") && path.hasSuffix("Dialect.swift") }

  private static func code(of text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      !line.drop(while: \.isWhitespace).hasPrefix("//")
    }.joined(separator: "\n")
  }

  /// Whether a text speaks of the tables that SQLite itself keeps.
  static func asksSQLite(_ text: String) -> Bool { code(of: text).contains(/\bsqlite_[a-z]/) }

  /// The words that make a text a definition, without those of comments.
  static func definitions(in text: String) -> [String] {
    let code = code(of: text)
    let words = code.matches(
      of: /\b(?:CREATE|ALTER|DROP)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|TRIGGER|VIEW|FUNCTION)\b/.ignoresCase())
    let engine = code.matches(of: /\b(?:AUTOINCREMENT|ROWID|RAISE\s*\(\s*ABORT)\b/.ignoresCase())
    let endings = code.matches(of: /\bSTRICT\b/)
    return [words, engine, endings].flatMap { $0.map { String($0.output) } }
  }
}
