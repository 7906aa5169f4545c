import Core
import Foundation
import XCTest

final class ShippedLocalesTests: XCTestCase {
  private let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "share/locales")

  private func locales() throws -> Locales { try Locales.load(directory: directory.path()) }

  func testShippedTextsLoad() throws {
    XCTAssertTrue(try Set(locales().languages).isSuperset(of: [.indonesian, .english]))
    XCTAssertGreaterThan(try locales().keys(of: .indonesian).count, 1000, "the messages were not found")
  }

  func testEveryMessageHasEveryLanguage() throws { XCTAssertEqual(LocaleCheck.strangers(in: try locales()), []) }

  func testEveryLanguageNamesTheSameArguments() throws {
    XCTAssertEqual(LocaleCheck.strangeArguments(in: try locales()), [])
  }

  /// A remount does not reach the mounts of a service that was started on a disk that could only be read.
  func testTheMendOfADiskThatCanOnlyBeReadEndsWithARestart() throws {
    for language in [Language.indonesian, .english] {
      let mend = try locales().words(language)("problem.state.read-only.mend", ["mount": "/srv"])
      XCTAssertTrue(mend.contains("mount -o remount,rw /srv") && mend.hasSuffix("systemctl restart gapura"), mend)
    }
  }

  /// After a rotation the key with which the office was begun is the wrong one.
  func testTheMendOfAWrongRootKeyNamesBothCauses() throws {
    for language in [Language.indonesian, .english] {
      let mend = try locales().words(language)("problem.vault.wrong-root-key.mend")
      for part in ["gapura restore COPY --ring", "gapura vault rotate", "gapura vault recover"] {
        XCTAssertTrue(mend.contains(part), "\(part): \(mend)")
      }
      XCTAssertFalse(mend.contains("begun") || mend.contains("sejak awal"), mend)
    }
  }

  // MARK: A further language

  /// The shipped files and one more, of a language that nobody speaks (a tag for private use, ISO 639-2).
  private func withAnother(_ change: (String) -> String = { $0 }) throws -> Locales {
    let folder = FileManager.default.temporaryDirectory.appending(path: "locales-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: directory, to: folder)
    let english = try String(contentsOf: folder.appending(path: "en.json5"), encoding: .utf8)
    let another = change(english.replacing("name: \"English\"", with: "name: \"Uji\""))
    try another.write(to: folder.appending(path: "qaa.json5"), atomically: true, encoding: .utf8)
    return try Locales.load(directory: folder.path())
  }

  func testAFurtherLanguageIsOneMoreFile() throws {
    let (locales, another) = (try withAnother(), Language(rawValue: "qaa"))
    XCTAssertEqual(locales.languages, [.indonesian, .english, another])
    XCTAssertEqual(LocaleCheck.strangers(in: locales), [])
    XCTAssertEqual(LocaleCheck.strangeArguments(in: locales), [])
    XCTAssertEqual(locales.words(another)("language.name"), "Uji")
    let text = LocalizedText(in: locales) { $0("language.name") }
    XCTAssertEqual(text[another], "Uji")
    XCTAssertEqual(text.all, locales.languages.sorted().map { locales.words($0)("language.name") })
  }

  func testAMessageThatAFurtherLanguageLacksIsFoundAndFallsBackOnIndonesian() throws {
    let (locales, another) = (
      try withAnother { $0.replacing("name: \"Uji\"", with: "nama: \"Uji\"") }, Language(rawValue: "qaa")
    )
    XCTAssertEqual(LocaleCheck.strangers(in: locales), ["language.nama only in qaa", "language.name missing in qaa"])
    XCTAssertEqual(locales.words(another)("language.name"), locales.words(.indonesian)("language.name"))
  }

  func testAnArgumentThatOnlyAFurtherLanguageNamesIsFound() throws {
    let locales = try withAnother { $0.replacing("name: \"Uji\"", with: "name: \"Uji {nama}\"") }
    XCTAssertEqual(LocaleCheck.strangeArguments(in: locales), ["language.name in qaa"])
  }
}

/// What holds for the messages of all languages alike.
private enum LocaleCheck {
  /// Messages that not every language has.
  static func strangers(in locales: Locales) -> [String] {
    let own = locales.keys(of: .indonesian)
    return locales.languages.flatMap { language in
      let keys = locales.keys(of: language)
      return own.subtracting(keys).map { "\($0) missing in \(language)" }
        + keys.subtracting(own).map { "\($0) only in \(language)" }
    }.sorted()
  }

  /// Messages in which a language names other arguments than Indonesian does.
  static func strangeArguments(in locales: Locales) -> [String] {
    locales.languages.flatMap { language in
      locales.keys(of: language).filter {
        arguments(of: $0, language, locales) != arguments(of: $0, .indonesian, locales)
      }.map { "\($0) in \(language)" }
    }.sorted()
  }

  /// The names in braces of a message.
  private static func arguments(of key: String, _ language: Language, _ locales: Locales) -> Set<String> {
    let template = locales.template(of: key, in: language) ?? ""
    return Set(template.matches(of: /\{([a-z][A-Za-z-]*)\}/).map { String($0.1) })
  }
}
