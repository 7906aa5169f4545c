import Core
import Foundation
import XCTest

/// An office may leave languages out of its texts; what Gapura is shipped with has them all.
final class TranslationTests: XCTestCase {
  func testEveryTextOfTheShippedFilesStandsInBothLanguages() throws {
    let texts = try ShownText.shipped().filter { $0.name.hasSuffix(".json5") }
    XCTAssertGreaterThan(texts.count, 500, "the texts of files were not found")
    XCTAssertEqual(Self.untranslated(in: texts), [])
  }

  func testATextThatLacksALanguageIsFound() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).json5")
    defer { try? FileManager.default.removeItem(at: file) }
    let text = """
      { name: { id: "Paspor", en: "Passport" }, notices: [{ id: "Satu" }, { id: "Dua", en: "Two" }, { en: "Three" }] }
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    let texts = try ShownText.texts(in: file.path, isLocale: false) { steps in
      steps.last.map { $0 == "id" ? Language.indonesian : Language.english }
    }
    XCTAssertEqual(
      Self.untranslated(in: texts).map { String($0.split(separator: ": ").last ?? "") },
      ["notices, entry 1", "notices, entry 3"])
  }

  /// The texts that are not in each of the two languages, as `file: path`.
  private static func untranslated(in texts: [ShownText]) -> [String] {
    let groups = Dictionary(grouping: texts) { text in
      "\(text.name): \(ConfigurationPath(Array(text.path.steps.dropLast())))"
    }
    return groups.filter { !Set($0.value.map(\.language)).isSuperset(of: [.indonesian, .english]) }.keys.sorted()
  }
}
