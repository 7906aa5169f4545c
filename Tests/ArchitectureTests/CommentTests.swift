import XCTest

/// Holds comments to nouns.
final class CommentTests: XCTestCase {
  /// How many such words are left in the comments of what is not shipped. The numbers only fall; the aim is none.
  private static let ceilings = ["Tests": 73, "Benchmarks": 30]

  func testCommentsNameWhomTheySpeakOf() throws {
    let sources = try Repository.sources()
    XCTAssertGreaterThan(sources.count, 500, "the sources were not found")
    for finding in CommentRule.findings(in: sources) {
      XCTFail("\(finding): write a noun (a person, no client, the office, the program) or what happens without one")
    }
  }

  func testCommentsOfTestsAndBenchmarksGetNoMoreOfThem() throws {
    for (folder, ceiling) in Self.ceilings {
      let files = try Repository.files(below: folder)
      XCTAssertGreaterThan(files.count, 50, "\(folder) was not found")
      let findings = CommentRule.findings(in: files)
      XCTAssertLessThanOrEqual(findings.count, ceiling, "\(folder): \(findings)")
    }
  }

  func testEachSuchWordOfACommentIsFound() {
    let file = Repository.SourceFile(
      path: "Sources/Web/A.swift",
      text: """
        /// Nobody listens.
        struct A {
          // What somebody's browser sends.
          let b = 1  // for whoever asks
          /// A hint, for who is in a hurry.
          /// Thrown of who is erased, and tells what who asks may know, but not who it is.
          /// The house's keys, and a household's.
        }
        """)
    XCTAssertEqual(
      CommentRule.findings(in: [file]),
      [
        "Sources/Web/A.swift:1 nobody", "Sources/Web/A.swift:3 somebody", "Sources/Web/A.swift:4 whoever",
        "Sources/Web/A.swift:5 for who", "Sources/Web/A.swift:6 of who", "Sources/Web/A.swift:6 what who",
        "Sources/Web/A.swift:7 house",
      ])
  }

  func testCodeTextsAndNamesAreLeftAlone() {
    let file = Repository.SourceFile(
      path: "Sources/Web/A.swift",
      text: """
        /// The clerk for whom it is; `queue.nobody-there` is a message, and `.nobody` a case.
        case nobody
        let address = "https://example.id/nobody"
        """)
    XCTAssertEqual(CommentRule.findings(in: [file]), [])
  }

  func testTheModelsAreThereAndNeedToBeLeftOut() throws {
    let models = try Repository.sources().filter { CommentRule.models.contains($0.name) }
    XCTAssertEqual(Set(models.map(\.name)), CommentRule.models)
    for file in models { XCTAssertFalse(CommentRule.words(in: file.text).isEmpty, "\(file.path) has no such word") }
  }
}
