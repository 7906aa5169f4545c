import Core
import XCTest

@testable import Guides

/// The texts as they are shipped.
final class TextTests: XCTestCase {
  func testEveryShippedTextIsReadAndSaysTheSameInBothLanguages() throws {
    let texts = try SearchTests.texts()
    for page in GuidePage.allCases {
      let guide = try XCTUnwrap(texts[page], page.rawValue)
      for text in [guide.title, guide.lead] + guide.sections.flatMap(\.texts) {
        XCTAssertNotEqual(text[.indonesian], text[.english], page.rawValue)
        let marks = { (text: String) in text.filter { "0123456789".contains($0) }.sorted() }
        XCTAssertEqual(marks(text[.indonesian]), marks(text[.english]), text[.english])
      }
    }
    XCTAssertFalse(texts.synonyms.words.isEmpty)
  }

  /// The pages that a text may lead to or speak of, and what it would call them. The home page is always there.
  private static let pages: [String: [String]] = [
    "/layanan": ["setiap layanan"], "/ajukan": ["tanda terima permohonan"],
    "/antrean": ["nomor antrean", "halaman tiket"], "/janji": ["janji temu"], "/lacak": ["halaman lacak"],
    "/bantuan-akses": ["memanggil petugas lewat situs"], "/pengaduan": ["pengaduan lewat situs"], "/data-saya": [],
    "/petugas": [], "/petugas/faktor": [], "/petugas/sesi": [],
  ]

  func testTextsNeedPagesThatThereAreAndAreWholeWhereAllAreThere() throws {
    let texts = try SearchTests.texts()
    let whole = texts.limited { $0 == "/" || Self.pages.keys.contains($0) }
    for page in GuidePage.allCases {
      let (guide, limited) = (try XCTUnwrap(texts[page]), try XCTUnwrap(whole[page]))
      let needed = Set(guide.sections.flatMap(\.pages)).subtracting(["/"]).subtracting(Self.pages.keys)
      XCTAssertEqual(needed, [], "name the pages here")
      XCTAssertEqual(limited.sections.flatMap(\.texts), guide.sections.flatMap(\.texts))
      XCTAssertEqual(limited.sections.compactMap { $0.link?.path }, guide.sections.compactMap { $0.link?.path })
    }
  }

  func testWhereAPageIsMissingNoTextLeadsToItOrSpeaksOfIt() throws {
    let texts = try SearchTests.texts()
    for (missing, names) in Self.pages {
      // Appointments go with the queue.
      let gone = missing == "/antrean" ? [missing, "/janji"] : [missing]
      let limited = texts.limited { !gone.contains($0) }
      for page in GuidePage.allCases {
        let guide = try XCTUnwrap(limited[page])
        XCTAssertFalse(guide.sections.isEmpty, page.rawValue)
        XCTAssertTrue(Set(guide.sections.flatMap(\.pages)).isDisjoint(with: gone), missing)
        for text in guide.sections.flatMap(\.texts).map({ $0[.indonesian] }) {
          for name in names { XCTAssertFalse(text.lowercased().contains(name), "\(missing): \(text)") }
        }
      }
    }
  }

  func testTextsOfOneSectionCanNeedPages() throws {
    let file = """
      { title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [
        { heading: { id: "a", en: "b" }, paragraphs: [
          { id: "selalu", en: "always" }, { needs: ["/x"], text: { id: "kadang", en: "at times" } } ],
          link: "/y", label: { id: "a", en: "b" } },
        { heading: { id: "c", en: "d" }, needs: ["/x", "/y"] },
      ] }
      """
    let guide = try ConfigurationFile(path: "questions.json5", bytes: Array(file.utf8)).decode(Guide.self)
    func said(_ pages: Set<String>) -> [String] {
      guide.limited { pages.contains($0) }.sections.flatMap { section in
        let texts: [String] = section.texts.map { $0[.indonesian] }
        return texts + (section.link.map { [$0.path] } ?? [])
      }
    }
    XCTAssertEqual(said(["/x", "/y"]), ["a", "selalu", "kadang", "/y", "c"])
    XCTAssertEqual(said(["/x"]), ["a", "selalu", "kadang"])
    XCTAssertEqual(said(["/y"]), ["a", "selalu", "/y"])
  }

  func testBrokenTextsAreRefusedWithTheirLine() {
    let spoiled: [(String, String)] = [
      (#"{ title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [] }"#, "1 to 60 entries"),
      (#"{ title: { id: "a", en: "b" }, sections: [{ heading: { id: "a", en: "b" } }] }"#, "lead"),
      (
        #"{ title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [{ heading: { id: "a", en: "b" }, "#
          + #"link: "https://jahat.example", label: { id: "a", en: "b" } }] }"#, "no page of this portal"
      ),
      (
        #"{ title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [{ heading: { id: "a", en: "b" }, "#
          + #"paragraphs: [{ needs: ["antrean"], text: { id: "a", en: "b" } }] }] }"#, "no page of this portal"
      ),
    ]
    for (text, told) in spoiled {
      XCTAssertThrowsError(
        try ConfigurationFile(path: "questions.json5", bytes: Array(text.utf8)).decode(Guide.self)
      ) { error in
        XCTAssertTrue("\(error)".contains("questions.json5:1") && "\(error)".contains(told), "\(error)")
      }
    }
  }
}
