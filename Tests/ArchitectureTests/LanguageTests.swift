import XCTest

/// A further language is one more file in `share/locales/`: what differs between languages stands there, and not in code.
final class LanguageTests: XCTestCase {
  /// Files that name English: the language of the log and of commands, and of the displays as they are shipped.
  private static let namers: Set<String> = [
    "Sources/App/CommandLine/Program.swift", "Sources/App/Life/Composition.swift",
    "Sources/Modules/Displays/Zones/HallDisplays.swift", "Sources/Vault/VaultModule.swift",
  ]

  func testNoCodeDecidesByALanguageBesideIndonesian() throws {
    let sources = try Repository.sources()
    XCTAssertGreaterThan(sources.count, 500, "the sources were not found")
    XCTAssertEqual(Set(Self.findings(in: sources)), Self.namers, "a message of the languages' files says it")
  }

  func testCodeThatKnowsALanguageIsFound() {
    let files = [
      ("Sources/Modules/Displays/A.swift", "let words = language == .english ? english : indonesian\n"),
      ("Sources/Web/B.swift", "switch language {\ncase .english: 1\ndefault: 2\n}\n"),
      ("Sources/Spreadsheet/C.swift", "let code = language.rawValue == \"en\" ? 809 : 421\n"),
      ("Sources/Web/D.swift", "// In `.english` too.\nlet first = Language.indonesian\nlet name = \".english\"\n"),
    ].map { Repository.SourceFile(path: $0.0, text: $0.1) }
    XCTAssertEqual(
      Self.findings(in: files),
      ["Sources/Modules/Displays/A.swift", "Sources/Web/B.swift", "Sources/Spreadsheet/C.swift"])
  }

  /// The paths of files whose code names English, by its case or by its tag.
  private static func findings(in files: [Repository.SourceFile]) -> [String] {
    files.filter { file in
      BareSource(file.text).lines.contains { $0.contains(/\.english\b/) } || file.text.contains(/==\s*"(?:en|id)"/)
    }.map(\.path)
  }
}
