import Core
import Foundation
import XCTest

final class WordsTests: XCTestCase {
  private var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The codes of the problems that the sources throw, the ledger's among them.
  private func codes() throws -> Set<String> {
    var codes: Set<String> = []
    for target in ["Vault", "Ledger"] {
      let sources = root.appendingPathComponent("Sources/\(target)")
      let files = try XCTUnwrap(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        codes.formUnion(text.matches(of: /Problem\(\s*\.[a-zA-Z]+,\s*"(vault\.[a-z-]+)"/).map { String($0.1) })
      }
    }
    return codes
  }

  private func placeholders(_ text: String) -> Set<String> {
    Set(text.matches(of: /\{([a-z]+)\}/).map { String($0.1) })
  }

  func testEveryProblemSaysInEachLanguageWhatItIsAndHowToMendIt() throws {
    let locales = try Locales.load(directory: root.appendingPathComponent("share/locales").path)
    let codes = try codes()
    XCTAssertGreaterThan(codes.count, 15)
    for code in codes.sorted() {
      for part in ["title", "mend"] {
        let key = "problem.\(code).\(part)"
        for language in locales.languages {
          XCTAssertTrue(locales.keys(of: language).contains(key), "\(key) has no words in \(language)")
        }
        let said = locales.languages.map { locales.words($0)(MessageKey("problem", named: "\(code).\(part)")) }
        XCTAssertEqual(Set(said.map(placeholders)).count, 1, "\(key) names other things in another language")
      }
    }
    let kept = locales.keys(of: .indonesian).filter { $0.hasPrefix("problem.vault.") }
    XCTAssertEqual(kept.count, 2 * codes.count, "words for problems that nobody throws")
  }
}
