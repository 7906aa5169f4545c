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

  func testBrokenTextsAreRefusedWithTheirLine() {
    let spoiled: [(String, String)] = [
      (#"{ title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [] }"#, "1 to 60 entries"),
      (#"{ title: { id: "a", en: "b" }, sections: [{ heading: { id: "a", en: "b" } }] }"#, "lead"),
      (
        #"{ title: { id: "a", en: "b" }, lead: { id: "a", en: "b" }, sections: [{ heading: { id: "a", en: "b" }, "#
          + #"link: "https://jahat.example", label: { id: "a", en: "b" } }] }"#, "no page of this portal"
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
